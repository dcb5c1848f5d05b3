"""What a feature is made of, as plain values that can be read and searched."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.chat.incoming import Ack, ButtonTapped, Incoming, Quoted
from bot.chat.message import Block, Message
from bot.chat.refs import PersonRef
from bot.delivery.boards import Face
from bot.delivery.outbox import say
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.forgetting import Forget
from bot.routing.house import Dated, Decided, Entry, House, OnePerson, Open, Question, Resting, Told, Unnamed, prefix_on
from models import BoardRow, ChatRow, GroupRow


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that a group can set for itself with /settings; kept under its name, which is one word."""

    name: str
    default: Any  # plain JSON, as all its values
    read: Callable[[str], Any]  # what was typed -> what is kept; Refused in words that say what it takes
    show: Callable[[Voice, Any], str]  # its line in the list: "depth: quick, straight to stances"
    usual: Callable[[House], Any] | None = None  # the house's own default, where config.toml has one
    consented: tuple[Any, ...] = ()  # values to which the group consents before they hold (see commons/consented)

    def of(self, group: GroupRow, house: House | None = None) -> Any:
        """As the group has set it, or the default."""
        default = self.usual(house) if self.usual and house else self.default
        return (group.choices or {}).get(self.name, default)

    def put(self, group: GroupRow, value: Any) -> None:
        group.choices = {**(group.choices or {}), self.name: value}


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of thing that has D-numbers, and what the commands that all kinds share do to one of them.

    `find` gives the id behind a number; `open_ones` the numbers of those that still run, oldest first.
    A verb is `vote`, `close`, `extend`, `withdraw` …: its handler gets the id, and in `call.text` what followed the number.
    `named`: of what is called by a name and has no number, the id behind the words, and what follows the name.
    `show`: how lists name one that is open (see House.open_now); None: they do not.
    `story`: all that led to it and came of it, for whoever looks it up; None: what stands in the register is all.
    """

    find: Callable[[Session, GroupRow, int], int | None]
    open_ones: Callable[[Session, GroupRow], Sequence[int]]
    verbs: Mapping[str, Callable[["Call", int], None]]
    named: Callable[["Call", str], tuple[int, str] | None] | None = None
    show: Callable[[Session, int, Voice], Open] | None = None
    story: Callable[[Session, int, Voice], Sequence[Block]] | None = None


@dataclass(slots=True)
class Call:
    """Something said or pressed, with all that its handler needs to answer."""

    db: Session
    now: datetime
    house: House
    event: Incoming
    event_id: str
    chat: ChatRow
    voice: Voice
    commands: Mapping[str, "Command"] = field(default_factory=dict)  # all that there are
    settings: Mapping[str, Setting] = field(default_factory=dict)  # those that features bring
    matters: Sequence[Matter] = ()
    text: str = ""  # what follows the command, or the words of a reply
    about: tuple[str, ...] = ()  # of a pressed button's action
    quoted: Quoted | None = None
    mentions: tuple[tuple[str, PersonRef], ...] = ()
    quiet: bool = False  # it counts, but is not answered aloud: this person has said a lot

    @property
    def group(self) -> GroupRow:
        """The group; refused in a chat that has none."""
        if self.chat.group is None:
            raise Refused("needs a group")
        return self.chat.group

    @property
    def person(self) -> PersonRef:
        """The account that acts."""
        return self.event.origin.person

    @property
    def prefix(self) -> str:
        return prefix_on(self.chat.platform)

    @property
    def said_by(self) -> str:
        """The event, so that what it said is found again if its author removes it; "" of a button, which nobody can unpress."""
        return "" if isinstance(self.event, ButtonTapped) else self.event_id

    @property
    def key(self) -> str:
        """Names the answer. With its day, because a platform may number its events anew after a while."""
        return f"answer:{self.chat.platform}:{self.event_id}:{self.now:%Y-%m-%d}"

    def answer(self, message: Message) -> None:
        """Promise the answer to what was said, where it was said; to who says a lot, none."""
        if self.quiet:
            return
        said = self.event.origin
        say(self.db, self.chat, message, key=self.key, now=self.now, must=True, thread=said.thread, reply_to=said.message_id)

    def tell(self, chat: ChatRow, message: Message, key: str) -> bool:
        """Promise something that a whole room must come to know; in the room of the event, in its topic. Says whether it is new."""
        thread = self.event.origin.thread if chat.id == self.chat.id else None
        return say(self.db, chat, message, key=key, now=self.now, must=True, thread=thread)


@dataclass(frozen=True, slots=True)
class Manual:
    """A command's entry in /help."""

    usage: str  # "<role> [seats]"
    summary: str  # one line
    more: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    handle: Callable[[Call], None]
    manual: Callable[[Voice], Manual]
    vote: bool = False  # a voice, or a place in the hat: never passed over, however many come
    feature: str = ""  # whose it is, once all are put together


@dataclass(frozen=True, slots=True)
class Due:
    """Something that comes due: settled once `at` has passed, and all that the platforms had at `at` is worked off."""

    id: int
    at: datetime
    group_id: int
    other_group_id: int | None = None  # another one whose rooms must have been heard, too


