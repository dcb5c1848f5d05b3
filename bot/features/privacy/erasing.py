"""Forgetting a person: their members become nobody, every feature erases what it holds, and nothing is left to know them by."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.chat.refs import PersonRef
from bot.commons import earlier, roll, texts
from bot.features.privacy import documents, mail, registers, scrubbing, wording
from bot.features.privacy.traces import Traces
from bot.language import Voice
from bot.routing.forgetting import Forgotten
from bot.routing.house import House
from bot.routing.rooms import lock_group
from models import AccountRow, GroupRow, MemberRow, PersonRow, WishRow


def forget(db: Session, account: AccountRow, now: datetime, house: House) -> None:
    """All accounts of the person, in every group. NotYet: something that they are in must end before."""
    accounts = accounts_of(db, account)
    members = members_of(db, accounts)
    for group_id in sorted({member.group_id for member in members}):
        lock_group(db, group_id)
    labels = label_map(db, members, accounts, now, house)
    nobody = stand_in(db, texts.somebody(Voice(house.language)), now, house)
    found = Forgotten(members, accounts, nobody, labels, now, house)
    house.forget(db, found)
    for group_id in {member.group_id for member in found.members}:
        found.words.update(registers.said(db, db.get_one(GroupRow, group_id), {label_of(account) for account in accounts}))
    traces = traces_of(db, accounts, found)
    wipe(db, found, traces)
    bury(db, accounts)
    scrubbing.want(db, now)


def accounts_of(db: Session, account: AccountRow) -> list[AccountRow]:
    """All through which they act."""
    return list(db.scalars(select(AccountRow).filter_by(person_id=account.person_id).order_by(AccountRow.id)))


def members_of(db: Session, accounts: Sequence[AccountRow]) -> list[MemberRow]:
    ids, people = [account.id for account in accounts], {account.person_id for account in accounts}
    theirs = or_(MemberRow.person_id.in_(people), MemberRow.account_id.in_(ids))
    return list(db.scalars(select(MemberRow).where(theirs).order_by(MemberRow.id)))


def label_map(
    db: Session, members: Sequence[MemberRow], accounts: Sequence[AccountRow], now: datetime, house: House
) -> dict[tuple[int, str], str]:
    """Each member becomes nobody; gives what stands in a group for each label of theirs from now on."""
    old = {member.id: label_of(member.account) for member in members}
    found: dict[tuple[int, str], str] = {}
    for member in members:
        group = db.get_one(GroupRow, member.group_id)
        vacate(member, stand_in(db, texts.somebody(Voice(group.language)), now, house), now)
        for account in accounts:
            found.setdefault((group.id, label_of(account)), label_of(member.account))
        found[group.id, old[member.id]] = label_of(member.account)
    db.flush()
    return found


def vacate(member: MemberRow, nobody: AccountRow, now: datetime) -> None:
    member.account, member.person_id = nobody, nobody.person_id
    member.joined_at, member.left_at = now, now
    member.chat_id, member.resting_until, member.in_hat = None, None, True


def stand_in(db: Session, name: str, now: datetime, house: House) -> AccountRow:
    ref = house.dice.secret().hex()[:16]
    made = AccountRow(platform=roll.FORMER, ref=ref, name=name, handle="", person=PersonRow(created_at=now))
    db.add(made)
    db.flush()
    return made


def traces_of(db: Session, accounts: Sequence[AccountRow], found: Forgotten) -> Traces:
    before = earlier.of(db, [account.id for account in accounts])
    called = (name for account in accounts for name in (account.name, account.handle, *before.get(account.id, [])))
    names = {name for name in called if name and name != roll.NOBODY}
    refs = {account.ref for account in accounts}
    return Traces(names, refs, {label_of(account) for account in accounts}, frozenset(found.words))


def wipe(db: Session, found: Forgotten, traces: Traces) -> None:
    for group_id in sorted({member.group_id for member in found.members}):
        documents.erase(db, group_id, found)
        about = {number for where, number in found.about if where == group_id}
        group = db.get_one(GroupRow, group_id)
        registers.erase(db, group, traces, about, found.now, found.house.dice)
        wording.unname(db, group, traces)
    mail.erase_private(db, found.accounts)
    mail.erase(db, {member.group_id for member in found.members}, traces, found.nobody.name, found.now)
    for account in found.accounts:
        mail.erase_events(db, account)


def bury(db: Session, accounts: Sequence[AccountRow]) -> None:
    people = {account.person_id for account in accounts}
    db.flush()
    ids = [account.id for account in accounts]
    earlier.forget(db, ids)
    db.execute(delete(WishRow).where(WishRow.account_id.in_(ids)))
    db.execute(delete(AccountRow).where(AccountRow.id.in_(ids)))
    db.execute(delete(PersonRow).where(PersonRow.id.in_(people)))


def label_of(account: AccountRow) -> str:
    return PersonRef(account.platform, account.ref).label
