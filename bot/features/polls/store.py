"""Polls, options, ballots and marks: rows in and out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from bot.routing.feature import Due
from bot.routing.rooms import inhabited, lock_group
from bot.tidy import isolated
from models import BallotRow, GroupRow, MarkRow, MemberRow, OptionRow, PollRow, PollSeriesRow
from models.memory import once, unless_written

Marks = dict[int, int]  # option's place -> value
OPTIONS = frozenset({"poll_options"})
LOCKED = select(PollRow).where(PollRow.id == bindparam("poll")).with_for_update()
LOCKED_OWN = LOCKED.where(PollRow.group_id == bindparam("group"))
THEIR_OPTIONS = select(OptionRow).where(OptionRow.poll_id == bindparam("poll")).order_by(OptionRow.place)
GOING = (PollSeriesRow.state == "going") & inhabited(PollSeriesRow.group_id)


def numbered(db: Session, group: GroupRow, number: int) -> PollRow | None:
    return db.scalar(select(PollRow).filter_by(group_id=group.id, number=number))


def find(db: Session, group: GroupRow, number: int) -> int | None:
    """The id of the group's poll with this D-number."""
    return db.scalar(select(PollRow.id).filter_by(group_id=group.id, number=number))


def open_numbers(db: Session, group: GroupRow) -> Sequence[int]:
    query = select(PollRow.number).filter_by(group_id=group.id, state="open")
    return list(db.scalars(query.order_by(PollRow.number)))


def open_polls(db: Session, group_id: int) -> list[PollRow]:
    return list(db.scalars(select(PollRow).filter_by(group_id=group_id, state="open").order_by(PollRow.number)))


def locked(db: Session, poll_id: int) -> PollRow:
    return db.scalars(LOCKED, {"poll": poll_id}).one()


def locked_group(db: Session, group_id: int) -> GroupRow:
    """Numbers and register entries of a group are given out one at a time."""
    return lock_group(db, group_id)


def pressed(db: Session, poll_id: str, group_id: int | None = None) -> PollRow | None:
    """The poll that a button speaks of, if it is this group's: anyone can forge a button."""
    if not poll_id.isdecimal() or len(poll_id) > 15:
        return None
    asked, whose = (LOCKED, {}) if group_id is None else (LOCKED_OWN, {"group": group_id})
    return once(db, ("pressed poll", poll_id, group_id), lambda: db.scalar(asked, {"poll": int(poll_id), **whose}))


def options(db: Session, poll: PollRow) -> list[OptionRow]:
    return unless_written(db, OPTIONS, ("options", poll.id), lambda: read_options(db, poll))


def read_options(db: Session, poll: PollRow) -> list[OptionRow]:
    return list(db.scalars(THEIR_OPTIONS, {"poll": poll.id}))


def named(db: Session, poll: PollRow) -> dict[int, str]:
    """The options' words as they can be shown, by place."""
    return {option.place: isolated(option.text) for option in options(db, poll)}


def said_in(db: Session, group_id: int | None, event_id: str) -> list[tuple[PollRow, MemberRow]]:
    """The open polls in which a ballot stands as this event left it, and whose ballot that is."""
    query = select(PollRow, MemberRow).join(BallotRow, (BallotRow.poll_id == PollRow.id) & (BallotRow.group_id == PollRow.group_id))
    query = query.join(MemberRow, BallotRow.member_id == MemberRow.id).where(BallotRow.event_id == event_id)
    return [(poll, voter) for poll, voter in db.execute(query.where(PollRow.group_id == group_id, PollRow.state == "open"))]


def has_voted(db: Session, poll: PollRow, member: MemberRow) -> bool:
    return db.get(BallotRow, (poll.id, member.id, poll.group_id)) is not None


def marks_in(poll: PollRow) -> tuple[ColumnElement[bool], ...]:
    """By its group, too: so a parted database looks into one part."""
    return MarkRow.poll_id == poll.id, MarkRow.group_id == poll.group_id


def tally(db: Session, poll: PollRow) -> dict[int, Marks]:
    """Of each option, how often each value was given: counted by the database."""
    query = select(MarkRow.place, MarkRow.value, func.count()).where(*marks_in(poll))
    found: dict[int, Marks] = defaultdict(dict)
    for place, value, count in db.execute(query.group_by(MarkRow.place, MarkRow.value)):
        found[place][value] = count
    return found


def ballots(db: Session, poll: PollRow) -> dict[int, Marks]:
    """All ballots, by member: read once, when the poll is counted."""
    query = select(MarkRow.member_id, MarkRow.place, MarkRow.value).where(*marks_in(poll))
    found: dict[int, Marks] = defaultdict(dict)
    for member_id, place, value in db.execute(query.order_by(MarkRow.member_id, MarkRow.place)):
        found[member_id][place] = value
    return found


def choosers(db: Session, poll: PollRow, values: Iterable[int] | None, most: int) -> dict[int, list[MemberRow]]:
    """Of each option, the first few who chose it (gave it one of these values)."""
    rank = func.row_number().over(partition_by=MarkRow.place, order_by=MarkRow.member_id).label("rank")
    marks = select(MarkRow.place, MarkRow.member_id, rank).where(*marks_in(poll))
    first = (marks.where(MarkRow.value.in_(tuple(values))) if values is not None else marks).subquery()
    query = select(first.c.place, MemberRow).join(MemberRow, MemberRow.id == first.c.member_id)
    query = query.options(joinedload(MemberRow.account)).where(first.c.rank <= most)
    found: dict[int, list[MemberRow]] = defaultdict(list)
    for place, member in db.execute(query.order_by(first.c.place, first.c.rank)):
        found[place].append(member)
    return found


def voters(db: Session, poll: PollRow, most: int) -> list[MemberRow]:
    """The first few who have voted, in the order in which the group came to know them."""
    query = select(MemberRow).join(BallotRow, BallotRow.member_id == MemberRow.id)
    query = query.where(BallotRow.poll_id == poll.id, BallotRow.group_id == poll.group_id).options(joinedload(MemberRow.account))
    return list(db.scalars(query.order_by(MemberRow.id).limit(most)))


def due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(PollRow).where(PollRow.state == "open", PollRow.closes_at <= now)
    return [Due(poll.id, poll.closes_at, poll.group_id) for poll in db.scalars(query.order_by(PollRow.closes_at, PollRow.id))]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(PollRow.closes_at)).where(PollRow.state == "open"))


def series_due(db: Session, now: datetime) -> Sequence[Due]:
    query = select(PollSeriesRow).where(GOING, PollSeriesRow.next_at <= now)
    return [Due(series.id, series.next_at, series.group_id) for series in db.scalars(query.order_by(PollSeriesRow.id))]


def series_upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(PollSeriesRow.next_at)).where(GOING))
