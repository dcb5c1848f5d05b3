"""A rehearsal at the keyboard: line editing, history and colour, while the clock goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bot.language import Voice
from bot.rehearsal import texts
from bot.rehearsal.room import rehearsal

PROMPT = FormattedText([("ansicyan", "> ")])


def play(file: Path, seed: str | None) -> None:
    """Until Ctrl-D."""
    show_plain(texts.tour(Voice()))
    with rehearsal(file, show, seed, still=False) as room, patch_stdout(raw=True):
        room.terminal.lines = typed(file.with_suffix(".history"))
        asyncio.run(room.app.run(ready=lambda: None))


async def typed(history: Path) -> AsyncIterator[str]:
    session: PromptSession[str] = PromptSession(history=FileHistory(str(history)))
    while True:
        try:
            yield await session.prompt_async(PROMPT)
        except (EOFError, KeyboardInterrupt):
            return


def show(text: str) -> None:
    """A message of the bot's: its first line and its buttons stand out."""
    for line in text.split("\n"):
        print_formatted_text(FormattedText([(style_of(line), line)]))


def show_plain(text: str) -> None:
    print_formatted_text(text)


def style_of(line: str) -> str:
    if line.startswith("folkmoot"):
        return "ansigreen bold"
    if line.startswith("  ["):
        return "ansiyellow"
    return "ansibrightblack" if line.startswith("  (") else ""
