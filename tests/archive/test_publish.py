"""`folkmoot publish` as it is typed."""

from pathlib import Path

import pytest

from bot import cli
from bot.archive.publish import CLOSED, NONE_YET, OLD


def publish(folder: Path, url: str) -> int:
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "{url}"\n')
    return cli.main(["publish", str(folder / "site"), "--config", str(config)])


def test_without_an_open_archive(tmp_path: Path, sqlite_house: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(tmp_path, sqlite_house) == 1
    assert capsys.readouterr().err.strip() == CLOSED


def test_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(tmp_path, f"sqlite:///{tmp_path / 'none.sqlite'}") == 4
    assert capsys.readouterr().err.strip() == NONE_YET
    assert not (tmp_path / "none.sqlite").exists()


def test_on_a_database_that_is_not_upgraded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.sqlite").touch()
    assert publish(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite'}") == 4
    assert capsys.readouterr().err.strip() == OLD
