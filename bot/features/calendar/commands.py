"""The handler of /calendar."""

from bot.features.calendar import files, texts
from bot.routing.feature import Call
from bot.tidy import tidy

MOST = 1_000  # dates in one file, the nearest ones


def calendar(call: Call) -> None:
    found = call.house.dates(call.db, call.group, call.voice)[:MOST]
    about = files.About(call.group.id, call.group.created_at, tidy(call.chat.title), call.voice)
    file = files.written(found, about, call.now) if found else None
    call.answer(texts.calendar(call.voice, found, file))
