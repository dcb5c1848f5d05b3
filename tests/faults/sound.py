"""What holds whatever came in: nothing died, nothing was decided by a refusal, and all that was said can be shown."""

import sqlite3
import unicodedata
from contextlib import closing

from adapters.matrix.render import content
from adapters.telegram.render import render
from bot.chat.message import Message
from bot.delivery.wire import LIMIT, units
from models import Base, DeadLetterRow, EntryRow
from tests.commons.test_register import broken
from tests.stories.test_hostile import is_safe
from tests.support.moot import Moot
from tests.support.records import PASSING

COUNTERS = frozenset({"polls", "rounds"})  # where refused answers are counted
ALLOWED = frozenset("\t\u200c\u200d\u200e\u200f\u061c\u2068\u2069")
NEVER_SAID = ("Traceback", "Error", "Exception", "object at 0x")


def state(bot: Moot) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, quickly."""
    tables = [table.name for table in Base.metadata.sorted_tables if table.name not in PASSING | COUNTERS]
    with closing(sqlite3.connect(bot.url.removeprefix("sqlite:///"))) as kept:
        return {name: kept.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def dead(bot: Moot) -> list[tuple[str, str]]:
    return [(row.fault, row.raw[:200]) for row in bot.rows(DeadLetterRow)]


def chains_hold(bot: Moot) -> bool:
    """Each group's."""
    groups = {entry.group_id for entry in bot.entries()}
    return not any(broken(bot.rows(EntryRow, group_id=group)) for group in groups)


def assert_sound(bot: Moot) -> None:
    """Now, and after all that is open has come to its end."""
    bot.settle()
    assert_shown(bot)
    bot.later(days=8)
    assert_shown(bot)
    assert dead(bot) == []
    assert chains_hold(bot)


def assert_shown(bot: Moot) -> None:
    for room in bot.platforms[0].chats.values():
        for standing in room:
            assert_can_be_shown(standing.message)
            assert [ascii(line) for line in standing.text.split("\n") if not is_plain(line)] == []
            assert not any(word in standing.text for word in NEVER_SAID), standing.text


def is_plain(line: str) -> bool:
    """Words that somebody put to the group stand in lines of their own, which may run as they like."""
    if not line.startswith(("> ", "[")):
        return is_safe(line)
    return not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter not in ALLOWED for letter in line)


def assert_can_be_shown(said: Message) -> None:
    shown = render(said)
    assert units(shown.text) <= LIMIT + 300
    assert isinstance(content(said)["body"], str)
