"""What every handler may ask of the house: its defaults, its chance, its version."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from bot.chat.message import Block
from bot.chat.refs import MessageRef
from bot.dice import Dice, SystemDice
from bot.language import Voice
from bot.routing.chatter import Chatter
from bot.routing.watch import Watch
from bot.tidy import isolated, tidy
from models import ChatRow, GroupRow, MemberRow

PREFIXES = {"matrix": "!"}  # what stands before a command, where it is not /
SHOWN = 80  # characters of people's words in a list
Dating = Literal["closes", "review", "term", "change"]
Section = Literal["decided", "serving", "else"]


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


@dataclass(frozen=True, slots=True)
class Open:
    """Something with a D-number that is open now, as a list names it (see Matter.show)."""

    number: int
    title: str  # in words, in one line, safe to show
    board: tuple[str, int]  # kind and subject of the message on which it stands
    closes_at: datetime | None = None  # None: once it is done
    missing: int = 0  # how many answers it still lacks for its quorum


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a group's register, to be told to people. What is personal in it may have been forgotten since."""

    place: int
    kind: str
    at: datetime
    facts: Mapping[str, Any]
    personal: Mapping[str, Any]
    name_of: Callable[[Any], str]  # an account's label -> the person's name
    most: int = SHOWN  # characters of people's words

    def said(self, key: str) -> str:
        """Words that stand in it, in one line, safe to show."""
        found = self.personal.get(key) or self.facts.get(key)
        return isolated(tidy(str(found), self.most)) if found else "…"

    def who(self, key: str = "label") -> str:
        return self.name_of(self.personal.get(key))

    def when(self, key: str) -> datetime:
        return datetime.fromisoformat(self.facts[key])


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words, in one line. `section`: under which heading lists have it."""

    words: str
    section: Section = "else"


def ask_nobody(db: Session, question: Question, now: datetime, house: "House") -> int:
    raise LookupError(question.method)


@dataclass(frozen=True, slots=True)
class House:
    version: str
    language: str = "en"
    zone: str = "UTC"
    draw_window: timedelta = timedelta(seconds=30)
    digest: tuple[str, int] = ("daily", 18)  # how often and at which hour, unless a group says otherwise: daily | weekly | off
    chance: str = "hat"  # where draws take it from, unless a group says otherwise: hat | beacon
    fetch_round: Callable[[int], Awaitable[bytes | None]] | None = None  # a beacon round's signature; None: nobody is asked
    print_page: Callable[[str], Awaitable[bytes | None]] | None = None  # a page as JSON -> a PDF; None: nothing here can print
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
    open_now: Callable[[Session, GroupRow, Voice], Sequence[Open]] = lambda db, group, voice: ()  # every matter's, by number
    tell_entry: Callable[[Voice, Entry], Told | None] = lambda voice, entry: None  # of a feature's `entries`; None: of none
    link: Callable[[MessageRef], str | None] = lambda ref: None  # the address of a message, where its platform has any
    story: Callable[[Session, GroupRow, int, Voice], Sequence[Block]] = lambda db, group, number, voice: ()  # a matter's
    replan: Callable[[Session, GroupRow, datetime, "House"], None] = lambda db, group, now, house: None  # every feature's `replan`
    unite: Callable[[Session, "OnePerson"], Sequence[int]] = lambda db, found: ()  # every feature's `merge`
    unname: Callable[[Session, "Unnamed"], None] = lambda db, found: None  # every feature's `unname`
    forget: Callable[[Session, Any], None] = lambda db, found: None  # every feature's `forget` (see routing/forgetting.py)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a date, as it stands in a group's calendar. It may say no more than the room knows already."""

    key: str  # names it for good, in the group: "round:12"
    at: datetime
    title: str  # in words, in one line
    whole_day: bool = False  # the day counts and not the hour
    kind: Dating = "closes"


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Two members of a group turned out to be one person: `kept` goes on, `gone` stays in what is finished."""

    kept: MemberRow
    gone: MemberRow
    now: datetime
    house: House


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Of what a group closed in this stretch of time, nobody is to be known by their answer any more.

    `nobodies(n)`: as many members who are nobody, the same ones each time.
    """

    group: GroupRow
    since: datetime
    until: datetime
    nobodies: Callable[[int], Sequence[MemberRow]]
    now: datetime


@dataclass(frozen=True, slots=True)
class Resting:
    """A member of a group begins to rest."""

    member: MemberRow
    now: datetime
    house: House


def prefix_on(platform: str) -> str:
    return PREFIXES.get(platform, "/")
