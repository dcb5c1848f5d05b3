"""Elections and nominations: rows in and out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from bot.commons import resting
from bot.commons.electorate import places_in
from bot.features.grants.elections.rules import OPEN_TO_NAMES, UNDER_WAY, UNFINISHED
from bot.routing.feature import Due
from models import AccountRow, ElectionRow, ElectorRow, GrantRow, GroupRow, MemberRow, NominationRow, PersonRow, RoleRow

AMONG = (ElectorRow.electorate_id == ElectionRow.electorate_id) & (ElectorRow.group_id == ElectionRow.group_id)


def lock_group(db: Session, group_id: int) -> GroupRow:
    return db.scalars(select(GroupRow).filter_by(id=group_id).with_for_update()).one()


def locked(db: Session, election_id: int) -> ElectionRow:
    """With its group, which is locked first: register entries are given out one at a time."""
    found = db.get_one(ElectionRow, election_id)
    lock_group(db, found.group_id)
    db.refresh(found, with_for_update=True)
    return found


def spoken_of(db: Session, election_id: str) -> ElectionRow | None:
    """The election that a button speaks of, of whatever group: anyone can forge a button."""
    if not election_id.isascii() or not election_id.isdecimal() or len(election_id) > 15:
        return None
    return db.get(ElectionRow, int(election_id))


def by_number(db: Session, group: GroupRow, number: int) -> ElectionRow | None:
    return db.scalar(select(ElectionRow).filter_by(group_id=group.id, number=number))


def find(db: Session, group: GroupRow, number: int) -> int | None:
    found = by_number(db, group, number)
    return found.id if found else None


def open_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    return [election.number for election in under_way(db, group.id)]


def under_way(db: Session, group_id: int) -> list[ElectionRow]:
    return in_states(db, group_id, UNDER_WAY)


def unfinished(db: Session, group_id: int) -> list[ElectionRow]:
    return in_states(db, group_id, UNFINISHED)


def in_states(db: Session, group_id: int, states: Sequence[str]) -> list[ElectionRow]:
    query = select(ElectionRow).where(ElectionRow.group_id == group_id, ElectionRow.state.in_(states))
    return list(db.scalars(query.order_by(ElectionRow.number)))


def of_role(db: Session, group: GroupRow, role_key: str) -> ElectionRow | None:
    """One for the role that is not over."""
    query = select(ElectionRow).filter_by(group_id=group.id, role_key=role_key)
    return db.scalar(query.where(ElectionRow.state.in_(UNFINISHED)).limit(1))


def open_to(db: Session, account: AccountRow) -> list[ElectionRow]:
    """Those of any group in which this person may name somebody now."""
    query = select(ElectionRow).join(ElectorRow, AMONG)
    query = query.join(MemberRow, MemberRow.id == ElectorRow.member_id).join(PersonRow, PersonRow.id == MemberRow.person_id)
    query = query.where(PersonRow.id == account.person_id, ElectionRow.state.in_(OPEN_TO_NAMES))
    return list(db.scalars(query.order_by(ElectionRow.id)))


def nomination(db: Session, election: ElectionRow, member: MemberRow) -> NominationRow | None:
    return db.get(NominationRow, (election.id, member.id))


def nominations(db: Session, election: ElectionRow) -> list[NominationRow]:
    """In the order in which they were made."""
    query = (
        select(NominationRow)
        .filter_by(election_id=election.id)
        .options(
            joinedload(NominationRow.member).joinedload(MemberRow.account),
            joinedload(NominationRow.nominee).joinedload(MemberRow.account),
            joinedload(NominationRow.before).joinedload(MemberRow.account),
        )
    )
    return list(db.scalars(query.order_by(NominationRow.named_at, NominationRow.member_id)))


def waited_for(db: Session, election: ElectionRow, now: datetime) -> int:
    """How many of those who may take part have not named anybody, are on the roll, and are not resting."""
    named = select(NominationRow.member_id).filter_by(election_id=election.id)
    query = select(func.count()).select_from(ElectorRow).join(MemberRow, MemberRow.id == ElectorRow.member_id)
    query = query.where(*places_in(election.electorate), ElectorRow.member_id.not_in(named))
    return db.scalar(query.where(MemberRow.left_at.is_(None), resting.is_awake(now))) or 0


def role_of(db: Session, election: ElectionRow) -> RoleRow | None:
    return db.scalar(select(RoleRow).filter_by(group_id=election.group_id, key=election.role_key))


def choices(db: Session, election: ElectionRow) -> list[GrantRow]:
    """Whom it has come to so far, and what became of that; the newest last."""
    query = select(GrantRow).filter_by(election_id=election.id).options(joinedload(GrantRow.member).joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(GrantRow.id)))


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(ElectionRow).where(ElectionRow.state.in_(UNDER_WAY), ElectionRow.wakes_at <= now)
    rows = db.scalars(query.order_by(ElectionRow.wakes_at, ElectionRow.id))
    return [Due(election.id, election.wakes_at or now, election.group_id) for election in rows]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(ElectionRow.wakes_at)).where(ElectionRow.state.in_(UNDER_WAY)))


def without_role() -> Select[ElectionRow, datetime | None]:
    """Those whose role has ended since they were opened."""
    query = select(ElectionRow, RoleRow.ended_at).join(
        RoleRow, (RoleRow.group_id == ElectionRow.group_id) & (RoleRow.key == ElectionRow.role_key)
    )
    ended = (RoleRow.state == "ended") & (RoleRow.ended_at >= ElectionRow.opened_at)
    return query.where(ElectionRow.state.in_(UNDER_WAY), ended).order_by(RoleRow.ended_at, ElectionRow.id)


def without_role_due(db: Session, now: datetime) -> Sequence[Due]:
    return [Due(election.id, at or now, election.group_id) for election, at in db.execute(without_role())]


def next_without_role(db: Session) -> datetime | None:
    found = db.execute(without_role().limit(1)).first()
    return found[1] if found else None
