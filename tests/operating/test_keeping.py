"""Copies and what becomes of them: made while the bot runs, sealed, looked through, put back; and the end of everything."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot import cli, panic, sealing
from bot.holding import held, lock_path
from bot.keeping import chosen
from bot.settings import ConfigFault
from models import EntryRow, GroupRow, PromiseRow
from models.database import Database
from tests.support.moot import Moot, enrol
from tests.support.waiting import await_true

TOKEN = "1234567890:AAa-token-that-nobody-may-ever-see-anywhere"
PASSPHRASE = "four words and one more"


def config_for(folder: Path, url: str) -> Path:
    file = folder / "config.toml"
    token = folder / "token"
    token.write_text(TOKEN)
    file.write_text(f'[database]\nurl = "{url}"\nbackups = "{folder}/kept"\n[telegram]\ntoken_file = "{token}"\n')
    for each in (file, token):
        each.chmod(0o600)
    return file


def does(*words: str | Path) -> int:
    return cli.main([str(word) for word in words])


@pytest.fixture
def lived(either_house: str) -> str:
    """A database with something in it: notes, a poll that is open, a name."""
    with closing(Moot(either_house)) as bot:
        enrol(bot, "Anna Secretname", "Ben")
        bot.says("Anna Secretname", "/note The key hangs in the shed")
        bot.says("Ben", "/note The ladder is with Cleo")
        bot.says("Ben", "/poll Where? | Here | There until in 3 days")
    return either_house


def notes(url: str) -> int:
    with closing(Database(url)) as database, database.transaction() as db:
        return db.query(EntryRow).count()


def note_more(url: str) -> None:
    with closing(Moot(url)) as bot:
        bot.events = 100
        bot.says("Ben", "/note Written after the copy")


def test_there_and_back(lived: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, copy = config_for(tmp_path, lived), tmp_path / "copy.sqlite"
    assert does("backup", copy, "--config", config) == cli.OK
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = notes(lived)
    note_more(lived)
    assert does("restore", copy, "--config", config) == cli.DATABASE
    assert "--replace" in capsys.readouterr().err
    assert notes(lived) == kept + 1
    assert does("restore", copy, "--config", config, "--replace") == cli.OK
    aside = Path(next(line for line in capsys.readouterr().out.splitlines() if "is kept as" in line).split()[-1].rstrip("."))
    assert notes(lived) == kept
    assert notes(f"sqlite:///{aside}") == kept + 1
    with closing(Moot(lived)) as bot:
        bot.events = 200
        bot.restart(hours=8_000)
        assert any("I was set back to a copy of myself" in text for text in bot.shows())
        bot.says("Ben", "/decisions shed")
        assert "The key hangs" in bot.last().text
        bot.says("Ben", "/note It goes on")
        assert bot.row(GroupRow).last_number == 4


def test_sealed_and_opened(lived: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, copy, secret = config_for(tmp_path, lived), tmp_path / "copy.sealed", tmp_path / "words"
    secret.write_text(f"{PASSPHRASE}\n")
    secret.chmod(0o600)
    assert does("backup", copy, "--config", config, "--passphrase-file", secret) == cli.OK
    assert b"Secretname" not in copy.read_bytes()
    assert sealing.is_sealed(copy)
    restoring = ("restore", copy, "--config", config, "--replace")
    assert does(*restoring) == cli.DATABASE
    assert "is sealed" in capsys.readouterr().err
    secret.write_text("quite another passphrase")
    assert does(*restoring, "--passphrase-file", secret) == cli.DATABASE
    assert "does not open" in capsys.readouterr().err
    secret.write_text(PASSPHRASE)
    assert does(*restoring, "--passphrase-file", secret) == cli.OK
    secret.chmod(0o644)
    assert does(*restoring, "--passphrase-file", secret) == cli.CONFIG
    assert "chmod 600" in capsys.readouterr().err


def test_a_sealed_file_that_was_touched_anywhere_does_not_open(tmp_path: Path) -> None:
    plain, sealed, back = (tmp_path / name for name in ("plain", "sealed", "back"))
    plain.write_bytes(b"A vote." * 20_000)
    sealing.seal(plain, sealed, PASSPHRASE)
    sealing.unseal(sealed, back, PASSPHRASE)
    assert back.read_bytes() == plain.read_bytes()
    whole = sealed.read_bytes()
    flipped = whole[:70] + bytes([whole[70] ^ 1]) + whole[71:]
    wounds = [whole[:-1], whole[:-70], whole[: len(sealing.MAGIC) + 50], whole + b"x", flipped]
    for wound in wounds:
        sealed.write_bytes(wound)
        with pytest.raises(sealing.Unopened):
            sealing.unseal(sealed, back, PASSPHRASE)


def test_a_passphrase_is_long_and_typed_twice() -> None:
    said = iter([PASSPHRASE, PASSPHRASE, "short", PASSPHRASE, "another one, as long"])
    assert chosen(Path("c"), None, lambda _: next(said)) == PASSPHRASE
    for words in ("at least 12", "two different"):
        with pytest.raises(ConfigFault, match=words):
            chosen(Path("c"), None, lambda _: next(said))


def wound(file: Path, kind: str) -> None:
    match kind:
        case "damaged":
            content = bytearray(file.read_bytes())
            content[5_000:9_000] = b"\xff" * 4_000
            file.write_bytes(content)
        case "no database":
            file.write_bytes(b"hello")
        case "another program's":
            file.unlink()
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("CREATE TABLE songs (name TEXT)")
        case "a newer one's":
            change(file, "UPDATE alembic_version SET version_num = '9999'")
        case "edited":
            change(file, """UPDATE entries SET public = replace(public, '"kind":"note"', '"kind":"poll"')""")
        case "with an entry gone":
            change(file, "DELETE FROM entries WHERE place = 1")


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


WOUNDS = ("damaged", "no database", "another program's", "a newer one's", "edited", "with an entry gone")


@pytest.mark.parametrize("kind", WOUNDS)
def test_a_copy_that_does_not_hold_replaces_nothing(
    lived: str, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config, copy = config_for(tmp_path, lived), tmp_path / "copy.sqlite"
    assert does("backup", copy, "--config", config) == cli.OK
    wound(copy, kind)
    before = notes(lived)
    assert does("restore", copy, "--config", config, "--replace") == cli.DATABASE
    assert "Nothing was changed" in capsys.readouterr().err
    assert notes(lived) == before
    assert [*tmp_path.glob("*replaced*"), *tmp_path.glob(".restoring*")] == []


def test_nothing_is_put_back_under_a_living_bot(lived: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, copy = config_for(tmp_path, lived), tmp_path / "copy.sqlite"
    assert does("backup", copy, "--config", config) == cli.OK
    with closing(Database(lived)) as database, held(database.engine):
        assert does("restore", copy, "--config", config, "--replace") == cli.SECOND
    assert f"process {os.getpid()}" in capsys.readouterr().err


def test_into_the_other_kind_of_database(sqlite_house: str, postgres_url: str, tmp_path: Path) -> None:
    """A copy fits either: of a file into a server, and of that server into a file."""
    with closing(Moot(sqlite_house)) as bot:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/note The key hangs in the shed")
        entries = [(row.public, row.hash, row.personal, row.entered_at) for row in bot.rows(EntryRow)]
    copy, again, new = tmp_path / "one.sqlite", tmp_path / "two.sqlite", f"sqlite:///{tmp_path}/new.sqlite"
    assert does("backup", copy, "--config", config_for(tmp_path, sqlite_house)) == cli.OK
    assert does("restore", copy, "--config", config_for(tmp_path, postgres_url)) == cli.OK
    assert does("backup", again, "--config", config_for(tmp_path, postgres_url)) == cli.OK
    assert does("restore", again, "--config", config_for(tmp_path, new)) == cli.OK
    with closing(Moot(new)) as bot:
        assert [(row.public, row.hash, row.personal, row.entered_at) for row in bot.rows(EntryRow)] == entries
        bot.events = 50
        bot.says("Ben", "/decisions shed")
        assert "The key hangs" in bot.last().text


@pytest.fixture
def busy(sqlite_house: str) -> Iterator[str]:
    """A file into which somebody writes all the time."""
    stop = threading.Event()

    def write() -> None:
        with closing(Moot(sqlite_house)) as bot:
            enrol(bot, "Anna", "Ben")
            while not stop.is_set():
                bot.says("Anna", "/note Another one")

    writing = threading.Thread(target=write)
    writing.start()
    await_true(lambda: notes(sqlite_house) > 3, "writing")
    yield sqlite_house
    stop.set()
    writing.join()


def test_under_load_a_copy_is_whole(busy: str, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy.sqlite", f"sqlite:///{tmp_path}/new.sqlite"
    assert does("backup", copy, "--config", config_for(tmp_path, busy)) == cli.OK
    assert does("restore", copy, "--config", config_for(tmp_path, new)) == cli.OK
    assert notes(new) > 3


# the end of everything


def remains(folder: Path, *words: str) -> list[str]:
    found = [file for file in folder.rglob("*") if file.is_file()]
    return [f"{file}: {word}" for file in found for word in words if word.encode() in file.read_bytes()]


def test_panic_leaves_nothing(
    lived: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    config = config_for(tmp_path, lived)
    for _ in range(2):
        assert does("backup", "--config", config) == cli.OK
    assert does("restore", *list((tmp_path / "kept").glob("folkmoot-*"))[:1], "--replace", "--config", config) == cli.OK
    assert panic.panic(config, lambda _: "yes") == cli.FAULT
    assert remains(tmp_path, TOKEN)
    assert panic.panic(config, lambda asked: "Wipe everything") == cli.OK
    said = capsys.readouterr().out
    assert "on people's phones" in said
    assert "/revoke" in said
    assert remains(tmp_path, TOKEN, "Secretname", "hangs in the shed") == []
    if lived.startswith("postgresql"):
        with closing(Database(lived)) as database:
            assert inspect(database.engine).get_table_names() == []


def test_panic_ends_a_bot_that_runs(sqlite_house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    hold = "import sys; from bot.holding import held; from models.database import engine_for\n"
    hold += "with held(engine_for(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, sqlite_house]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        assert bot.stdout.readline() == "held\n"
        assert lock_path(sqlite_house).exists()
        assert panic.panic(config_for(tmp_path, sqlite_house), lambda _: panic.WORD) == cli.OK
        assert bot.wait() == -9
    assert not list(tmp_path.glob("moot*"))


def test_what_waited_to_be_said_is_not_said_twice_unless_it_matters(sqlite_house: str, tmp_path: Path) -> None:
    with closing(Moot(sqlite_house)) as bot:
        enrol(bot, "Anna")
        bot.change("UPDATE promises SET state = 'waiting', message_id = NULL, must = false WHERE id = 1")
    config, copy = config_for(tmp_path, sqlite_house), tmp_path / "copy.sqlite"
    assert does("backup", copy, "--config", config) == cli.OK
    assert does("restore", copy, "--config", config, "--replace") == cli.OK
    with closing(Moot(sqlite_house)) as bot:
        bot.restart(hours=8_000)
        assert bot.row(PromiseRow, id=1).state == "unknown"
        assert [text for text in bot.shows() if "set back" in text]
