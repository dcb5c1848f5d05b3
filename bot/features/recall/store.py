"""Recalls and who supports them: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from bot.features.recall import rules
from bot.routing.feature import Due
from models import GroupRow, MandateRow, MemberRow, RecallRow, SupportRow


def locked(db: Session, recall_id: int) -> RecallRow:
    return db.scalars(select(RecallRow).filter_by(id=recall_id).with_for_update()).one()


def pressed(db: Session, group_id: int | None, recall_id: str) -> RecallRow | None:
    """The recall that a button speaks of, if it is this group's: anyone can forge a button."""
    if not recall_id.isdecimal() or len(recall_id) > 15:
        return None
    return db.scalar(select(RecallRow).filter_by(id=int(recall_id), group_id=group_id).with_for_update())


def find(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(RecallRow.id).filter_by(group_id=group.id, number=number))


def gathering_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    """Of those that look for supporters. One that the group decides on stands there as a round or a poll."""
    query = select(RecallRow.number).filter_by(group_id=group.id, state="gathering")
    return db.scalars(query.order_by(RecallRow.number)).all()


def running(db: Session, group_id: int) -> list[RecallRow]:
    query = select(RecallRow).where(RecallRow.group_id == group_id, RecallRow.state.in_(rules.OPEN))
    return list(db.scalars(query.order_by(RecallRow.id)))


def of_mandate(db: Session, mandate: MandateRow) -> RecallRow | None:
    """The one that runs about it, or about an earlier term of the same person in the same role."""
    query = select(RecallRow).join(MandateRow, RecallRow.mandate_id == MandateRow.id)
    query = query.where(MandateRow.role_id == mandate.role_id, RecallRow.holder_id == mandate.member_id)
    return db.scalar(query.where(RecallRow.state.in_(rules.OPEN)))


def running_mandate(db: Session, recall: RecallRow) -> MandateRow | None:
    """The one in question, or a later one of the same person in the same role."""
    query = select(MandateRow).filter_by(role_id=recall.mandate.role_id, member_id=recall.holder_id, state="running")
    return db.scalar(query.limit(1))


def about(db: Session, group_id: int, holder: MemberRow) -> list[RecallRow]:
    return [each for each in running(db, group_id) if each.holder_id == holder.id]


def came_to_nothing(db: Session, mandate: MandateRow, since: datetime) -> list[rules.Before]:
    """Those about the same person in the same role that ended after that."""
    query = select(RecallRow).join(MandateRow, RecallRow.mandate_id == MandateRow.id)
    query = query.where(MandateRow.role_id == mandate.role_id, RecallRow.holder_id == mandate.member_id)
    query = query.where(RecallRow.state.in_(rules.CAME_TO_NOTHING), RecallRow.ended_at > since).order_by(RecallRow.id.desc())
    return [rules.Before(each.number, each.needed, each.opener_id, each.ended_at or since) for each in db.scalars(query)]


def support_of(db: Session, recall: RecallRow, member: MemberRow) -> SupportRow | None:
    return db.get(SupportRow, (recall.id, member.id))


def supporters(db: Session, recall: RecallRow, most: int) -> list[MemberRow]:
    """The first of those who are still on the roll."""
    query = select(MemberRow).join(SupportRow, SupportRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    query = query.where(SupportRow.recall_id == recall.id, MemberRow.left_at.is_(None))
    return list(db.scalars(query.order_by(SupportRow.given_at, MemberRow.id).limit(most)))


def support_count(db: Session, recall: RecallRow) -> int:
    query = select(func.count()).select_from(SupportRow).join(MemberRow, SupportRow.member_id == MemberRow.id)
    return db.scalar(query.where(SupportRow.recall_id == recall.id, MemberRow.left_at.is_(None))) or 0


def forget_supporters(db: Session, recall: RecallRow) -> None:
    db.execute(delete(SupportRow).filter_by(recall_id=recall.id))


def lapse_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(RecallRow).where(RecallRow.state == "gathering", RecallRow.closes_at <= now)
    return [Due(each.id, each.closes_at, each.group_id) for each in db.scalars(query.order_by(RecallRow.closes_at, RecallRow.id))]


def next_lapse(db: Session) -> datetime | None:
    return db.scalar(select(func.min(RecallRow.closes_at)).where(RecallRow.state == "gathering"))


def outlived(db: Session, now: datetime) -> Sequence[Due]:
    """Recalls of mandates that have ended meanwhile."""
    query = select(RecallRow.id, MandateRow.ended_at, RecallRow.group_id).join(MandateRow, RecallRow.mandate_id == MandateRow.id)
    query = query.where(RecallRow.state.in_(rules.OPEN), MandateRow.state == "ended", MandateRow.ended_at <= now)
    return [Due(row[0], row[1] or now, row[2]) for row in db.execute(query.order_by(RecallRow.id))]


def next_outlived(db: Session) -> datetime | None:
    query = select(func.min(MandateRow.ended_at)).join(RecallRow, RecallRow.mandate_id == MandateRow.id)
    return db.scalar(query.where(RecallRow.state.in_(rules.OPEN), MandateRow.state == "ended"))


def lock_group(db: Session, group_id: int) -> GroupRow:
    """Numbers and register entries are given out one at a time."""
    return db.scalars(select(GroupRow).filter_by(id=group_id).with_for_update()).one()
