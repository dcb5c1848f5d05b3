"""A database is looked at before it is used, backed up before it is changed, and never replaced by an empty one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import backups, running
from bot.delivery.forgetting import forget
from bot.settings import DatabaseSettings, Settings
from bot.upgrading import UpgradeFault, migrate_apart
from migrations.upgrade import SchemaFault, check_file, head, revision, upgrade
from models import GroupRow, PromiseRow
from models.database import Database
from tests.support.moot import furnish
from tests.support.postgres import Postgres

A_CHAT = """INSERT INTO chats (id, platform, ref, kind, title, state, encrypted, created_at)
    VALUES (1, 'telegram', '-1', 'group', '', 'open', false, '2026-11-01 12:00:00')"""
A_PROMISE = """INSERT INTO promises (chat_id, key, must, state, tries, unknowns, trying, promised_at, body)
    VALUES (1, :state, true, :state, 1, 0, false, '2026-11-01 12:00:00', '{"blocks": [], "rows": [], "attachments": []}')"""
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def run(config: Path, **more: bool) -> int:
    return running.run(config, **{"begin_anew": False} | more)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration whose database is moot.sqlite beside it; its platform is never reached."""
    file = tmp_path / "config.toml"
    file.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/moot.sqlite"\n[telegram]\ntoken = "12345:abcdef"\n')
    return file


def test_an_empty_database_is_furnished_without_a_backup(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/new.sqlite")) as database:
        upgrade(database.engine, back_up=lambda: pytest.fail("there was nothing to lose"))
        assert revision(database.engine) == head()


def test_a_process_apart_upgrades_both_databases(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as server:
        for url in (f"sqlite:///{tmp_path}/old.sqlite", server):
            with closing(Database(url)) as database:
                upgrade(database.engine, back_up=lambda: None, to="0001")
                upgrade(database.engine, back_up=lambda: None, steps=migrate_apart)
                assert revision(database.engine) == head()


def test_a_process_apart_says_what_went_wrong(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/old.sqlite")) as database:
        upgrade(database.engine, back_up=lambda: None, to="0001")
        with pytest.raises(UpgradeFault):
            migrate_apart(database.engine, "no such revision")
        with database.engine.begin() as connection:
            connection.execute(text("CREATE TABLE roles (id INTEGER)"))
        with pytest.raises(OperationalError):
            migrate_apart(database.engine, "head")
        assert revision(database.engine) == "0001"


def test_a_newer_schema_is_refused(config: Path, sqlite_house: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(sqlite_house.removeprefix("sqlite:///")).rename(config.parent / "moot.sqlite")
    with closing(sqlite3.connect(config.parent / "moot.sqlite")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert run(config) == running.DATABASE
    assert "made by a newer Folkmoot" in capsys.readouterr().err


def test_tables_of_another_program_are_left_alone(house: str) -> None:
    with closing(Database(house)) as database:
        with database.engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))
        with pytest.raises(SchemaFault, match="foreign"):
            upgrade(database.engine, back_up=lambda: None)


def test_a_damaged_file_is_refused_and_the_last_backup_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = DatabaseSettings(url=f"sqlite:///{config.parent}/moot.sqlite")
    furnish(settings.url)
    kept = backups.make(settings, NOON)
    file = config.parent / "moot.sqlite"
    file.write_bytes(file.read_bytes()[:5000])
    assert run(config) == running.DATABASE
    assert str(kept) in capsys.readouterr().err


def test_a_file_in_which_somebody_writes_is_not_called_damaged(tmp_path: Path) -> None:
    """Such as the upgrade of a process that was killed."""
    file = tmp_path / "moot.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.executescript("CREATE TABLE roles (id INTEGER); PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE")
        check_file(file, patience=0)


def test_a_file_that_is_gone_is_not_replaced_by_an_empty_one(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config.parent / "moot.sqlite.lock").write_text("process 1 on home")
    assert run(config) == running.DATABASE
    assert "--init" in capsys.readouterr().err
    assert not (config.parent / "moot.sqlite").exists()


def test_a_folder_in_place_of_the_database_is_a_mistake_in_the_configuration(config: Path) -> None:
    (config.parent / "moot.sqlite").mkdir()
    assert run(config) == running.CONFIG


def test_a_backup_of_a_database_in_use_is_whole(sqlite_house: str, tmp_path: Path) -> None:
    database = Database(sqlite_house)
    with database.transaction() as db:
        db.add(GroupRow(title="The moot", created_at=NOON))
    settings = DatabaseSettings(url=sqlite_house, backups=str(tmp_path / "kept"))
    with database.transaction() as db:
        db.add(GroupRow(title="not yet committed", created_at=NOON))
        db.flush()
        copy = backups.make(settings, NOON)
    assert copy.stat().st_mode & 0o077 == 0
    with closing(Database(f"sqlite:///{copy}")) as restored, restored.transaction() as db:
        assert [group.title for group in db.query(GroupRow)] == ["The moot"]
    assert backups.newest(settings) == (copy, NOON)
    database.close()


def test_settings_name_the_folder_beside_the_database(tmp_path: Path) -> None:
    settings = Settings(database=DatabaseSettings(url=f"sqlite:///{tmp_path}/moot.sqlite"))
    assert backups.folder_of(settings.database) == tmp_path / "backups"


def test_what_was_sent_before_the_upgrade_is_forgotten_with_the_next_sweep(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/old.sqlite")) as database:
        upgrade(database.engine, back_up=lambda: None, to="0007")
        with database.engine.begin() as connection:
            connection.execute(text(A_CHAT))
            for state in ("sent", "unknown", "waiting"):
                connection.execute(text(A_PROMISE), {"state": state})
        upgrade(database.engine, back_up=lambda: None)
        with database.transaction() as db:
            forget(db, NOON)
            assert [(row.state, row.body is None) for row in db.query(PromiseRow).order_by(PromiseRow.id)] == [
                ("sent", True),
                ("unknown", True),
                ("waiting", False),
            ]
