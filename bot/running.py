"""`folkmoot run`: settings, database, platforms; then listening until somebody says stop."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import ArgumentError, OperationalError

from bot import __version__, backups, logs, printing, quicknet
from bot.accounts import accounts_held, adapters_of, secrets_of
from bot.app import Folkmoot
from bot.chat.adapter import Adapter, CannotListen
from bot.clock import SystemClock
from bot.holding import Held, being_made, held, was_there
from bot.printing import Press
from bot.relays import Relays
from bot.routing.chatter import Chatter
from bot.routing.house import House
from bot.settings import ConfigFault, Settings, digest_of, listens_at, load
from bot.upgrading import migrate_apart
from migrations.upgrade import SchemaFault, check_file, head, revision, upgrade
from models.database import Database

if TYPE_CHECKING:
    from bot.sharing import Share  # loads what only PostgreSQL needs

log = logging.getLogger(__name__)
OK, FAULT, CONFIG, SECOND, DATABASE = 0, 1, 2, 3, 4
CUT_OFF = 9.0  # seconds after the word to stop

SCHEMA_FAULTS = {
    "unknown": "The database was made by a newer Folkmoot. Run that version, or put a backup of this version in its place.",
    "foreign": "The database holds tables of another program. Name an empty one in [database] url.",
    "damaged": "The database file is damaged. Put a backup in its place{backup}.",
    "missing": "The database file is gone although there was one. Put a backup in its place{backup}, or say --init to begin anew.",
}
LISTEN_FAULTS = {
    "taken": (SECOND, "Another program is listening to {platform} with this account. Stop it first, then start again."),
    "login refused": (CONFIG, "{platform} does not accept this login. Check its token or password in the configuration."),
    "webhook set": (CONFIG, "A webhook is set for this token, so Telegram sends its news there. Delete the webhook first."),
    "store lost": (CONFIG, "The Matrix key store is gone. Log in with a password, so that a new device can be made."),
}


def run(config: Path | None, begin_anew: bool) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))  # until listening has its own
    return report(lambda: serve(*configured(config), begin_anew))


def report(work: Callable[[], int]) -> int:
    """The exit code of the work; what an operator must mend is said in a sentence."""
    try:
        return work()
    except ConfigFault as fault:
        return tell(CONFIG, str(fault))
    except Held as taken:
        return tell(SECOND, held_by(taken))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (OperationalError, ArgumentError):
        return tell(DATABASE, "The database cannot be opened. Check [database] url, and that this user may write there.")
    except CannotListen as over:
        code, sentence = LISTEN_FAULTS[over.why]
        return tell(code, sentence.format(platform=over.platform.capitalize()))
    except Exception as fault:
        return tell(
            FAULT, f"Folkmoot stopped over a fault of its own: {type(fault).__name__} at {place_of(fault)}. Please report this."
        )


def held_by(taken: Held) -> str:
    if taken.platform:
        return f"Folkmoot is listening to {taken.platform.capitalize()} with this account: {taken.holder}. Stop it first."
    return f"Folkmoot is running on this database: {taken.holder}. Stop it first, or name another database."


def place_of(fault: BaseException) -> str:
    """File and line where it was raised; its text may quote secrets and stays inside."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def tell(code: int, sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def configured(config: Path | None, environment: Mapping[str, str] | None = None) -> tuple[Path, Settings]:
    """The settings of the file (config.toml by default), or of the environment alone where there is no file."""
    environment = os.environ if environment is None else environment
    path = config or Path("config.toml")
    return path, load(path, environment, may_lack=config is None)


