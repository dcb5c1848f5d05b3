"""What every handler may ask of the house: its defaults, its chance, its version."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.dice import Dice, SystemDice
from bot.language import Voice
from bot.routing.chatter import Chatter
from bot.routing.watch import Watch
from models import ChatRow, GroupRow, MemberRow

PREFIXES = {"matrix": "!"}  # what stands before a command, where it is not /


@dataclass(frozen=True, slots=True)
class Question:
    """What a feature has the group decide; the outcome goes to the feature that claims the `purpose` (see Feature.outcomes)."""

    group: GroupRow
    chat: ChatRow  # where it is put; it stands in the group's other rooms, too
    thread: str | None
    by: MemberRow
    text: str  # in the group's language
    purpose: str
    subject_id: int  # what it is about, for the feature that asks
    without: Sequence[MemberRow] = ()  # who have no say in it, because it is about them
    method: str = "consent"  # or another one that some feature brings (see Feature.asks): majority, secret majority


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a Question. `result`: adopted | blocked | no quorum | withdrawn; only `adopted` is a yes."""

    group: GroupRow
    number: int  # D-number
    purpose: str
    subject_id: int
    result: str


def ask_nobody(db: Session, question: Question, now: datetime, house: "House") -> int:
    raise LookupError(question.method)


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
    dates: Callable[[Session, GroupRow, Voice], Sequence["Dated"]] = lambda db, group, voice: ()  # every feature's `dates`
    let_rest: Callable[[Session, "Resting"], Sequence[str]] = lambda db, found: ()  # every feature's `rest`
    ask: Callable[[Session, Question, datetime, "House"], int] = ask_nobody  # puts it to the group; gives its D-number
    take_back: Callable[[Session, GroupRow, int, datetime, "House"], bool] = lambda db, group, number, now, house: False
    tell: Callable[[Session, Decided, datetime, "House"], None] = lambda db, decided, now, house: None  # to who asked
    unite: Callable[[Session, "OnePerson"], Sequence[int]] = lambda db, found: ()  # every feature's `merge`


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date, as it stands in a group's calendar. It may say no more than the room knows already."""

    key: str  # names it for good, in the group: "round:12"
    at: datetime
    title: str  # in words, in one line
    whole_day: bool = False  # the day counts and not the hour


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
