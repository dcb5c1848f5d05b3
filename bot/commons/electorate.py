"""Electorates: frozen from the roll when something is opened, so that nobody joins a decision that is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, insert, select
from sqlalchemy.orm import Session, joinedload

from bot.commons import resting, roll, tenure
from bot.commons.canonical import sha256
from models import AccountRow, ElectorateRow, ElectorRow, GroupRow, MemberRow
from models.memory import once
from models.traffic import is_unwritten

ELECTORS = frozenset({"electors"})
AMONG = select(ElectorRow.member_id).where(
    ElectorRow.electorate_id == bindparam("electorate"),
    ElectorRow.group_id == bindparam("group"),  # so that a parted database looks into one part
    ElectorRow.member_id.in_(bindparam("members", expanding=True)),
)
TWINS = 8  # people of one name who are named
NEW_FOR = timedelta(days=7)  # how long after coming onto the roll somebody is shown as a newcomer


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may take part: who has been on the roll for the group's tenure. `members`: only these; None: the whole roll.
    `without`: those whom it is about. `anew`: also who is too new; of those who have a say in it already."""

    members: Sequence[MemberRow] | None = None
    without: Sequence[MemberRow] = ()
    anew: bool = False


def freeze(db: Session, group: GroupRow, now: datetime, terms: Terms | None = None) -> ElectorateRow:
    """Write down who may take part from now on; later comers cannot, and who leaves stays in it.

    Who is resting may take part like everybody else, and is counted as resting (`ElectorateRow.awake`), so that a quorum
    does not wait for them. A rest that begins or ends later changes nothing of what is open.
    """
    asked = considered(db, group, terms or Terms())
    who = old_enough(db, group, asked, terms or Terms(), now)
    fresh = {member.id for member in who if member.joined_at > now - NEW_FOR and member.joined_at > group.created_at + NEW_FOR}
    document = document_of(who)
    frozen = ElectorateRow(group_id=group.id, document=document, fingerprint=sha256(document), created_at=now)
    frozen.without = sorted({member.id for member in terms.without}) if terms and terms.without else None
    frozen.size, frozen.newcomers, frozen.resting = len(who), len(fresh), len(who) - len(resting.awake(who, now))
    wave = tenure.wave_among(group, asked, now)
    frozen.wave, frozen.too_new = wave.new if wave.is_shown else 0, len(asked) - len(who)
    db.add(frozen)
    db.flush()
    rows = [
        {"electorate_id": frozen.id, "member_id": member.id, "group_id": group.id, "newcomer": member.id in fresh} for member in who
    ]
    if rows:
        db.execute(insert(ElectorRow), rows)
    return frozen


def eligible(db: Session, group: GroupRow, now: datetime, terms: Terms) -> list[MemberRow]:
    return old_enough(db, group, considered(db, group, terms), terms, now)


def considered(db: Session, group: GroupRow, terms: Terms) -> list[MemberRow]:
    who = roll.members(db, group) if terms.members is None else [member for member in terms.members if roll.is_on(member)]
    left_out = {member.id for member in terms.without}
    return [member for member in who if member.id not in left_out]


def old_enough(db: Session, group: GroupRow, who: Sequence[MemberRow], terms: Terms, now: datetime) -> list[MemberRow]:
    since = now if terms.anew else tenure.since(db, group, now)
    return [member for member in who if member.joined_at <= since]


def document_of(members: Sequence[MemberRow]) -> str:
    """ASCII, one stable label a line, sorted, LF."""
    return "".join(f"{label}\n" for label in sorted(roll.ref_of(member).label for member in members))


