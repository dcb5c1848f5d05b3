"""Retention: after as many months as a group wants, names go from the answers to what it closed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import erasing, roll, texts
from bot.commons.when import Span, after
from bot.features.privacy import scrubbing
from bot.features.privacy.settings import RETENTION
from bot.language import Voice
from bot.routing.feature import Due, Sweep
from bot.routing.house import House, Unnamed
from bot.routing.rooms import lock_group
from models import AccountRow, EntryRow, GroupRow, MemberRow, PersonRow

DONE = "unnamed until"  # beside the settings: up to when names are gone
EVERY = timedelta(days=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def due(db: Session, now: datetime) -> Sequence[Due]:
    groups = db.scalars(select(GroupRow).where(GroupRow.choices.is_not(None)).order_by(GroupRow.id))
    return [Due(group.id, until, group.id) for group in groups for until in ripe(group, now)]


def ripe(group: GroupRow, now: datetime) -> Iterator[datetime]:
    """Up to when names go now, if there is a day's worth of it."""
    if RETENTION.of(group):
        until = after(Span(months=-RETENTION.of(group)), now, Voice(group.language, group.zone).zone)
        if until - done(group) >= EVERY:
            yield until


def done(group: GroupRow) -> datetime:
    kept = (group.choices or {}).get(DONE)
    return datetime.fromisoformat(kept) if kept else BEGINNING


def settle(db: Session, group_id: int, now: datetime, house: House) -> None:
    group = lock_group(db, group_id)
    for until in ripe(group, now):
        unname(db, group, until, now, house)
        group.choices = {**(group.choices or {}), DONE: until.isoformat()}


def unname(db: Session, group: GroupRow, until: datetime, now: datetime, house: House) -> None:
    since = done(group)
    house.unname(db, Unnamed(group, since, until, lambda n: nobodies(db, group, n, now), now))
    made = select(EntryRow.place).where(EntryRow.group_id == group.id, EntryRow.entered_at > since, EntryRow.entered_at <= until)
    places = set(db.scalars(made))
    if erasing.erase_pieces(db, group, lambda place, key, value: key == "stances" and place in places, now, house.dice):
        scrubbing.want(db, now)


def nobodies(db: Session, group: GroupRow, n: int, now: datetime) -> list[MemberRow]:
    """Members who stand for nobody, the same ones each time; they are not on the roll."""
    query = select(MemberRow).join(AccountRow, MemberRow.account_id == AccountRow.id).where(MemberRow.group_id == group.id)
    known = select(AccountRow.id).where(AccountRow.platform == roll.FORMER, AccountRow.ref.startswith(f"{group.id}:"))
    found = list(db.scalars(query.where(AccountRow.id.in_(known)).order_by(MemberRow.id)))
    while len(found) < n:
        found.append(nobody(db, group, len(found) + 1, now))
    return found[:n]


def nobody(db: Session, group: GroupRow, n: int, now: datetime) -> MemberRow:
    account = AccountRow(platform=roll.FORMER, ref=f"{group.id}:{n}", handle="", person=PersonRow(created_at=now))
    account.name = texts.unnamed(Voice(group.language))
    db.add(account)
    db.flush()
    member = MemberRow(group_id=group.id, person_id=account.person_id, account=account, joined_at=now, left_at=now)
    db.add(member)
    db.flush()
    return member


SWEEP = Sweep("retention", due, lambda db: None, settle, after_intake=False)  # looked at in each regular round
