"""The terminal as a place."""

import asyncio
from collections.abc import AsyncIterator

from adapters.terminal import TerminalAdapter
from adapters.terminal.incoming import PRIVATE, shown
from bot.chat.message import Message, plain


class TerminalPlace:
    prefix = "/"

    def __init__(self) -> None:
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.kept: dict[str, bytes] = {}
        self.lives = 0
        self.terminals: list[TerminalAdapter] = []

    def adapter(self) -> TerminalAdapter:
        self.lives += 1
        made = TerminalAdapter(lambda _: None, lambda _: None, self.keep, run_mark=f"life{self.lives}")
        made.lines = self.typed()
        self.terminals.append(made)
        return made

    def keep(self, name: str, content: bytes) -> str:
        self.kept[name] = content
        return name

    async def typed(self) -> AsyncIterator[str]:
        while True:
            yield await self.lines.get()

    async def invite_bot(self) -> None:
        """It is there from the start."""

    async def says(self, name: str, text: str) -> None:
        await self.lines.put(f"{name}: {text}")

    async def taps(self, name: str, label: str) -> None:
        await self.lines.put(f"{name}: {self.place_of(label, self.messages())}")

    def place_of(self, label: str, messages: list[Message]) -> int:
        """A number presses the newest board."""
        newest = next(message for message in reversed(messages) if message.buttons)
        return [button.label for button in newest.buttons].index(label) + 1

    async def taps_private(self, name: str, label: str) -> None:
        theirs = self.messages(name)
        if any(button.label == label for message in theirs for button in message.buttons):
            await self.lines.put(f"{name}> {self.place_of(label, theirs)}")
        else:
            await self.taps(name, label)

    async def says_private(self, name: str, text: str) -> None:
        await self.lines.put(f"{name}> {text}")

    async def replies(self, name: str, to: str, text: str) -> None:
        await self.lines.put(f"{name}: ^ {text}")

    async def shows_private(self, name: str) -> list[str]:
        return [plain(message) for message in self.messages(name)]

    async def leaves(self, name: str) -> None:
        await self.lines.put(f"-{name}")

    async def opens_private(self, name: str) -> None:
        """It is open to everybody."""

    async def blocks_bot(self, name: str) -> None:
        """Nobody can, here."""

    async def renames(self, name: str, shown: str) -> bool:
        """A name is who one is."""
        return False

    def messages(self, to: str = "") -> list[Message]:
        """Over all lives: an edit of an older life's message stands in its place. `to`: in whose private chat."""
        standing: dict[str, Message] = {}
        for terminal in self.terminals:
            standing |= {key: said for key, said in terminal.messages.items() if whose(terminal, key) == to}
        return list(standing.values())

    async def shows(self) -> list[str]:
        return [plain(message) for message in self.messages()]

    async def files(self) -> dict[str, bytes]:
        return self.kept


def whose(terminal: TerminalAdapter, message_id: str) -> str:
    """In whose private chat the message stands; nobody's, if it is in the room."""
    chat = terminal.put_up[message_id].chat.id
    return shown(chat.removeprefix(PRIVATE)) if chat.startswith(PRIVATE) else ""
