"""The handler of /minutes."""

import re
from datetime import datetime, timedelta

from bot.commons.when import read_since
from bot.features.meetings.minutes import facts, texts
from bot.routing.feature import Call
from bot.tidy import tidy

USUAL = timedelta(days=30)
MOST = 2_000  # entries in one document
SINCE = re.compile(r"^(?:since|desde)\s+", re.IGNORECASE)


def minutes(call: Call) -> None:
    """`/minutes since 1 November`; of the last 30 days if no day is said. Refused: a day that does not read."""
    found = facts.of_stretch(call.db, call.group, since(call), call.now, MOST, call.voice, call.house)
    call.answer(texts.stretch(call.voice, found, tidy(call.chat.title)))


def since(call: Call) -> datetime:
    words = SINCE.sub("", call.text)
    return read_since(words, call.now, call.voice) if words else call.now - USUAL