def holds(db: Session, electorate_id: int, member: MemberRow | None) -> bool:
    """Whether this member may take part. Of a crowd all are looked up with the first."""
    if member is None:
        return False
    if not is_unwritten(db, ELECTORS):
        return db.get(ElectorRow, (electorate_id, member.id, member.group_id)) is not None
    asked, found = once(db, ("electors", electorate_id, member.group_id), lambda: (set[int](), set[int]()))
    if member.id not in asked:
        crowd = roll.acting(db, member)
        asked |= crowd
        found |= set(db.scalars(AMONG, {"electorate": electorate_id, "group": member.group_id, "members": list(crowd)}))
    return member.id in found


def places_in(frozen: ElectorateRow) -> tuple[ColumnElement[bool], ...]:
    """By its group, too: so a parted database looks into one part."""
    return ElectorRow.electorate_id == frozen.id, ElectorRow.group_id == frozen.group_id


def members_of(db: Session, frozen: ElectorateRow) -> list[MemberRow]:
    """All who may take part, in the order in which they came onto the roll."""
    query = select(MemberRow).join(ElectorRow, ElectorRow.member_id == MemberRow.id).options(joinedload(MemberRow.account))
    return list(db.scalars(query.where(*places_in(frozen)).order_by(MemberRow.joined_at, MemberRow.id)))


def count(db: Session, frozen: ElectorateRow) -> int:
    """How many may take part."""
    return db.scalar(select(func.count()).where(*places_in(frozen))) or 0


def unite(db: Session, electorate_id: int, kept: MemberRow, gone: MemberRow) -> None:
    """Of something still open, when two members turn out to be one person: they have one place in it, as `kept`.

    The document stays as it was published, with both labels; the size is that of today. If it is about either of them, it is
    about `kept` from now on: see `is_about`.
    """
    hand_over(db.get_one(ElectorateRow, electorate_id), kept, gone)
    theirs = db.get(ElectorRow, (electorate_id, gone.id, gone.group_id))
    if theirs is None:
        return
    if db.get(ElectorRow, (electorate_id, kept.id, kept.group_id)) is not None:
        remove(db, electorate_id, gone)
        return
    db.add(ElectorRow(electorate_id=electorate_id, member_id=kept.id, group_id=theirs.group_id, newcomer=theirs.newcomer))
    db.delete(theirs)
    db.flush()


def hand_over(frozen: ElectorateRow, kept: MemberRow, gone: MemberRow) -> None:
    if gone.id in (frozen.without or ()):
        frozen.without = sorted({kept.id, *(frozen.without or ())} - {gone.id})


def is_about(db: Session, electorate_id: int, member: MemberRow | None) -> bool:
    """Whether it is about this member, so that the others decide."""
    if member is None:
        return False
    frozen = once(db, ("electorate", electorate_id), lambda: db.get_one(ElectorateRow, electorate_id))
    return member.id in (frozen.without or ())


def remove(db: Session, electorate_id: int, member: MemberRow) -> None:
    """This member has no place in it any more. Who of them was resting is not kept, only how many."""
    place = db.get(ElectorRow, (electorate_id, member.id, member.group_id))
    if place is None:
        return
    frozen = db.get_one(ElectorateRow, electorate_id)
    frozen.size -= 1
    frozen.newcomers -= place.newcomer
    frozen.resting = min(frozen.resting, frozen.size)
    db.delete(place)
    db.flush()


def twins(db: Session, frozen: ElectorateRow) -> list[str]:
    """The names of those in it who share theirs with another, told apart; the first few."""
    electors = select(ElectorRow.member_id).where(*places_in(frozen))
    named = select(func.lower(AccountRow.name)).join(MemberRow, MemberRow.account_id == AccountRow.id)
    shared = named.where(MemberRow.id.in_(electors)).group_by(func.lower(AccountRow.name)).having(func.count() > 1)
    query = select(MemberRow).join(AccountRow, MemberRow.account_id == AccountRow.id).options(joinedload(MemberRow.account))
    query = query.where(MemberRow.id.in_(electors), func.lower(AccountRow.name).in_(shared))
    return roll.twins(db.scalars(query.order_by(func.lower(AccountRow.name), MemberRow.id).limit(TWINS)).all())
