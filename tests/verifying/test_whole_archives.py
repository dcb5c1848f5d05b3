"""A group's archive is checked as it was handed out, without being unpacked."""

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.features.moving import archive
from models import GroupRow
from tests.support.moot import Moot, enrol


def test_a_whole_archive_is_checked_as_it_was_handed_out(
    sqlite_house: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "group.zip"
    with closing(Moot(sqlite_house)) as bot:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/circle kitchen Anna, Ben")
        with bot.database.transaction() as db:
            file.write_bytes(archive.written(db, db.get_one(GroupRow, 1), bot.app.routes.house))
    assert main(["verify", str(file)]) == 0
    assert "This register holds: 1 entries" in capsys.readouterr().out


def test_another_archive_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("other.txt", "")
    assert main(["verify", str(tmp_path / "other.zip")]) == 2
    assert "cannot be read" in capsys.readouterr().err
