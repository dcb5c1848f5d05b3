"""Events, each once: what raises is undone, tried again, then kept as a dead letter; the rest stands."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.chat.incoming import Ack, Answer, Incoming, Received, Unreadable
from bot.refusal import Refused
from bot.routing import dispatch, rooms
from bot.routing.routes import Routes
from models import Base, DeadLetterRow, SeenRow, WaitingRow
from models.database import add_if_new, add_new
from models.memory import expect
from models.traffic import writes

log = logging.getLogger(__name__)
TRIES = 3
LONGEST_NAME, LONGEST_RAW = 255, 100_000  # characters
WAITING = Base.metadata.tables[WaitingRow.__tablename__]
NO_LONGER_WAIT = delete(WAITING).where(
    WAITING.c.platform == bindparam("account"), WAITING.c.event_id.in_(bindparam("ids", expanding=True))
)


def take_all(db: Session, routes: Routes, platform: str, events: Iterable[Received], now: datetime) -> list[Answer]:
    """What came, in order. As a rule nothing is to be undone, and all share one savepoint; else each has one of its own."""
    came = list(events)
    kept = first_times(db, platform, list(map(keepable, came)), now)
    expect(db, {(each.event.origin.person.platform, each.event.origin.person.id) for each in kept if each and each.event})
    acks = list[Ack | None]()
    try:
        with db.begin_nested():
            acks.extend(lightly(db, routes, platform, each, now) for each in kept)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        expect(db, frozenset())
        tries = [TRIES - (place == len(acks)) for place in range(len(kept))]  # where it stopped, one try is over
        acks = [carefully(db, routes, platform, each, now, left) for each, left in zip(kept, tries, strict=True)]
    return list(map(Answer, came, acks))


def take_one(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    [answer] = take_all(db, routes, platform, [received], now)
    return answer.ack


def lightly(db: Session, routes: Routes, platform: str, received: Received | None, now: datetime) -> Ack | None:
    """Raises whatever may have left something to be undone, and what cannot be handled at all."""
    if received is None or received.event is None:
        check_read(received)
        return None
    before = writes(db)
    try:
        return handle(db, routes, platform, received, now)
    except Refused as no:
        if writes(db) != before or db.new or db.dirty or db.deleted:
            raise
        return refuse(db, routes, platform, received, no, now)


def check_read(received: Received | None) -> None:
    if received is not None and received.fault:
        raise ValueError(received.fault)


def carefully(db: Session, routes: Routes, platform: str, received: Received | None, now: datetime, tries: int) -> Ack | None:
    """What raises is undone, tried again, then kept as a dead letter; the rest stands."""
    if received is None:
        return None
    fault = received.fault
    for _ in range(0 if fault else tries):
        try:
            return attempt(db, routes, platform, received, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as raised:
            fault = type(raised).__name__
            log.error("a handler failed", extra={"platform": platform, "fault": fault, "kind": type(received.event).__name__})
    if not isinstance(received.event, Unreadable) or mark_seen(db, platform, [received], now):
        bury(db, platform, received, fault, now)
    return None


def attempt(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    if received.event is None:
        return None
    try:
        with db.begin_nested():
            return handle(db, routes, platform, received, now)
    except Refused as no:
        with db.begin_nested():
            return refuse(db, routes, platform, received, no, now)


def handle(db: Session, routes: Routes, platform: str, received: Received, now: datetime) -> Ack | None:
    """What cannot be read yet waits for its key."""
    event = received.event
    assert event is not None
    if isinstance(event, Unreadable):
        keep_waiting(db, platform, received, now)
        return None
    return by_its_own(db, routes, platform, event, lambda: dispatch.handle(db, routes, event, received.id, now))


def refuse(db: Session, routes: Routes, platform: str, received: Received, no: Refused, now: datetime) -> Ack | None:
    event = received.event
    assert event is not None
    return by_its_own(db, routes, platform, event, lambda: dispatch.refuse(db, routes, event, received.id, no, now))


def keepable(received: Received) -> Received:
    """Its names and its raw text as any database takes them: what strangers may choose can hold anything."""
    names = tuple(kept(name, LONGEST_NAME) for name in received.ids)
    return replace(received, ids=names, raw=kept(received.raw, LONGEST_RAW))


def kept(text: str, limit: int) -> str:
    return text[:limit].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


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


def first_times(db: Session, platform: str, events: Sequence[Received], now: datetime) -> list[Received | None]:
    """The events, without those of which any name is known already. What cannot be read yet is not known before it can."""
    named = [each for each in events if not isinstance(each.event, Unreadable)]
    unknown = mark_seen(db, platform, named, now) if named else set()
    first = list[Received | None]()
    for each in events:
        first.append(each if isinstance(each.event, Unreadable) or unknown.issuperset(each.ids) else None)
        unknown.difference_update(each.ids)
    return first


def mark_seen(db: Session, platform: str, events: Sequence[Received], now: datetime) -> set[str]:
    """Gives those of their names that were not known. What waited for its key waits no longer, whatever it turned out to be."""
    db.connection().execute(NO_LONGER_WAIT, {"account": platform, "ids": [each.id for each in events]})
    names = dict.fromkeys(name for each in events for name in each.ids)
    return add_new(db, SeenRow.event_id, [{"platform": platform, "event_id": name, "seen_at": now} for name in names])


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
