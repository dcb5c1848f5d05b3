"""Handing over: what is left for a successor, kept until there is one, and given to nobody else."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from bot.commons import mandates, private
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.mandates.handovers import texts
from bot.features.mandates.handovers.boards import BOARD, facts_of
from bot.routing.feature import Due, Sweep, voice_in
from bot.routing.house import House
from models import GroupRow, HandoverRow, MandateRow

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # what waits for a successor waits for no time


def of(db: Session, mandate: MandateRow) -> HandoverRow | None:
    return db.scalar(select(HandoverRow).filter_by(mandate_id=mandate.id))


def note(db: Session, mandate: MandateRow, things: Sequence[str], now: datetime) -> None:
    """Instead of what was left before; a successor who has that already is given the new things as well."""
    row = of(db, mandate)
    if row is None:
        row = HandoverRow(group_id=mandate.group_id, mandate=mandate, state="noted", things=[], noted_at=now)
        db.add(row)
    row.things, row.state, row.noted_at = list(things), "noted", now
    db.flush()
    boards.touch(db, BOARD, row.id, now)


def take_back(db: Session, mandate: MandateRow) -> None:
    """Unless it has been given already."""
    db.execute(delete(HandoverRow).filter_by(mandate_id=mandate.id, state="noted"))


def due(db: Session, now: datetime) -> Sequence[Due]:
    """What waits for a successor and may have one; and what was given to somebody who ended before confirming it."""
    old, new, receiver = aliased(MandateRow), aliased(MandateRow), aliased(MandateRow)
    follows = exists().where(new.role_id == old.role_id, new.state == "running", new.id > old.id, new.member_id != old.member_id)
    lost = (HandoverRow.state == "given") & (receiver.state == "ended")
    query = select(HandoverRow.id, HandoverRow.group_id).join(old, HandoverRow.mandate_id == old.id)
    query = query.outerjoin(receiver, HandoverRow.receiver_id == receiver.id)
    query = query.where(follows, or_(HandoverRow.state == "noted", lost)).order_by(HandoverRow.id)
    return [Due(row.id, now, row.group_id) for row in db.execute(query)]


def settle(db: Session, handover_id: int, now: datetime, house: House) -> None:
    row = db.get_one(HandoverRow, handover_id)
    group = db.get_one(GroupRow, row.group_id, with_for_update=True)
    db.refresh(row)
    receiver = receiver_for(db, group, row)
    if row.state != "confirmed" and receiver is not None:
        give(db, group, row, receiver, now)


def receiver_for(db: Session, group: GroupRow, row: HandoverRow) -> MandateRow | None:
    """Who follows: came later, is given nothing by another, and is no colleague who has a seat beside."""
    old = row.mandate
    running = mandates.running(db, group, old.role)
    if old.state == "running" and len(running) <= old.role.seats:
        return None
    taken = set(db.scalars(select(HandoverRow.receiver_id).where(HandoverRow.group_id == group.id, HandoverRow.id != row.id)))
    later = [each for each in running if each.id > old.id and each.member_id != old.member_id and each.id not in taken]
    return min(later, key=lambda each: each.id, default=None)


def give(db: Session, group: GroupRow, row: HandoverRow, receiver: MandateRow, now: datetime) -> None:
    """In private where that can be; the rooms see that there is something, and how much, not what."""
    row.state, row.receiver, row.given_at = "given", receiver, now
    db.flush()
    chat = private.room_of(db, receiver.member, now)
    if chat is not None:
        words = texts.things(voice_in(chat, group), facts_of(db, row))
        say(db, chat, words, key=f"handover:{row.id}:{receiver.id}:{row.noted_at.isoformat()}", now=now)
    put_up_everywhere(db, group.id, BOARD, row.id, now)


def upcoming(db: Session) -> datetime | None:
    """At once, when somebody has come who follows: notes are given right after whatever brought them."""
    rows = (db.get_one(HandoverRow, each.id) for each in due(db, BEGINNING))
    found = (row.noted_at for row in rows if receiver_for(db, db.get_one(GroupRow, row.group_id), row))
    return next(found, None)


SWEEP = Sweep("handovers", due, upcoming, settle, after_intake=False)