def serve(path: Path, settings: Settings, begin_anew: bool) -> int:
    adapters = adapters_of(path, settings)
    if not adapters:
        raise ConfigFault(f"{path}: no platform is on. Fill in [telegram] or [matrix]; `folkmoot try` needs neither.")
    logs.set_up(secrets_of(path, settings), settings.operations.log)
    try:
        prepare_file(settings, begin_anew)
        shared = settings.database.shared
        database = Database(settings.database.url, shared=shared)
        with contextlib.closing(database), held(database.engine, (lambda: is_current(database)) if shared else None) as let_in:
            furnish(settings, database)
            if shared:
                let_in()
            with accounts_held(path, settings):
                return asyncio.run(watched(path, settings, database, adapters))
    except SchemaFault as fault:
        kept = backups.newest(settings.database)
        return tell(DATABASE, SCHEMA_FAULTS[fault.why].format(backup=f" (the last is {kept[0]})" if kept else ""))


def is_current(database: Database) -> bool:
    """Whether nothing is left to upgrade, which is done alone."""
    return revision(database.engine) == head()


def back_up_first(settings: Settings) -> None:
    """Before an upgrade. A server whose tools are not here is upgraded all the same: its upgrade is one transaction."""
    try:
        backups.make(settings.database, SystemClock().now())
    except backups.NoBackup:
        log.warning("upgrading without a backup")


def prepare_file(settings: Settings, begin_anew: bool) -> None:
    """A SQLite file that is missing though it was there, or damaged, is not replaced by an empty one. Raises SchemaFault."""
    file = settings.database.file
    if file is None:
        return
    if file.is_dir():
        raise ConfigFault(f"[database] url names a folder, {file}. Name a file in it.")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if file.exists() and file.stat().st_size:
        check_file(file)
    elif was_there(settings.database.url) and not begin_anew:
        raise SchemaFault("missing")
    else:
        being_made(settings.database.url).touch()


def furnish(settings: Settings, database: Database) -> None:
    """Bring the database to today's schema. Raises SchemaFault."""
    upgrade(database.engine, back_up=lambda: back_up_first(settings), steps=migrate_apart)
    if database.one_writer:
        being_made(settings.database.url).unlink(missing_ok=True)


def house_of(settings: Settings) -> House:
    def last_backup() -> object:
        kept = backups.newest(settings.database)
        return kept[1] if kept else None

    return House(
        version=__version__,
        language=settings.group.language,
        zone=settings.group.zone,
        digest=digest_of(settings.group.digest),
        draw_window=settings.draw.window,
        chance=settings.draw.chance,
        fetch_round=Relays(settings.draw.relays).fetch if quicknet.installed() else None,
        print_page=Press().printed if printing.installed() else None,
        wait_for_platform=settings.group.wait_for_platform,
        chatter=Chatter(settings.commands.every) if settings.commands.every else None,
        last_backup=last_backup,  # type: ignore[arg-type]
    )


def share_of(settings: Settings) -> "Share | None":
    if not settings.database.shared:
        return None
    from bot.sharing import Share

    return Share(settings.database.url)


async def watched(path: Path, settings: Settings, database: Database, adapters: list[Adapter]) -> int:
    """Listening, and telling a monitor how it goes, if that is wanted."""
    bot = Folkmoot(database, adapters, house_of(settings), SystemClock(), share=share_of(settings))
    if not settings.operations.listen:
        return await listen(bot)
    from bot.operating.listening import listening

    async with contextlib.AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(listening(bot, *listens_at(settings.operations)))
        except OSError:
            raise ConfigFault(f"{path}: [operations] listen names an address that cannot be had. Choose another port.") from None
        return await listen(bot)


async def listen(bot: Folkmoot) -> int:
    spare_collector()
    task = asyncio.current_task()
    assert task is not None
    for word in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(word, stop, task)
    try:
        await bot.run(ready=print_ready)
    except asyncio.CancelledError:
        return OK
    return FAULT


def spare_collector() -> None:
    """What was loaded stays; it need not be looked through again and again for something to throw away: a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def stop(listening: "asyncio.Task[int]") -> None:
    """In good order, however often it is said; and if anything holds that up, at once after a while: nothing is lost by it."""
    if listening.cancelling():
        return
    listening.cancel()
    last = threading.Timer(CUT_OFF, os._exit, (OK,))
    last.daemon = True
    last.start()


def print_ready() -> None:
    sys.stderr.write("ready\n")
    sys.stderr.flush()
