"""A platform that lives in memory and behaves: it keeps messages, applies edits, and can be told to fail."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.adapter import Delivery, DeliveryFault, Intake
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

    @property
    def text(self) -> str:
        return plain(self.message)


@dataclass
class FakePlatform:
    """Implements the seam for stories; `faults` are raised one a delivery, in turn (None: it works)."""

    platform: str = "telegram"
    keeps_taps_for: timedelta | None = timedelta(seconds=150)
    messages_a_minute: int | None = None
    chats: dict[str, list[Standing]] = field(default_factory=dict)
    faults: deque[DeliveryFault | None] = field(default_factory=deque)
    fail: Callable[[Delivery], DeliveryFault | None] = lambda _: None
    attempts: list[Delivery] = field(default_factory=list)

    async def listen(self, intake: Intake) -> None:
        raise NotImplementedError("stories hand events in themselves")

    async def close(self) -> None:
        """Nothing to let go of."""

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.attempts.append(delivery)
        fault = self.faults.popleft() if self.faults else self.fail(delivery)
        if fault is not None:
            raise fault
        return MessageRef(delivery.chat, self.show(delivery))

    def show(self, delivery: Delivery) -> str:
        room = self.room(delivery.chat)
        if delivery.edits is None:
            standing = Standing(
                f"{len(room) + 1}", delivery.message, delivery.op, thread=delivery.thread, reply_to=delivery.reply_to
            )
            room.append(standing)
            return standing.id
        standing = next(each for each in room if each.id == delivery.edits)
        standing.message = delivery.message
        standing.versions += 1
        return standing.id

    def room(self, chat: ChatRef) -> list[Standing]:
        return self.chats.setdefault(chat.id, [])
