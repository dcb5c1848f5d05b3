"""What a group has besides its register, as plain JSON: people, hats, roles, mandates, circles, decisions and settings.

What is open does not travel, nor what is somebody's own: labels, notes for successors, drafts, private chats.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import earlier, register
from models import (
    AccountRow,
    Base,
    CircleMemberRow,
    CircleRow,
    EntryMarkRow,
    GroupRow,
    HatRow,
    MandateRow,
    MemberRow,
    ProposalRow,
    RoleRow,
    VersionRow,
)

FORMAT = "folkmoot-group-1"
TOLD = ("digest_entry", "digest_number", "digest_told_at")  # what the last digest covered: the next one goes on from there
GROUP = ("title", "language", "zone", "hat_window", "choices", "last_number", "created_at", *TOLD)
MEMBER = ("joined_at", "left_at", "resting_until", "in_hat")
ROLE = ("name", "key", "purpose", "term", "seats", "pool", "cooling", "most_terms", "notice", "answer_within", "sunset", "defined")
ROLE_LIFE = ("state", "ends_at", "created_at", "ended_at")
MANDATE = ("way", "term_count", "starts_at", "ends_at", "extended", "state", "ended_at", "ended_why")
DECISION = (
    "number",
    "state",
    "depth",
    "version",
    "among",
    "quorum",
    "review",
    "review_at",
    "review_state",
    "created_at",
    "decided_at",
)
SETTLED = ("adopted", "blocked", "no quorum", "withdrawn")


def of(db: Session, group: GroupRow) -> dict[str, Any]:
    members = all_of(db, MemberRow, group)
    place = {member.id: n for n, member in enumerate(members)}
    roles = all_of(db, RoleRow, group)
    return {
        "format": FORMAT,
        "head": register.head(db, group.id),
        "group": copied(group, GROUP),
        **people_of(db, members),
        "hats": [[place[hat.member_id], hat.role_key, hat.willing] for hat in hats_of(db, group)],
        "roles": [copied(role, (*ROLE, *ROLE_LIFE)) for role in roles],
        "mandates": mandates_of(db, group, place, {role.id: n for n, role in enumerate(roles)}),
        "circles": [circle_of(db, circle, place) for circle in all_of(db, CircleRow, group)],
        "decisions": decisions_of(db, group, place),
        "unnamed": unnamed(db, group),
    }


def all_of(db: Session, kind: type[Any], group: GroupRow) -> list[Any]:
    return list(db.scalars(select(kind).where(kind.group_id == group.id).order_by(kind.id)))


def people_of(db: Session, members: Sequence[MemberRow]) -> dict[str, Any]:
    """Persons are numbers; an account says whose it is, a member which person and under which account the group knows them."""
    ids = {member.person_id for member in members}
    known = {member.account_id for member in members}
    query = select(AccountRow).where(AccountRow.person_id.in_(ids) | AccountRow.id.in_(known)).order_by(AccountRow.id)
    accounts = list(db.scalars(query))
    people = {person: n for n, person in enumerate(sorted(ids | {account.person_id for account in accounts}))}
    place = {account.id: n for n, account in enumerate(accounts)}
    before = earlier.of(db, list(place))
    named = [copied(each, ("platform", "ref", "name", "handle")) | {"earlier": before.get(each.id, [])} for each in accounts]
    return {
        "people": len(people),
        "accounts": [facts | {"person": people[each.person_id]} for facts, each in zip(named, accounts, strict=True)],
        "members": [
            copied(each, MEMBER) | {"person": people[each.person_id], "account": place[each.account_id]} for each in members
        ],
    }


def hats_of(db: Session, group: GroupRow) -> Iterable[HatRow]:
    return db.scalars(select(HatRow).filter_by(group_id=group.id).order_by(HatRow.member_id, HatRow.role_key))


def mandates_of(db: Session, group: GroupRow, place: dict[int, int], roles: dict[int, int]) -> list[dict[str, Any]]:
    rows = all_of(db, MandateRow, group)
    at = {row.id: n for n, row in enumerate(rows)}
    return [
        copied(row, MANDATE) | {"role": roles[row.role_id], "member": place[row.member_id], "follows": at.get(row.follows_id or 0)}
        for row in rows
    ]


def circle_of(db: Session, circle: CircleRow, place: dict[int, int]) -> dict[str, Any]:
    inside = select(CircleMemberRow.member_id).filter_by(circle_id=circle.id).order_by(CircleMemberRow.member_id)
    return copied(circle, ("name", "key", "created_at")) | {"members": [place[each] for each in db.scalars(inside)]}


def unnamed(db: Session, group: GroupRow) -> list[list[Any]]:
    """Words of entries as a public archive has them, because they name somebody who was forgotten."""
    marks = select(EntryMarkRow).where(EntryMarkRow.group_id == group.id, EntryMarkRow.unnamed.is_not(None))
    return [[mark.place, mark.unnamed] for mark in db.scalars(marks.order_by(EntryMarkRow.place)) if mark.unnamed]


def decisions_of(db: Session, group: GroupRow, place: dict[int, int]) -> list[dict[str, Any]]:
    """What the group has decided on its own, with its last text; a review that is asked just then is asked again there."""
    found = []
    for row in all_of(db, ProposalRow, group):
        if row.state in SETTLED and not row.purpose:
            text = db.get_one(VersionRow, (row.id, row.version)).text
            found.append(copied(row, DECISION) | {"text": text, "proposer": place[row.proposer_id]})
    return found


def copied(row: Base, names: Sequence[str]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def given(facts: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The same, read back."""
    return {name: instant(facts[name]) if name.endswith(("_at", "_until")) else facts[name] for name in names}


def instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value is not None else None
