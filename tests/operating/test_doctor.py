"""The doctor tells in plain words what to mend, and finds nothing where all is well."""

import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import doctor, printing, quicknet
from tests.support.botapi.remote import running
from tests.support.moot import Moot


def examined(config: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = doctor.examine(config)
    return code, capsys.readouterr().out.splitlines()


def written(folder: Path, text: str) -> Path:
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{folder}/moot.sqlite"\n{text}')
    config.chmod(0o600)
    return config


def test_without_a_platform_it_says_what_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = examined(written(tmp_path, ""), capsys)
    assert code == doctor.ILL
    assert "mend  platforms: none is on; fill in [telegram] or [matrix]." in lines


def test_a_configuration_that_others_may_read_is_to_be_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = written(tmp_path, "")
    config.chmod(0o644)
    _, lines = examined(config, capsys)
    assert any(line.startswith("mend") and "chmod go-rwx" in line for line in lines)


def test_a_mistake_in_the_configuration_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.examine(written(tmp_path, '[telegram]\ntokn = "1"\n')) == 2
    assert "no key 'tokn'" in capsys.readouterr().err


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A configuration for a Bot API server that runs beside, with the token that is asked for or its own."""
    with running() as server:

        def configured(token: str = "") -> Path:
            return written(tmp_path, f'[telegram]\ntoken = "{token or server.token}"\nbase_url = "{server.base_url}"\n')

        yield configured


def test_a_telegram_bot_that_is_well(telegram: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = examined(telegram(), capsys)
    assert (code, [line for line in lines if line.startswith("mend")]) == (doctor.WELL, [])
    assert "well  Telegram, privacy mode is on" in lines
    assert "well  clock" in lines


def test_a_token_that_telegram_refuses(telegram: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = examined(telegram("54321:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), capsys)
    assert code == doctor.ILL
    assert any(line.startswith("mend  Telegram, token: Telegram does not accept it") for line in lines)


# the beacon


def test_the_beacon_is_looked_at_only_where_it_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = examined(written(tmp_path, ""), capsys)
    assert not any(line[6:].startswith("beacon") for line in lines)


def test_whether_relays_of_the_beacon_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = examined(written(tmp_path, '[draw]\nchance = "beacon"\nrelays = ["http://127.0.0.1:1"]\n'), capsys)
    assert code == doctor.ILL
    assert "well  beacon, signatures can be checked" in lines
    assert any(line.startswith("mend  beacon, 0 of 1 relays answer: draws will wait until somebody pastes") for line in lines)


def test_a_group_that_has_chosen_the_beacon_where_nobody_can_check_it(
    sqlite_house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Moot(sqlite_house)) as bot:
        bot.says("Anna", "/settings chance beacon")
    monkeypatch.setitem(sys.modules, quicknet.LIBRARY, None)
    _, lines = examined(written(tmp_path, ""), capsys)
    assert any(line.startswith("mend  beacon: its signatures cannot be checked; run ") for line in lines)


# paper


def test_whether_bulletins_come_as_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _, lines = examined(written(tmp_path, ""), capsys)
    assert "well  bulletins, as PDF and HTML" in lines
    monkeypatch.setattr(printing, "NEEDED", ("typst", "no_such_fonts"))
    _, lines = examined(written(tmp_path, ""), capsys)
    needed = "typst manimgx-fonts noto-cjk-sans-jp-regular"
    assert f"well  bulletins, as HTML; for PDF as well run {sys.executable} -m pip install {needed}" in lines


def test_what_the_extra_paper_brings() -> None:
    brought = tomllib.loads(Path("pyproject.toml").read_text())["project"]["optional-dependencies"]["paper"]
    assert tuple(each.partition(">=")[0] for each in brought) == printing.PACKAGES