@dataclass(frozen=True, slots=True)
class Sweep:
    """`due` asks "time <= now and not done"; `upcoming` is the earliest time of what is not done; `settle` does one."""

    name: str
    due: Callable[[Session, datetime], Sequence[Due]]
    upcoming: Callable[[Session], datetime | None]
    settle: Callable[[Session, int, datetime, House], None]
    after_intake: bool = True  # wait for the closing barrier


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be got from outside: `wanted` says for whom (an id) and what; `bring` takes it in, or None if it is not there.

    What several want is fetched once, so it can be hashed. `fetch` runs on the event loop, outside of any transaction; the other
    two have one of their own.
    """

    name: str
    wanted: Callable[[Session, datetime], Sequence[tuple[int, Any]]]
    fetch: Callable[[Any, House], Awaitable[bytes | None]]
    bring: Callable[[Session, int, bytes | None, datetime, House], None]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which a platform's presses may not have reached us."""

    since: datetime
    until: datetime


Handler = Callable[[Call], Ack | None]
Wording = Callable[..., str]

# Called when two members of a group turn out to be one person. What is still open and the gone one's becomes the kept
# one's, so that the person counts once from then on. Of two answers to the same question the kept one's stands and the other
# counts as replaced; but an objection stands whoever of the two made it. Gives the D-numbers in which both had answered:
# the person and the group are told. Refused: it cannot be done now (an answer that is secret cannot be found again); then
# the link as a whole is refused.
Merge = Callable[[Session, OnePerson], Sequence[int]]

# Called when a member begins to rest: what waits for an answer of theirs passes on. Gives what did, to be told to them.
Rest = Callable[[Session, Resting], Sequence[str]]
# Puts a Question to the group in some way, and gives the D-number under which it stands. Refused: it cannot be put now.
Ask = Callable[[Session, Question, datetime, House], int]

# Withdraws a Question that is put already, by its D-number, because it is no longer needed. Says whether it was open, and one
# of this feature's; whoever asked is told as of any other outcome.
TakeBack = Callable[[Session, GroupRow, int, datetime, House], bool]

# Acts on what the group has decided about a Question of this feature, in the transaction in which it was decided.
Outcome = Callable[[Session, Decided, datetime, House], None]

# Words an entry of the register, by its kind: for digest, minutes and search.
Telling = Callable[[Voice, Entry], Told]

# Called when the group has changed a setting or its zone: what hangs on its clock is set anew.
Replan = Callable[[Session, GroupRow, datetime, House], None]

# Takes the names off the answers to what was closed in a stretch of time: each becomes that of a member who is nobody. Given
# in an order of what was answered, so that nobody can be followed from one question to another. Counts stay what they were.
Unname = Callable[[Session, Unnamed], None]

# What the feature has in the group's calendar: all that still lies ahead, or that waits.
Dates = Callable[[Session, GroupRow, Voice], Sequence[Dated]]


@dataclass(frozen=True, slots=True)
class Feature:
    """All that a feature brings to the house; see features/__init__.py for the list of them."""

    name: str
    commands: tuple[Command, ...] = ()
    taps: Mapping[str, Handler] = field(default_factory=dict)  # an action's verb -> who handles the press
    private_taps: Mapping[str, Handler] = field(default_factory=dict)  # the same, called in the person's private chat only
    replies: Mapping[str, Handler] = field(default_factory=dict)  # a board's kind, or what `say(awaits=…)` names -> who reads it
    events: Sequence[tuple[type[Any], Callable[[Call], None]]] = ()
    sweeps: tuple[Sweep, ...] = ()
    errands: tuple[Errand, ...] = ()
    boards: Mapping[str, Face] = field(default_factory=dict)
    gap: Callable[[Session, ChatRow, Gap, datetime, House], bool] | None = None  # says whether anything was open there
    refusals: Mapping[str, Wording] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    matters: tuple[Matter, ...] = ()
    merge: Merge | None = None
    rest: Rest | None = None
    asks: Mapping[str, Ask] = field(default_factory=dict)  # by method: the ways in which this feature has a group decide
    take_back: TakeBack | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)  # by purpose
    dates: Dates | None = None
    entries: Mapping[str, Telling] = field(default_factory=dict)  # by the kind of entry that this feature makes
    replan: Replan | None = None
    forget: Forget | None = None
    unname: Unname | None = None


def voice_of(chat: ChatRow, house: House) -> Voice:
    """In what words a chat is spoken to."""
    return voice_in(chat, chat.group) if chat.group else Voice(chat.language or house.language, house.zone)


def voice_in(chat: ChatRow, group: GroupRow) -> Voice:
    """The room's own language if it has one; the time zone is the group's."""
    return Voice(chat.language or group.language, group.zone)


def voice_at(db: Session, board: BoardRow) -> Voice:
    """How a board is worded where it stands."""
    return voice_in(board.chat, db.get_one(GroupRow, board.group_id))
