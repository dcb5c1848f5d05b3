"""A room with people in it, on one platform, as the story sees it: they speak, press, leave and read."""

import asyncio
import re
from collections.abc import Callable
from typing import Protocol

from bot.chat.adapter import Adapter

LIMIT = 25.0  # seconds until something must have happened


class Place(Protocol):
    prefix: str  # before a command

    def adapter(self) -> Adapter:
        """A new one for each life of the bot."""
        ...

    async def invite_bot(self) -> None: ...

    async def says(self, name: str, text: str) -> None:
        """A command, given with the prefix of this place, or other words."""
        ...

    async def taps(self, name: str, label: str) -> None:
        """Press the button on the newest message that has it."""
        ...

    async def taps_private(self, name: str, label: str) -> None:
        """Press a button that leads into one's private chat with the bot, or one that stands there."""
        ...

    async def says_private(self, name: str, text: str) -> None: ...

    async def replies(self, name: str, to: str, text: str) -> None:
        """Answer the newest message with these words in it, whoever said it."""
        ...

    async def shows_private(self, name: str) -> list[str]:
        """What the bot said to this person alone."""
        ...

    async def leaves(self, name: str) -> None: ...

    async def opens_private(self, name: str) -> None:
        """From now on the bot may write to this person alone."""
        ...

    async def blocks_bot(self, name: str) -> None:
        """They had a private chat with it, and want to hear nothing there any more."""
        ...

    async def renames(self, name: str, shown: str) -> bool:
        """From now on this person is called like that, whoever else is. Says whether that can be here."""
        ...

    async def shows(self) -> list[str]:
        """The bot's messages as they stand now, oldest first."""
        ...

    async def files(self) -> dict[str, bytes]:
        """All files that the bot has sent, by name."""
        ...


async def sees(place: Place, what: str | Callable[[list[str]], bool], limit: float = LIMIT) -> str:
    """Wait until a message says this (or the messages pass); returns the newest that does."""
    passes = what if callable(what) else lambda shown: any(what in text for text in shown)
    shown: list[str] = []
    try:
        async with asyncio.timeout(limit):
            while not passes(shown := await place.shows()):
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{what!r} never came; there stands {shown}") from None
    return next((text for text in reversed(shown) if callable(what) or what in text), "")


async def sees_private(place: Place, name: str, what: str) -> None:
    """Wait until the bot has said this to this person alone."""
    try:
        async with asyncio.timeout(LIMIT):
            while not any(what in text for text in await place.shows_private(name)):
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{what!r} never came; there stands {await place.shows_private(name)}") from None


async def asked(place: Place, besides: tuple[str, ...] = ()) -> str:
    """The name of whoever the bot is asking to serve."""
    pattern = re.compile(r"(\w+): will you serve|(\w+), you are next")

    def names(shown: list[str]) -> list[str]:
        return [a or b for text in shown for a, b in pattern.findall(text) if (a or b) not in besides]

    await sees(place, lambda shown: bool(names(shown)))
    return names(await place.shows())[-1]


async def has_files(place: Place, *names: str) -> dict[str, bytes]:
    async with asyncio.timeout(LIMIT):
        while not set(names) <= (files := await place.files()).keys():
            await asyncio.sleep(0.05)
    return files
