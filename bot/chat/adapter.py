"""The seam: two methods between the core and a platform, and what passes through them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from bot.chat.incoming import Answer, Received
from bot.chat.message import Message
from bot.chat.refs import ChatRef, MessageRef


@dataclass(frozen=True, slots=True)
class Fetch:
    """Leave to ask the platform once: wait at most `wait` seconds for news (0: what is there now)."""

    wait: float
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fetch brought, in order. `drained`: the platform had nothing more for us when the fetch began."""

    fetch: Fetch
    events: tuple[Received, ...]
    drained: bool
    cursor: str | None = None  # where to go on from, stored in the same transaction; None: as it was
    lost: bool = False  # the platform does not know the old cursor: what happened between the last batch and this one is lost


@dataclass(frozen=True, slots=True)
class Resume:
    """Where the last run of this account stopped."""

    cursor: str | None
    waiting: tuple[Received, ...]  # events handed in as Unreadable and not read since, oldest first


class Intake(Protocol):
    """What an adapter hands its events to."""

    async def resume(self) -> Resume: ...

    async def fetch(self) -> Fetch:
        """Ask leave before each look at the platform; the clock and the deadlines are the core's business."""
        ...

    async def take(self, batch: Batch) -> Sequence[Answer]:
        """Returns when the batch is committed, and only then may the platform be told that it arrived.

        While the database cannot commit this waits and tries again; it ends only by success or cancellation.
        """
        ...

    async def failed(self, why: Literal["unreachable", "conflict", "refused"]) -> float:
        """Say that a fetch failed; returns the seconds to wait before the next."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to send, or to show in place of an older one. It fits the platform: `pieces` has cut it to size."""

    chat: ChatRef
    message: Message
    op: str  # the same for each repetition of the same delivery, at most 64 letters, digits, dashes
    edits: str | None = None  # message id to show it in place of
    reply_to: str | None = None
    thread: str | None = None
    encrypted: bool = False  # this chat was once seen encrypted: clear text is never sent there
    silent: bool = False
    pin: bool = False  # pinned once it stands, where the bot may do that; quietly not where it may not
    first_tried: timedelta | None = None  # how long ago this op was first tried, if it was
    old_buttons: tuple[str, ...] = ()  # with `edits`: emoji of the buttons that stood there before


class DeliveryFault(Exception):
    """A delivery did not happen, or may not have."""


class TryLater(DeliveryFault):
    """Surely not sent. Nothing more goes to this chat before `seconds` have passed."""

    def __init__(self, seconds: float, everywhere: bool = False) -> None:
        super().__init__()
        self.seconds, self.everywhere = seconds, everywhere  # everywhere: the whole platform is out of reach


class OutcomeUnknown(DeliveryFault):
    """It may have arrived. `repeatable`: the platform drops a repetition of the same op, so try again freely."""

    def __init__(self, repeatable: bool) -> None:
        super().__init__()
        self.repeatable = repeatable


class Undeliverable(DeliveryFault):
    """It will never arrive: the bot may not write here (`closed`), the message to edit is gone (`message gone`),
    the topic is gone (`thread gone`), or the platform refuses this content (`refused`)."""

    def __init__(self, why: Literal["closed", "message gone", "thread gone", "refused"]) -> None:
        super().__init__()
        self.why = why


class Moved(DeliveryFault):
    """The chat has a new id; not sent."""

    def __init__(self, to: ChatRef) -> None:
        super().__init__()
        self.to = to


class CannotListen(Exception):
    """Listening ends for good: the operator has to act. `taken`: another process listens with this account."""

    def __init__(self, why: Literal["taken", "login refused", "webhook set", "store lost"], platform: str = "") -> None:
        super().__init__()
        self.why, self.platform = why, platform


class Adapter(Protocol):
    """A platform: it translates, it never decides."""

    @property
    def platform(self) -> str: ...

    @property
    def account(self) -> str:
        """Which of the bot's accounts there it is: "telegram", or "telegram.north" if it has a name in the configuration."""
        ...

    @property
    def keeps_taps_for(self) -> timedelta | None:
        """How long the platform keeps a press for a bot that is away; None: as long as anything else."""
        ...

    @property
    def messages_a_minute(self) -> int | None:
        """How many messages and edits the platform takes in one group chat in a minute; None: no limit of ours."""
        ...

    def link(self, ref: MessageRef) -> str | None:
        """The address under which those who are in the chat see this message; None: there is none."""
        ...

    async def listen(self, intake: Intake) -> None:
        """Hand over what happens, in order, until cancelled. Raises CannotListen."""
        ...

    async def deliver(self, delivery: Delivery) -> MessageRef:
        """Send once. Raises a DeliveryFault."""
        ...

    async def close(self) -> None:
        """Let go of connections, once nothing is sent or heard any more."""
        ...


Keep = Callable[[Sequence[Received]], Awaitable[None]]  # returns once they are committed


@runtime_checkable
class Storable(Protocol):
    """A platform whose events can be stored as they came, and read again by any process that has the account."""

    @property
    def pushes(self) -> bool:
        """Whether the platform calls us, so that its events must be stored before it is answered."""
        ...

    async def prepare(self, intake: Intake) -> None:
        """Learn what reading needs; for as long as that takes. Raises CannotListen."""
        ...

    def read(self, raw: str, names: tuple[str, ...]) -> Received:
        """What it means; raises whatever it likes where it cannot be read."""
        ...

    def acknowledge(self, answers: Sequence[Answer]) -> None:
        """What was worked off is answered to who acted; it may be lost."""
        ...

    async def receive(self, keep: Keep) -> None:
        """Where the platform calls us: until cancelled, hand over what it brings."""
        ...
