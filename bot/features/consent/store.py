"""Proposals, rounds, stances and objections: rows in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from bot.commons import roll
from bot.commons.electorate import places_in
from bot.commons.resting import is_awake
from bot.routing import rooms
from bot.routing.feature import Due
from models import (
    ElectorRow,
    GroupRow,
    MemberRow,
    ObjectionRow,
    ProposalRow,
    RemarkRow,
    RoundRow,
    StanceRow,
    VersionRow,
)
from models.memory import once, unless_written

OBJECTIONS = frozenset({"objections"})
IN_FORCE = (ProposalRow.state == "adopted") & rooms.inhabited(ProposalRow.group_id)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many took each stance."""

    consent: int
    aside: int
    object: int

    @property
    def counted(self) -> int:
        return self.consent + self.aside + self.object


def by_number(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(ProposalRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    return db.scalars(select(ProposalRow.number).filter_by(group_id=group.id, state="open").order_by(ProposalRow.number)).all()


def unsettled(db: Session, group_id: int) -> list[ProposalRow]:
    """Those that are open, or could be amended and so opened again."""
    query = select(ProposalRow).where(ProposalRow.group_id == group_id, ProposalRow.state.in_(["open", "blocked", "no quorum"]))
    return list(db.scalars(query.order_by(ProposalRow.number)))


def locked(db: Session, proposal_id: int) -> ProposalRow:
    return db.scalars(select(ProposalRow).filter_by(id=proposal_id).with_for_update()).one()


def text_of(db: Session, proposal: ProposalRow, version: int | None = None) -> str:
    return db.get_one(VersionRow, (proposal.id, version or proposal.version)).text


def current_round(db: Session, proposal_id: int) -> RoundRow | None:
    """The newest round on the proposal itself, open or not."""
    query = select(RoundRow).filter_by(proposal_id=proposal_id, objection_id=None)
    return db.scalar(query.order_by(RoundRow.id.desc()).limit(1).with_for_update())


def first_round(db: Session, proposal_id: int) -> int:
    """Its id; 0 if there is none yet."""
    return db.scalar(select(func.min(RoundRow.id)).filter_by(proposal_id=proposal_id)) or 0


def round_in(db: Session, group_id: int | None, round_id: str) -> RoundRow | None:
    """The round that a button speaks of, if it is this group's: anyone can forge a button."""
    if not round_id.isdecimal() or len(round_id) > 15:
        return None
    whose = {"id": int(round_id), "group_id": group_id}
    return once(db, ("pressed round", round_id, group_id), lambda: db.scalar(select(RoundRow).filter_by(**whose).with_for_update()))


def objection_in(db: Session, group_id: int | None, objection_id: str) -> ObjectionRow | None:
    if not objection_id.isdecimal() or len(objection_id) > 15:
        return None
    return db.scalar(select(ObjectionRow).filter_by(id=int(objection_id), group_id=group_id).with_for_update())


def proposal_in(db: Session, group_id: int | None, proposal_id: str) -> ProposalRow | None:
    if not proposal_id.isdecimal() or len(proposal_id) > 15:
        return None
    return db.scalar(select(ProposalRow).filter_by(id=int(proposal_id), group_id=group_id).with_for_update())


def aside_round(db: Session, objection_id: int) -> RoundRow | None:
    """The round on setting this objection aside that is open now."""
    return db.scalar(select(RoundRow).filter_by(objection_id=objection_id, outcome="open").with_for_update())


def open_asides(db: Session, proposal_id: int) -> list[RoundRow]:
    query = select(RoundRow).where(
        RoundRow.proposal_id == proposal_id, RoundRow.objection_id.is_not(None), RoundRow.outcome == "open"
    )
    return list(db.scalars(query.with_for_update()))


def stance_of(db: Session, round_: RoundRow, member_id: int) -> StanceRow | None:
    return db.get(StanceRow, (round_.id, member_id, round_.group_id))


def said_in(db: Session, group_id: int | None, event_id: str) -> list[tuple[RoundRow, StanceRow]]:
    """The stances that were taken by this event in rounds in which they can still be changed."""
    query = select(RoundRow, StanceRow).join(
        StanceRow, (StanceRow.round_id == RoundRow.id) & (StanceRow.group_id == RoundRow.group_id)
    )
    query = query.where(StanceRow.event_id == event_id, RoundRow.group_id == group_id)
    query = query.where(RoundRow.outcome == "open", RoundRow.phase == "stances")
    return [(round_, stance) for round_, stance in db.execute(query.with_for_update())]


def stance_among(db: Session, round_: RoundRow, member: MemberRow) -> StanceRow | None:
    """The same; of a crowd all are read with the first."""
    once(db, ("stances", round_.id), lambda: stances_of(db, round_, roll.acting(db, member)))
    return stance_of(db, round_, member.id)


def stances_of(db: Session, round_: RoundRow, members: set[int]) -> Sequence[StanceRow]:
    return db.scalars(select(StanceRow).where(*stances_in(round_), StanceRow.member_id.in_(members))).all()


def stances_in(round_: RoundRow) -> tuple[ColumnElement[bool], ...]:
    """By its group, too: so a parted database looks into one part."""
    return StanceRow.round_id == round_.id, StanceRow.group_id == round_.group_id


def stance_in(db: Session, round_: RoundRow, member_id: int) -> StanceRow:
    return db.get_one(StanceRow, (round_.id, member_id, round_.group_id))


def tally(db: Session, round_: RoundRow) -> Tally:
    """Counted by the database."""
    query = select(StanceRow.stance, func.count()).where(*stances_in(round_)).group_by(StanceRow.stance)
    counts: dict[str, int] = {row[0]: row[1] for row in db.execute(query)}
    return Tally(counts.get("consent", 0), counts.get("aside", 0), counts.get("object", 0))


def takers(db: Session, round_: RoundRow, stance: str, most: int | None) -> list[MemberRow]:
    """Those who took this stance, in order; at most so many."""
    query = select(MemberRow).join(StanceRow, StanceRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    query = query.where(*stances_in(round_), StanceRow.stance == stance)
    return list(db.scalars(query.order_by(StanceRow.taken_at, StanceRow.member_id).limit(most)))


def concerns(db: Session, round_: RoundRow, most: int | None = None) -> list[StanceRow]:
    query = select(StanceRow).where(*stances_in(round_), StanceRow.concern != "")
    query = query.options(joinedload(StanceRow.member).joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(StanceRow.taken_at, StanceRow.member_id).limit(most)))


def objections(db: Session, proposal_id: int) -> list[ObjectionRow]:
    query = select(ObjectionRow).filter_by(proposal_id=proposal_id).order_by(ObjectionRow.id)
    return list(db.scalars(query.options(joinedload(ObjectionRow.member).joinedload(MemberRow.account))))


def open_objections(db: Session, proposal_id: int) -> list[ObjectionRow]:
    return [each for each in objections(db, proposal_id) if each.state == "open"]


def objection_of(db: Session, proposal_id: int, member_id: int) -> ObjectionRow | None:
    """This member's open objection to the proposal."""
    if not unless_written(db, OBJECTIONS, ("objectors", proposal_id), lambda: objectors(db, proposal_id)):
        return None
    return db.scalar(select(ObjectionRow).filter_by(proposal_id=proposal_id, member_id=member_id, state="open").with_for_update())


def objectors(db: Session, proposal_id: int) -> Sequence[int]:
    return db.scalars(select(ObjectionRow.member_id).filter_by(proposal_id=proposal_id, state="open")).all()


def was_set_aside(db: Session, proposal: ProposalRow, member_id: int) -> bool:
    """Whether the others have set aside this member's objection to this very version: it does not come back by being said again."""
    query = select(ObjectionRow.id).filter_by(proposal_id=proposal.id, member_id=member_id, state="set aside")
    return db.scalar(query.where(ObjectionRow.settled_version == proposal.version).limit(1)) is not None


def remarks(db: Session, round_id: int, most: int) -> list[RemarkRow]:
    """The newest, in the order in which they were said."""
    query = select(RemarkRow).filter_by(round_id=round_id).order_by(RemarkRow.id.desc()).limit(most)
    return list(reversed(db.scalars(query.options(joinedload(RemarkRow.member).joinedload(MemberRow.account))).all()))


def remark_count(db: Session, round_id: int) -> int:
    return db.scalar(select(func.count()).select_from(RemarkRow).filter_by(round_id=round_id)) or 0


def silent(db: Session, round_: RoundRow, now: datetime) -> list[MemberRow]:
    """Those in the electorate, still on the roll and not resting, who have not spoken."""
    spoke = exists().where(*stances_in(round_), StanceRow.member_id == ElectorRow.member_id)
    query = select(MemberRow).join(ElectorRow, ElectorRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    query = query.where(*places_in(round_.electorate), ~spoke, MemberRow.left_at.is_(None), is_awake(now))
    return list(db.scalars(query.order_by(MemberRow.joined_at, MemberRow.id)))


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Rounds in which something is to be done; those on objections first, since what they are about may wait for them."""
    query = select(RoundRow).where(RoundRow.outcome == "open", RoundRow.wakes_at <= now)
    rounds = sorted(db.scalars(query), key=lambda each: (each.wakes_at, each.objection_id is None, each.id))
    return [Due(each.id, each.wakes_at, each.group_id) for each in rounds]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(RoundRow.wakes_at)).where(RoundRow.outcome == "open"))


def reminders_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(ObjectionRow).where(ObjectionRow.remind_at <= now).order_by(ObjectionRow.remind_at, ObjectionRow.id)
    return [Due(each.id, each.remind_at or now, each.group_id) for each in db.scalars(query)]


def next_reminder(db: Session) -> datetime | None:
    return db.scalar(select(func.min(ObjectionRow.remind_at)))


def reviews_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(ProposalRow).where(ProposalRow.review_at <= now, IN_FORCE)
    return [Due(each.id, each.review_at or now, each.group_id) for each in db.scalars(query.order_by(ProposalRow.review_at))]


def next_review(db: Session) -> datetime | None:
    return db.scalar(select(func.min(ProposalRow.review_at)).where(IN_FORCE))


def reviews_ahead(db: Session, group_id: int) -> list[ProposalRow]:
    """Decisions that are looked at again on a day to come, or that wait for an answer until then."""
    query = select(ProposalRow).where(ProposalRow.group_id == group_id, ProposalRow.state == "adopted")
    return list(db.scalars(query.where(ProposalRow.review_at.is_not(None)).order_by(ProposalRow.review_at, ProposalRow.id)))


def lock_group(db: Session, group_id: int) -> GroupRow:
    """Numbers and register entries are given out one at a time."""
    return rooms.lock_group(db, group_id)


def open_rounds(db: Session, group_id: int) -> list[RoundRow]:
    query = select(RoundRow).filter_by(group_id=group_id, outcome="open").order_by(RoundRow.closes_at, RoundRow.id)
    return list(db.scalars(query.options(joinedload(RoundRow.proposal))))
