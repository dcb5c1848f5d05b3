"""How far each platform has been heard: cursor, heartbeat, barrier, and the gaps between."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.chat.adapter import Batch, Resume
from bot.chat.incoming import Origin, Received, Unreadable
from bot.chat.refs import ChatRef, PersonRef
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.routing import storing, texts
from bot.routing.feature import Due, Gap, voice_of
from bot.routing.house import House
from bot.routing.rooms import find
from bot.routing.routes import Routes
from models import ChatRow, DeadLetterRow, IntakeRow, SeenRow, WaitingRow
from models.database import add_if_new
from models.memory import once

KEEP_LETTERS = timedelta(days=7)  # events that could not be handled, for whoever runs the bot to see why
KEEP_SEEN = timedelta(days=15)  # Telegram may repeat for a day, and renumber after a week
TELL_UNREADABLE = timedelta(seconds=60)
SILENT_AFTER = timedelta(minutes=2)  # that another platform was heard in the meantime


def intake_row(db: Session, platform: str) -> IntakeRow:
    row = known_intake(db, platform)
    if row is None:
        row = IntakeRow(platform=platform)
        db.add(row)
    return row


def known_intake(db: Session, platform: str) -> IntakeRow | None:
    return once(db, ("intake", platform), lambda: db.get(IntakeRow, platform))


class Fenced(Exception):
    """Another process has begun to listen to this account: nothing of ours counts any more."""


def raise_fence(db: Session, platform: str) -> int:
    """From now on only who knows this number listens; it waits for what others have under way."""
    add_if_new(db, IntakeRow, platform=platform, stored_to=0, fence=0)
    raised = update(IntakeRow).where(IntakeRow.platform == platform).values(fence=IntakeRow.fence + 1)
    return db.scalars(raised.returning(IntakeRow.fence)).one()


def check_fence(db: Session, platform: str, fence: int) -> None:
    """Nobody can raise it until this transaction has ended. Raises Fenced."""
    if db.scalar(select(IntakeRow.fence).where(IntakeRow.platform == platform).with_for_update(read=True)) != fence:
        raise Fenced


def resume(db: Session, platform: str) -> Resume:
    rows = db.scalars(select(WaitingRow).filter_by(platform=platform).order_by(WaitingRow.arrived_at, WaitingRow.event_id))
    return Resume(intake_row(db, platform).cursor, tuple(map(waiting_event, rows)))


def waiting_event(row: WaitingRow) -> Received:
    origin = Origin(ChatRef(row.platform, row.chat_ref), PersonRef(row.platform, ""), "")
    return Received((row.event_id,), row.raw, Unreadable(origin))


def close_batch(db: Session, platform: str, batch: Batch, now: datetime) -> None:
    row = intake_row(db, platform)
    row.heard_at = now
    if batch.cursor is not None:
        row.cursor = batch.cursor
    if batch.drained:
        row.drained_at = batch.fetch.began_at


def close_stored(db: Session, platform: str, batch: Batch, now: datetime) -> None:
    """As `close_batch`, where what the batch brought is yet to be worked off."""
    close_batch(db, platform, replace(batch, drained=False), now)
    if batch.drained:
        storing.note_stored(db, intake_row(db, platform), batch.fetch.began_at)


def note_gap(db: Session, routes: Routes, platform: str, keeps_for: timedelta | None, now: datetime) -> None:
    """If the platform was not heard for longer than it keeps presses: say so where something is open, and let it move."""
    row = known_intake(db, platform)
    if keeps_for is None or row is None or row.heard_at is None or now - row.heard_at <= keeps_for:
        return
    gap = Gap(row.heard_at, now)
    row.heard_at = now
    for chat in db.scalars(select(ChatRow).filter_by(served_by=platform, state="open", kind="group").order_by(ChatRow.id)):
        tell_gap(db, routes, chat, gap, now)


def tell_gap(db: Session, routes: Routes, chat: ChatRow, gap: Gap, now: datetime) -> None:
    was_open = [feature.gap(db, chat, gap, now, routes.house) for feature in routes.features if feature.gap is not None]
    if any(was_open):
        words = texts.gap_notice(voice_of(chat, routes.house), gap)
        say(db, chat, words, key=f"gap:{chat.id}:{gap.since.isoformat()}", now=now, must=True)


def not_drained(db: Session, due: Due, platforms: frozenset[str]) -> tuple[set[str], set[str]]:
    """The closing barrier: the platforms of the group's rooms, and those of which not all up to that time is worked off."""
    chats = select(ChatRow.served_by).where(ChatRow.group_id.in_([due.group_id, due.other_group_id]), ChatRow.state == "open")
    waits_for = set(db.scalars(chats.distinct())) & platforms
    stored = and_(IntakeRow.stored_at >= due.at, ~storing.pending(IntakeRow.platform, IntakeRow.stored_to))
    drained = select(IntakeRow.platform).where(IntakeRow.platform.in_(waits_for), or_(IntakeRow.drained_at >= due.at, stored))
    return waits_for, waits_for - set(db.scalars(drained))


def tell_unreadable(db: Session, house: House, now: datetime) -> None:
    """Rooms hear of messages whose key did not come; they go on waiting."""
    rows = db.scalars(select(WaitingRow).where(WaitingRow.told_at.is_(None), WaitingRow.arrived_at <= now - TELL_UNREADABLE))
    by_chat: dict[tuple[str, str], list[WaitingRow]] = {}
    for row in rows:
        by_chat.setdefault((row.platform, row.chat_ref), []).append(row)
        row.told_at = now
    for (platform, ref), untold in by_chat.items():
        if (chat := find(db, platform, ref)) is not None:
            words = texts.never_readable(voice_of(chat, house), len(untold))
            say(db, chat, words, key=f"unreadable:{untold[0].event_id}", now=now)


def note_silence(db: Session, now: datetime) -> None:
    """Mark the platforms that have not been heard while another one was, for boards to say so; and those heard again."""
    rows = [row for row in db.scalars(select(IntakeRow)) if row.heard_at is not None]
    newest = max((row.heard_at for row in rows if row.heard_at), default=now)
    for row in rows:
        since = row.heard_at if row.heard_at and newest - row.heard_at > SILENT_AFTER else None
        if row.silent_since != since:
            row.silent_since = since
            touch_rooms_on(db, row.platform, now)


def touch_rooms_on(db: Session, platform: str, now: datetime) -> None:
    for group_id in db.scalars(select(ChatRow.group_id).filter_by(served_by=platform, kind="group").distinct()):
        if group_id is not None:
            boards.touch_group(db, group_id, now)


def prune(db: Session, now: datetime) -> None:
    """No platform repeats an event after so long, and no key comes that late; a dead letter is old after a week."""
    db.execute(delete(DeadLetterRow).where(DeadLetterRow.died_at < now - KEEP_LETTERS))
    db.execute(delete(SeenRow).where(SeenRow.seen_at < now - KEEP_SEEN))
    db.execute(delete(WaitingRow).where(WaitingRow.arrived_at < now - KEEP_SEEN))
