"""The roll: who belongs to a group and is in its hat. It is voluntary: a bot cannot list a group's members."""

from collections.abc import Sequence, Set
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.chat.incoming import Origin
from bot.chat.message import Mention
from bot.chat.refs import PersonRef, platform_name
from bot.commons import earlier
from bot.tidy import folded, isolated, tidy
from models import AccountRow, ChatRow, GroupRow, MemberRow, PersonRow
from models.memory import expected, memory, once
from models.traffic import is_unwritten

PEOPLE = frozenset({"accounts", "members"})
ACTING = (
    select(AccountRow.platform, AccountRow.ref, MemberRow)
    .join(AccountRow, AccountRow.person_id == MemberRow.person_id)
    .where(MemberRow.group_id == bindparam("group"))
    .where(AccountRow.platform.in_(bindparam("platforms", expanding=True)), AccountRow.ref.in_(bindparam("refs", expanding=True)))
)
MANY = 200  # namesakes that are looked at
FORMER = "former"  # stands for the platform of people who were forgotten; none of them can be told from another
NOBODY = "…"  # a name of which nothing visible is left


def find(db: Session, group: GroupRow, ref: PersonRef) -> MemberRow | None:
    """The member as whom this account acts, on the roll or not. Of a crowd all are looked up with the first."""
    who = (ref.platform, ref.id)
    if who in expected(db) and is_unwritten(db, PEOPLE):
        return once(db, ("members", group.id), lambda: found(db, group.id, expected(db))).get(who)
    return found(db, group.id, {who}).get(who)


def acting(db: Session, member: MemberRow) -> set[int]:
    """The ids of all who act in this transaction as this one does, as far as they are known: at least this one's."""
    crowd = memory(db).get(("members", member.group_id), {})
    return {member.id, *(each.id for each in crowd.values())}


def found(db: Session, group_id: int, who: Set[tuple[str, str]]) -> dict[tuple[str, str], MemberRow]:
    """The members as whom these accounts act."""
    asked = {"group": group_id, "platforms": list({platform for platform, _ in who}), "refs": list({ref for _, ref in who})}
    return {(row[0], row[1]): row[2] for row in db.execute(ACTING, asked)}


def known(db: Session, group: GroupRow, origin: Origin, now: datetime) -> MemberRow:
    """The member who acts; somebody new is remembered, but is not on the roll before `enter`."""
    account = account_of(db, origin, now)
    member = find(db, group, origin.person)
    if member is None:
        member = MemberRow(group_id=group.id, person_id=account.person_id, account=account, joined_at=now, left_at=now)
        db.add(member)
        db.flush()
    return member


def account_of(db: Session, origin: Origin, now: datetime) -> AccountRow:
    """The account, under the name that the platform shows today."""
    ref = origin.person
    account = db.scalar(select(AccountRow).filter_by(platform=ref.platform, ref=ref.id))
    if account is None:
        account = AccountRow(platform=ref.platform, ref=ref.id, name="", handle="", person=PersonRow(created_at=now))
        db.add(account)
    earlier.rename(db, account, tidy(origin.name) or NOBODY, tidy(origin.handle), now)
    return account


def enter(member: MemberRow, now: datetime) -> bool:
    """Onto the roll, and awake; says whether that changed anything."""
    if member.left_at is None:
        return False
    member.joined_at, member.left_at, member.resting_until = now, None, None
    return True


def leave(member: MemberRow, now: datetime) -> bool:
    if member.left_at is not None:
        return False
    member.left_at = now
    return True


def lives_in(member: MemberRow, chat: ChatRow) -> bool:
    """Whether they came by this room, as far as is known: who leaves it leaves the roll."""
    return member.chat_id in (None, chat.id)


def is_on(member: MemberRow) -> bool:
    return member.left_at is None


def members(db: Session, group: GroupRow) -> list[MemberRow]:
    """All on the roll, in the order in which they came."""
    query = select(MemberRow).where(MemberRow.group_id == group.id, MemberRow.left_at.is_(None))
    query = query.options(joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(MemberRow.joined_at, MemberRow.id)))


def count(db: Session, group: GroupRow) -> int:
    return db.scalar(select(func.count()).where(MemberRow.group_id == group.id, MemberRow.left_at.is_(None))) or 0


def oldest(db: Session, group: GroupRow) -> datetime | None:
    """Since when the one has been on the roll who is it longest; None if nobody is."""
    return db.scalar(select(func.min(MemberRow.joined_at)).where(MemberRow.group_id == group.id, MemberRow.left_at.is_(None)))


def ref_of(member: MemberRow) -> PersonRef:
    return PersonRef(member.account.platform, member.account.ref)


def name_of(member: MemberRow) -> str:
    return isolated(member.account.name)


def names(members: Sequence[MemberRow]) -> list[str]:
    """Their names; who shares one with another of them is told apart by platform, handle or number."""
    alike = by_name(members)
    return [told_apart(member, alike[folded(member.account.name)]) for member in members]


def names_in(db: Session, members: Sequence[MemberRow]) -> list[str]:
    """Their names, told apart from those of all who are on their group's roll, named here or not."""
    if not members:
        return []
    shown = {member.account.name for member in members}
    alike = or_(AccountRow.name.in_(shown), func.lower(AccountRow.name).in_({name.lower() for name in shown}))
    query = select(MemberRow).join(AccountRow, MemberRow.account_id == AccountRow.id).options(joinedload(MemberRow.account))
    query = query.where(MemberRow.group_id == members[0].group_id, MemberRow.left_at.is_(None))
    others = db.scalars(query.where(alike).limit(MANY)).all()
    everybody = {member.id: member for member in (*members, *others)}
    told = dict(zip(everybody, names(list(everybody.values())), strict=True))
    return [told[member.id] for member in members]


def name_in(db: Session, member: MemberRow) -> str:
    return names_in(db, [member])[0]


def twins(members: Sequence[MemberRow]) -> list[str]:
    """The names of those who share theirs with another, told apart (see commons/texts.twins)."""
    alike = by_name(members)
    return [told_apart(m, alike[folded(m.account.name)]) for m in members if len(alike[folded(m.account.name)]) > 1]


def by_name(members: Sequence[MemberRow]) -> dict[str, list[MemberRow]]:
    alike: dict[str, list[MemberRow]] = {}
    for member in members:
        alike.setdefault(folded(member.account.name), []).append(member)
    return alike


def told_apart(member: MemberRow, alike: Sequence[MemberRow]) -> str:
    if len(alike) == 1 or member.account.platform == FORMER:
        return name_of(member)
    here = [each.account for each in alike if each.account.platform == member.account.platform]
    platform = platform_name(member.account.platform)
    if len(here) == 1:
        return f"{name_of(member)} ({platform})"
    handles = [account.handle for account in here if account.handle]
    own = f"@{member.account.handle}" if handles.count(member.account.handle) == 1 else member.account.ref
    return f"{name_of(member)} ({platform}, {isolated(own)})"


def mentions_in(db: Session, members: Sequence[MemberRow]) -> list[Mention]:
    """They are called for by their names, told apart as in `names_in`."""
    return [Mention(ref_of(member), name) for member, name in zip(members, names_in(db, members), strict=True)]


def mention_in(db: Session, member: MemberRow) -> Mention:
    return mentions_in(db, [member])[0]
