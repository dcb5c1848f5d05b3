"""Whoever runs the bot takes groups out of one database, and founds them again in another."""

from contextlib import closing
from pathlib import Path

import pytest

from bot import cli
from models import EntryRow, GroupRow
from tests.support.moot import Moot, enrol


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_out_of_one_database_and_into_another(
    sqlite_house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Moot(sqlite_house)) as bot:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/settings language es")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOLKMOOT_DATABASE__URL", sqlite_house)
    assert cli.main(["export", "out"]) == cli.OK
    file = Path(told(capsys).strip())
    assert file.stat().st_mode & 0o077 == 0
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    monkeypatch.setenv("FOLKMOOT_DATABASE__URL", other)
    assert cli.main(["import", str(file)]) == cli.OK
    words = told(capsys)
    assert "In its new room, say: /movein " in words
    assert "  Anna: /link " in words
    with closing(Moot(other)) as new:
        assert new.row(GroupRow).language == "es"
        assert len(new.rows(EntryRow)) == 2


def test_what_is_no_export_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOLKMOOT_DATABASE__URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    (tmp_path / "junk.zip").write_bytes(b"junk")
    assert cli.main(["import", "junk.zip"]) == cli.FAULT
    assert cli.main(["import", "missing.zip"]) == cli.FAULT
    assert "Use the zip file that export has made." in capsys.readouterr().err
