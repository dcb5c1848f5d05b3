"""Mandates that come due: rows in and out."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.chat.refs import PersonRef
from bot.delivery import boards
from bot.routing.feature import Due
from bot.routing.house import Decided
from models import AccountRow, GroupRow, HandoverRow, MandateRow, MemberRow

TOGETHER = 30  # mandates of one group that end in one transaction, so that nobody has to wait long for an answer
RUNS = MandateRow.state == "running"


def ends_due(db: Session, now: datetime) -> Sequence[Due]:
    """One for each so many of a group's that are over; which they are is asked when it is settled."""
    query = select(MandateRow.id, MandateRow.ends_at, MandateRow.group_id).where(RUNS, MandateRow.ends_at <= now)
    rows = db.execute(query.order_by(MandateRow.group_id, MandateRow.ends_at, MandateRow.id)).all()
    heads = [row for _, of_group in groupby(rows, attrgetter("group_id")) for row in list(of_group)[::TOGETHER]]
    return [Due(row.id, row.ends_at, row.group_id) for row in sorted(heads, key=attrgetter("ends_at"))]


def next_end(db: Session) -> datetime | None:
    return db.scalar(select(func.min(MandateRow.ends_at)).where(RUNS))


def over(db: Session, group: GroupRow, now: datetime) -> list[MandateRow]:
    """The group's mandates that run although their time has come: the first of them, those first that ended first."""
    query = select(MandateRow).where(RUNS, MandateRow.group_id == group.id, MandateRow.ends_at <= now)
    query = query.options(joinedload(MandateRow.member).joinedload(MemberRow.account), joinedload(MandateRow.role))
    return list(db.scalars(query.order_by(MandateRow.ends_at, MandateRow.id).limit(TOGETHER)))


def reminders_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(MandateRow.id, MandateRow.remind_at, MandateRow.group_id).where(RUNS, MandateRow.remind_at <= now)
    return [Due(row.id, row.remind_at, row.group_id) for row in db.execute(query.order_by(MandateRow.remind_at, MandateRow.id))]


def next_reminder(db: Session) -> datetime | None:
    return db.scalar(select(func.min(MandateRow.remind_at)).where(RUNS))


def fresh(db: Session, mandate_id: int) -> MandateRow:
    """As it is once the group is locked."""
    return db.get_one(MandateRow, mandate_id, populate_existing=True)


def pressed(db: Session, about: Sequence[str]) -> MandateRow | None:
    """The mandate that a button speaks of."""
    if len(about) != 1 or not about[0].isdecimal() or len(about[0]) > 15:
        return None
    return db.get(MandateRow, int(about[0]))


def handover(db: Session, about: Sequence[str]) -> HandoverRow | None:
    """The handover that a button speaks of."""
    if len(about) != 1 or not about[0].isdecimal() or len(about[0]) > 15:
        return None
    return db.get(HandoverRow, int(about[0]))


def of_member(db: Session, member: MemberRow) -> list[MandateRow]:
    """All that they ever held, the newest last."""
    return list(db.scalars(select(MandateRow).filter_by(member_id=member.id).order_by(MandateRow.id)))


def of_person(db: Session, who: PersonRef, group_id: int | None) -> list[MandateRow]:
    """All that this account's person holds or held, in one group or (None) in all: what runs first, then the newest."""
    person = select(AccountRow.person_id).filter_by(platform=who.platform, ref=who.id).scalar_subquery()
    query = select(MandateRow).join(MemberRow, MandateRow.member_id == MemberRow.id).where(MemberRow.person_id == person)
    query = query.where(MandateRow.group_id == group_id) if group_id is not None else query
    query = query.options(joinedload(MandateRow.role))
    return list(db.scalars(query.order_by(RUNS.desc(), MandateRow.id.desc())))


def answered(db: Session, decided: Decided, now: datetime) -> MandateRow:
    """The mandate about which the group was asked: the question is open no longer."""
    mandate = db.get_one(MandateRow, decided.subject_id)
    if mandate.asked_number == decided.number:
        mandate.asked_number = None
    boards.touch(db, "term", mandate.id, now)
    return mandate


def locked_group(db: Session, mandate_id: int) -> GroupRow:
    """Its group, one event of which is handled at a time."""
    its_group = select(MandateRow.group_id).filter_by(id=mandate_id).scalar_subquery()
    return db.scalars(select(GroupRow).where(GroupRow.id == its_group).with_for_update()).one()
