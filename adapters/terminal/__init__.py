"""The rehearsal room: a chat in a terminal in which one person plays everyone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from adapters.terminal.incoming import KEYS, PRIVATE, Gone, Keys, Line, Said, Scene, Shown, Turn, event_of, read_line, shown
from adapters.terminal.render import file_lines, message_lines
from bot.chat.adapter import Batch, Delivery, Intake
from bot.chat.incoming import Answer, BotAdded, Received
from bot.chat.message import Message, plain_lines
from bot.chat.refs import ChatRef, MessageRef

GREETED = "greeted"  # the cursor of a room in which the bot has introduced itself
Show = Callable[[str], None]
Keep = Callable[[str, bytes], str]  # file name, content -> where it was put


class TerminalAdapter:
    """Reads `name: text` lines, shows messages as lines."""

    platform = account = "terminal"
    keeps_taps_for = None
    messages_a_minute = None

    def __init__(self, show: Show, turn: Callable[[timedelta], None], keep: Keep, run_mark: str) -> None:
        self.show, self.turn, self.keep, self.run_mark = show, turn, keep, run_mark
        self.lines: AsyncIterator[str] | None = None
        self.messages: dict[str, Message] = {}
        self.put_up: dict[str, Delivery] = {}  # what brought each of these
        self.heard = ""
        self.count = 0

    def link(self, ref: MessageRef) -> str | None:
        return None

    def greeting(self) -> Received:
        return self.numbered(lambda id_: event_of(Said("you", ""), id_, self.scene, BotAdded))

    def read(self, line: str) -> Received | None:
        """The event that a line means, or None if it speaks to the room itself."""
        return self.event(read_line(line))

    def event(self, line: Line) -> Received | None:
        match line:
            case Keys():
                self.show(KEYS)
            case Turn(by=by):
                self.turn(by)
            case Said() | Gone():
                received = self.numbered(lambda id_: event_of(line, id_, self.scene))
                if isinstance(line, Said) and received.event is None:
                    self.heard = line.text
                return received
        return None

    def numbered(self, make: Callable[[str], Received]) -> Received:
        self.count += 1
        return make(f"{self.run_mark}-{self.count}")

    async def listen(self, intake: Intake) -> None:
        """Until the lines end."""
        assert self.lines is not None
        if (await intake.resume()).cursor is None:
            await self.hand_over(intake, self.greeting())
        coming = asyncio.ensure_future(anext(self.lines, None))
        try:
            while True:
                fetch = await intake.fetch()
                await asyncio.wait({coming}, timeout=fetch.wait)
                if not coming.done():
                    await intake.take(Batch(fetch, (), drained=True))
                    continue
                line = coming.result()
                if line is None:
                    return
                coming = asyncio.ensure_future(anext(self.lines, None))
                await self.hand_over(intake, self.read(line))
        finally:
            coming.cancel()

    async def hand_over(self, intake: Intake, received: Received | None) -> None:
        events = (received,) if received else ()
        for answer in await intake.take(Batch(await intake.fetch(), events, drained=True, cursor=GREETED)):
            self.answer(answer)

    def answer(self, answer: Answer) -> None:
        """A toast; what was typed as a command is answered in the room instead."""
        event = answer.received.event
        if answer.ack and event is not None and not hasattr(event, "command"):
            self.show(f"  (to {event.origin.name}) {answer.ack.text}")

    async def deliver(self, delivery: Delivery) -> MessageRef:
        name = delivery.edits or f"{self.run_mark}-{len(self.messages) + 1}"
        whose = shown(delivery.chat.id.removeprefix(PRIVATE)) if delivery.chat.id.startswith(PRIVATE) else ""
        lines = message_lines(delivery.message, self.messages.get(name), whose)
        self.messages[name] = delivery.message
        self.put_up.setdefault(name, delivery)
        if lines:
            self.show("\n".join(lines))
        for file in delivery.message.attachments:
            self.show("\n".join(file_lines(file, self.keep(file.name, file.content))))
        return MessageRef(delivery.chat, name)

    @property
    def scene(self) -> Scene:
        boards: dict[ChatRef, list[Shown]] = {}
        for name, message in reversed(self.messages.items()):
            if message.buttons and not self.put_up[name].edits:
                boards.setdefault(self.put_up[name].chat, []).append(self.board(name, message))
        return Scene(self.asked, self.heard, boards)

    def board(self, name: str, message: Message) -> Shown:
        labels = {button.label.casefold(): button.action.packed for button in reversed(message.buttons)}
        return Shown(name, self.put_up[name].op, "\n".join(plain_lines(message)), labels)

    @property
    def asked(self) -> str:
        """Whom the newest message with buttons asks by name."""
        public = (message for name, message in self.messages.items() if not self.put_up[name].chat.id.startswith(PRIVATE))
        asking = [message for message in public if message.buttons and message.mentions]
        return asking[-1].mentions[0].person.id if asking else ""

    async def close(self) -> None:
        """Nothing to let go of."""
