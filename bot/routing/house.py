"""What every handler may ask of the house: its defaults, its chance, its version."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.dice import Dice, SystemDice
from bot.routing.chatter import Chatter
from bot.routing.watch import Watch
from models import GroupRow, MemberRow

PREFIXES = {"matrix": "!"}  # what stands before a command, where it is not /


@dataclass(frozen=True, slots=True)
class House:
    version: str
    language: str = "en"
    zone: str = "UTC"
    draw_window: timedelta = timedelta(seconds=30)
    chance: str = "hat"  # where draws take it from, unless a group says otherwise: hat | beacon
    fetch_round: Callable[[int], Awaitable[bytes | None]] | None = None  # a beacon round's signature; None: nobody is asked
    dice: Dice = field(default_factory=SystemDice)
    wait_for_platform: timedelta = timedelta(hours=1)  # how long a closing waits for a platform that is not heard
    last_backup: Callable[[], datetime | None] = lambda: None
    chatter: Chatter | None = field(default_factory=Chatter)  # None: nobody is asked for a pause
    watch: Watch = field(default_factory=Watch)
    open_in: Callable[[Session, GroupRow], Sequence[int]] = lambda db, group: ()  # D-numbers of all that is open there
    let_rest: Callable[[Session, "Resting"], Sequence[str]] = lambda db, found: ()  # every feature's `rest`
    unite: Callable[[Session, "OnePerson"], Sequence[int]] = lambda db, found: ()  # every feature's `merge`


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Two members of a group turned out to be one person: `kept` goes on, `gone` stays in what is finished."""

    kept: MemberRow
    gone: MemberRow
    now: datetime
    house: House


@dataclass(frozen=True, slots=True)
class Resting:
    """A member of a group begins to rest."""

    member: MemberRow
    now: datetime
    house: House


def prefix_on(platform: str) -> str:
    return PREFIXES.get(platform, "/")
