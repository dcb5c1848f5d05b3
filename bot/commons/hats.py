"""The hat: for which roles somebody's name may be drawn. Whoever is on the roll is in it for all, or says for which."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.commons import roles, roll
from models import GroupRow, HatRow, MemberRow


def among(db: Session, members: Sequence[MemberRow], role_key: str) -> set[int]:
    """The ids of those of them who are in the hat for this role, if they are on the roll."""
    if not members:
        return set()
    said = select(HatRow.member_id, HatRow.willing).filter_by(group_id=members[0].group_id, role_key=role_key)
    willing = dict(db.execute(said).all())
    return {member.id for member in members if willing.get(member.id, member.in_hat)}


def is_in(db: Session, member: MemberRow, role_key: str) -> bool:
    return roll.is_on(member) and member.id in among(db, [member], role_key)


def put_in(db: Session, member: MemberRow, role_key: str) -> bool:
    """Into the hat for this role, besides those for which they are in it already; says whether that changed anything."""
    return say(db, member, role_key, True)


def take_out(db: Session, member: MemberRow, role_key: str) -> bool:
    """Out of the hat for this role only; says whether that changed anything."""
    return say(db, member, role_key, False)


def say(db: Session, member: MemberRow, role_key: str, willing: bool) -> bool:
    """There is a row only where it differs from what they said of all roles."""
    found = db.get(HatRow, (member.id, role_key))
    if (found.willing if found else member.in_hat) == willing:
        return False
    if found is not None:
        db.delete(found)
    else:
        db.add(HatRow(member_id=member.id, role_key=role_key, group_id=member.group_id, willing=willing))
    db.flush()
    return True


def for_all(db: Session, member: MemberRow, willing: bool = True) -> bool:
    """In the hat for every role, or for none, whatever they said of single ones; says whether that changed anything."""
    changed = member.in_hat != willing or bool(said_by(db, member))
    db.execute(delete(HatRow).where(HatRow.member_id == member.id))
    member.in_hat = willing
    db.flush()
    return changed


def said_by(db: Session, member: MemberRow) -> dict[str, bool]:
    """What they said of single roles, by key."""
    return dict(db.execute(select(HatRow.role_key, HatRow.willing).filter_by(member_id=member.id)).all())


def exceptions(db: Session, group: GroupRow) -> dict[str, dict[int, bool]]:
    """What those on the roll said of single roles: key -> member's id -> whether they are in."""
    query = select(HatRow.role_key, HatRow.member_id, HatRow.willing).join(MemberRow, HatRow.member_id == MemberRow.id)
    query = query.where(HatRow.group_id == group.id, MemberRow.left_at.is_(None)).order_by(HatRow.role_key)
    found: dict[str, dict[int, bool]] = {}
    for key, member_id, willing in db.execute(query):
        found.setdefault(key, {})[member_id] = willing
    return found


def role_name(db: Session, group: GroupRow, role_key: str) -> str:
    """As the group writes it; as it was said in the hat while there is no such role."""
    found = roles.find(db, group, role_key)
    return found.name if found else role_key


def unite(db: Session, kept: MemberRow, other: MemberRow) -> None:
    """`kept` is in the hats of both from now on; of a role of which both spoke, `kept`'s word stands. Before one leaves."""
    if roll.is_on(kept) and roll.is_on(other):
        said = {**said_by(db, other), **said_by(db, kept)}
        write(db, kept, kept.in_hat or other.in_hat, said)
    elif roll.is_on(other):
        copy(db, kept, other)


def copy(db: Session, to: MemberRow, source: MemberRow) -> None:
    """`to` is in the hats in which `source` is, and in no others."""
    write(db, to, source.in_hat, said_by(db, source))


def write(db: Session, member: MemberRow, in_hat: bool, said: Mapping[str, bool]) -> None:
    for_all(db, member, in_hat)
    for role_key, willing in said.items():
        say(db, member, role_key, willing)
