"""A platform that lives in memory and behaves: it keeps messages, applies edits, and can be told to fail."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.adapter import Delivery, DeliveryFault, Intake, Moved, Undeliverable
from bot.chat.message import Message, plain
from bot.chat.refs import ChatRef, MessageRef


@dataclass
class Standing:
    """A message as it stands in the chat."""

    id: str
    message: Message
    op: str
    versions: int = 1
    thread: str | None = None
    reply_to: str | None = None
    pinned: bool = False

    @property
    def text(self) -> str:
        return plain(self.message)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.message.buttons]


@dataclass
class Arrived:
    """A fault of the way back: the message stands, and nobody tells us."""

    fault: DeliveryFault | Exception


@dataclass
class FakePlatform:
    """Implements the seam for stories; `faults` are raised one a delivery, in turn (None: it works)."""

    platform: str = "telegram"
    keeps_taps_for: timedelta | None = timedelta(seconds=150)
    messages_a_minute: int | None = None
    knows_ops: bool = False  # it drops a repetition of the same delivery
    chats: dict[str, list[Standing]] = field(default_factory=dict)
    faults: deque[DeliveryFault | Exception | Arrived | None] = field(default_factory=deque)
    fail: Callable[[Delivery], DeliveryFault | Exception | None] = lambda _: None
    closed: set[str] = field(default_factory=set)  # chats in which the bot may not write
    lost_threads: set[str] = field(default_factory=set)
    new_ids: dict[str, str] = field(default_factory=dict)  # chats that have moved
    attempts: list[Delivery] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def account(self) -> str:
        return self.platform

    def link(self, ref: MessageRef) -> str | None:
        return f"https://{self.platform}.example/{ref.chat.id}/{ref.id}"

    async def listen(self, intake: Intake) -> None:
        raise NotImplementedError("stories hand events in themselves")

    async def close(self) -> None:
        """Nothing to let go of."""

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.attempts.append(delivery)
        self.refuse(delivery)
        fault = self.faults.popleft() if self.faults else self.fail(delivery)
        if isinstance(fault, Arrived):
            self.show(delivery)
            raise fault.fault
        if fault is not None:
            raise fault
        return MessageRef(delivery.chat, self.show(delivery))

    def refuse(self, delivery: Delivery) -> None:
        if delivery.chat.id in self.new_ids:
            raise Moved(ChatRef(self.platform, self.new_ids[delivery.chat.id]))
        if delivery.chat.id.startswith("dm:"):
            raise Moved(ChatRef(self.platform, f"!talk-with-{delivery.chat.id.removeprefix('dm:')}"))
        if delivery.chat.id in self.closed:
            raise Undeliverable("closed")
        if delivery.thread in self.lost_threads:
            raise Undeliverable("thread gone")
        if delivery.edits is not None and delivery.edits not in {standing.id for standing in self.room(delivery.chat)}:
            raise Undeliverable("message gone")

    def show(self, delivery: Delivery) -> str:
        room = self.room(delivery.chat)
        again = next((standing for standing in room if self.knows_ops and standing.op == delivery.op), None)
        if again is not None:
            return again.id
        if delivery.edits is None:
            self.numbers[delivery.chat.id] += 1
            number = str(self.numbers[delivery.chat.id])
            room.append(standing_of(number, delivery))
            return number
        standing = next(each for each in room if each.id == delivery.edits)
        standing.message = delivery.message
        standing.versions += 1
        return standing.id

    def room(self, chat: ChatRef) -> list[Standing]:
        return self.chats.setdefault(chat.id, [])

    def edits(self) -> list[Delivery]:
        return [delivery for delivery in self.attempts if delivery.edits is not None]


def standing_of(number: str, sent: Delivery) -> Standing:
    return Standing(number, sent.message, sent.op, thread=sent.thread, reply_to=sent.reply_to, pinned=sent.pin)


def matrix_like() -> FakePlatform:
    """Keeps everything for a bot that is away, and drops repetitions."""
    return FakePlatform("matrix", keeps_taps_for=None, knows_ops=True)
