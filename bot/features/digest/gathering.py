"""What a digest tells a group: what was entered since the last one, by number, and what stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import entries, publication, register
from bot.features.digest.beginning import Beginning
from bot.features.digest.texts import Day
from bot.language import Voice
from bot.routing.house import Dated, House
from models import EntryRow, GroupRow

COMING = ("review", "term")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the last digest to this one: the entries since then, and the newest D-number that the last one knew."""

    rows: Sequence[EntryRow]
    last: int  # place of the newest entry; 0: none yet
    known: int
    late: Sequence[EntryRow]  # those that did not reach all rooms within their day, which has ended since
    at: datetime
    until: datetime  # what ends before this is close
    again: bool  # the last digest told of some of it, but may not have arrived


def stretch(db: Session, group: GroupRow, begins: Beginning, now: datetime, until: datetime) -> Stretch:
    last = entries.last_place(db, group.id)
    new = entries.after(db, group.id, begins.after, last)
    return Stretch(new, last, begins.known, late(db, group, begins.at, now), now, until, begins.again)


def late(db: Session, group: GroupRow, since: datetime, now: datetime) -> list[EntryRow]:
    found = publication.late(db, group.id, since, now)
    return [db.get_one(EntryRow, (group.id, each.place)) for each in found]


def told(db: Session, group: GroupRow, v: Voice, since: Stretch, house: House) -> Day:
    """In the words of one language. The cost is that of the entries since the last digest, and of what is open."""
    found = house.open_now(db, group, v)
    old = [each for each in found if each.number <= since.known]
    return Day(
        at=since.at,
        entries=[(entry.place, words) for entry, words in entries.told(db, group, since.rows, v, house)],
        late=[words for _, words in entries.told(db, group, since.late, v, house)],
        opened=[each for each in found if each.number > since.known],
        closing=[each for each in old if each.closes_at is not None and each.closes_at <= since.until],
        coming=coming(house.dates(db, group, v), since),
        last=since.last,
        head=register.head(db, group.id),
        again=since.again,
    )


def coming(dates: Sequence[Dated], since: Stretch) -> list[Dated]:
    return [each for each in dates if each.kind in COMING and since.at < each.at <= since.until]
