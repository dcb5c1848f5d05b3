"""One event, in a savepoint of its own: what raises is undone, tried again, then kept as a dead letter; the rest stands."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.chat.incoming import Ack, Incoming, Received, Unreadable
from bot.refusal import Refused
from bot.routing import dispatch, rooms
from bot.routing.routes import Routes
from models import DeadLetterRow, SeenRow, WaitingRow
from models.database import add_if_new

log = logging.getLogger(__name__)
TRIES = 3
LONGEST_NAME, LONGEST_RAW = 255, 100_000  # characters


def take_one(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    received = keepable(received)
    fault = received.fault
    for _ in range(TRIES if not fault else 0):
        try:
            return attempt(db, routes, platform, received, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as raised:
            fault = type(raised).__name__
            log.error("a handler failed", extra={"platform": platform, "fault": fault, "kind": type(received.event).__name__})
    with db.begin_nested():
        if mark_seen(db, platform, received, now):
            bury(db, platform, received, fault, now)
    return None


def attempt(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    try:
        with db.begin_nested():
            return first_time(db, routes, platform, received, now)
    except Refused as no:
        return refused(db, routes, platform, received, no, now)


def keepable(received: Received) -> Received:
    """Its names and its raw text as any database takes them: what strangers may choose can hold anything."""
    names = tuple(kept(name, LONGEST_NAME) for name in received.ids)
    return replace(received, ids=names, raw=kept(received.raw, LONGEST_RAW))


def kept(text: str, limit: int) -> str:
    return text[:limit].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def first_time(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    if isinstance(received.event, Unreadable):
        keep_waiting(db, platform, received, now)
        return None
    if not mark_seen(db, platform, received, now) or received.event is None:
        return None
    event = received.event
    return by_its_own(db, routes, platform, event, lambda: dispatch.handle(db, routes, event, received.id, now))


def by_its_own(db: Session, routes: Routes, account: str, event: Incoming, answer: Callable[[], Ack | None]) -> Ack | None:
    """A chat belongs to one of the bot's accounts at a time; what another one hears there is passed over."""
    watch, there = routes.house.watch, event.origin.chat
    if there.platform not in watch.crowded:
        return answer()
    chat = rooms.find(db, there.platform, there.id)
    if chat is not None and not rooms.comes_to(db, chat, account, watch):
        return None
    ack = answer()
    if chat is None and (new := rooms.find(db, there.platform, there.id)) is not None:
        new.account = account
    return ack


def refused(db: Session, routes: Routes, platform: str, received: Received, no: Refused, now: datetime) -> Ack | None:
    assert received.event is not None
    event = received.event
    with db.begin_nested():
        mark_seen(db, platform, received, now)
        return by_its_own(db, routes, platform, event, lambda: dispatch.refuse(db, routes, event, received.id, no, now))


def mark_seen(db: Session, platform: str, received: Received, now: datetime) -> bool:
    """Says whether none of its names was known. What waited for its key waits no longer, whatever it turned out to be."""
    db.execute(delete(WaitingRow).filter_by(platform=platform, event_id=received.id))
    new = [add_if_new(db, SeenRow, platform=platform, event_id=name, seen_at=now) for name in received.ids]
    return all(new)


def keep_waiting(db: Session, platform: str, received: Received, now: datetime) -> None:
    """It is not seen yet: it may come again, readable, under the same name."""
    assert received.event is not None
    if db.get(SeenRow, (platform, received.id)) is None:
        chat_ref = received.event.origin.chat.id
        add_if_new(db, WaitingRow, platform=platform, event_id=received.id, chat_ref=chat_ref, raw=received.raw, arrived_at=now)


def bury(db: Session, platform: str, received: Received, fault: str, now: datetime) -> None:
    """As it came, so that it can be mended; of what was said in private nothing is kept, since it may be a secret vote."""
    log.error("dead letter", extra={"platform": platform, "fault": fault})
    private = received.event is not None and received.event.origin.kind == "private"
    raw = "" if private else received.raw
    db.add(DeadLetterRow(platform=platform, event_id=received.id, raw=raw, fault=fault, died_at=now))
