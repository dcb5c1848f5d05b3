"""The rehearsal room put together: a database, the terminal, and a clock that can be turned."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.terminal import TerminalAdapter
from bot import __version__, printing
from bot.app import Folkmoot
from bot.clock import StillClock, SystemClock
from bot.delivery.boards import Rhythm
from bot.dice import Dice, SeededDice, SystemDice
from bot.holding import held
from bot.language import Voice
from bot.printing import Press
from bot.rehearsal import texts
from bot.routing.house import House
from bot.settings import data_dir
from migrations.upgrade import upgrade
from models.database import Database

AT_ONCE = Rhythm(timedelta(), timedelta())
CALMLY = Rhythm(timedelta(seconds=0.2), timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Room:
    app: Folkmoot
    terminal: TerminalAdapter
    clock: StillClock | SystemClock


@contextmanager
def rehearsal(file: Path, show: Callable[[str], None], seed: str | None, *, still: bool) -> Iterator[Room]:
    """A room on this file. `still`: the clock stands until a line turns it. Raises holding.Held, SchemaFault."""
    clock = StillClock(SystemClock().now()) if still else SystemClock()
    database = Database(f"sqlite:///{file}")
    try:
        with held(database.engine):
            upgrade(database.engine, back_up=lambda: None)
            yield furnished(database, clock, show, seed, usual_file().parent / "rehearsal-files", AT_ONCE if still else CALMLY)
    finally:
        database.close()


def furnished(
    database: Database, clock: StillClock | SystemClock, show: Callable[[str], None], seed: str | None, files: Path, rhythm: Rhythm
) -> Room:
    voice = Voice()

    def turn(by: timedelta) -> None:
        clock.advance(by)
        show(texts.time_is(voice, voice.moment(clock.now())))

    terminal = TerminalAdapter(show, turn, keep_in(files), run_mark=f"{SystemClock().now():%y%m%d%H%M%S%f}")
    dice: Dice = SeededDice(seed) if seed else SystemDice()
    house = House(__version__, dice=dice, chatter=None, print_page=Press().printed if printing.installed() else None)
    return Room(Folkmoot(database, [terminal], house, clock, rhythm), terminal, clock)


def keep_in(folder: Path) -> Callable[[str, bytes], str]:
    """Puts attachments into the folder."""

    def keep(name: str, content: bytes) -> str:
        path = folder / Path(name).name
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return str(path)

    return keep


def usual_file() -> Path:
    """The file that remembers rehearsals, or a temporary one where there is no home to keep it in."""
    folder = data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="folkmoot-"))
    return folder / "rehearsal.sqlite"


def forget(file: Path) -> None:
    """Remove what earlier rehearsals left in this file."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
