"""Handlers of looking things up: /decisions, /decision and the pages."""

from datetime import timedelta

from sqlalchemy import update

from bot.chat.incoming import Ack
from bot.chat.message import to_json
from bot.delivery import boards
from bot.features.memory import asking, finding, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from models import SearchRow

BOARD = "register"
LASTS = timedelta(days=1)  # how long the pages of a list can be turned


def decisions(call: Call) -> None:
    """`/decisions kitchen since March`"""
    asked = asking.read(call.text, call.now, call.voice)
    forget_old(call)
    search = SearchRow(group_id=call.group.id, words=asked.words, since=asked.since, asked_at=call.now)
    call.db.add(search)
    call.db.flush()
    show(call, search, asked.page)
    boards.put_up(call.db, call.chat, BOARD, search.id, now=call.now, thread=call.event.origin.thread)


def forget_old(call: Call) -> None:
    """What people looked for is nobody's business for longer than it is of use."""
    old = update(SearchRow).where(SearchRow.group_id == call.group.id, SearchRow.asked_at < call.now - LASTS)
    call.db.execute(old.where(SearchRow.face.is_not(None)).values(words="", face=None))


def show(call: Call, search: SearchRow, page: int) -> None:
    search.face = to_json(texts.page(call.voice, finding.page(call, search, page)))


def turn(call: Call) -> Ack:
    """A press on Newer or Older; of two presses at once the second turns to the same page."""
    if len(call.about) != 2 or not all(part.isdecimal() and len(part) < 10 for part in call.about):
        raise Refused("old button")
    search = call.db.get(SearchRow, int(call.about[0]), with_for_update=True)
    if search is None or search.group_id != call.chat.group_id or search.face is None:
        raise Refused("old list")
    page = max(1, int(call.about[1]))
    show(call, search, page)
    boards.touch(call.db, BOARD, search.id, call.now)
    return Ack(texts.turned(call.voice, page))


def decision(call: Call) -> None:
    """`/decision 17`: what it came to, how it came to it, and what came of it."""
    call.answer(texts.whole(call.voice, finding.whole(call, asking.number(call.text))))
