"""The terminal as a place."""

import asyncio
from collections.abc import AsyncIterator

from adapters.terminal import TerminalAdapter
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
        newest = next(m for m in reversed(self.messages()) if any(b.label == label for b in m.buttons))
        place = [button.label for button in newest.buttons].index(label) + 1
        assert newest.buttons == next(m for m in reversed(self.messages()) if m.buttons).buttons, (
            "a number presses the newest board"
        )
        await self.lines.put(f"{name}: {place}")

    async def leaves(self, name: str) -> None:
        await self.lines.put(f"-{name}")

    def messages(self) -> list[Message]:
        """Over all lives: an edit of an older life's message stands in its place."""
        standing: dict[str, Message] = {}
        for terminal in self.terminals:
            standing |= terminal.messages
        return list(standing.values())

    async def shows(self) -> list[str]:
        return [plain(message) for message in self.messages()]

    async def files(self) -> dict[str, bytes]:
        return self.kept
