"""The handler of /minutes."""

import re
from datetime import datetime, timedelta

from bot.commons.when import read_since, read_until
from bot.features.meetings.minutes import facts, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import tidy

USUAL = timedelta(days=30)
MOST = 2_000  # entries in one document
STRETCH = re.compile(r"(?:(?:since|desde)\s+)?(.*?)(?:(?:^|\s+)(?:until|till|hasta)\s+(.+))?", re.IGNORECASE | re.DOTALL)


def minutes(call: Call) -> None:
    """`/minutes since 1 November until Monday`; of the last 30 days if no day is said. Refused: a day that does not read."""
    since, until = stretch(call)
    found = facts.of_stretch(call.db, call.group, since, until, MOST, call.voice, call.house)
    call.answer(texts.stretch(call.voice, found, tidy(call.chat.title)))


def stretch(call: Call) -> tuple[datetime, datetime]:
    """From the beginning of the one day to the end of the other. Refused: the one comes after the other."""
    found = STRETCH.fullmatch(call.text.strip())
    first, last = found.groups() if found else ("", None)
    until = read_until(last, call.now, call.voice) if last else call.now
    since = read_since(first, call.now, call.voice) if first else until - USUAL
    if since >= until:
        raise Refused("ends before it begins")
    return since, until
