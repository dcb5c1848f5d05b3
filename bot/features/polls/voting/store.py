"""A member's ballot in an open poll: its own rows and no others. Those of a crowd are read together, and written together."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Insert, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.commons import roll
from models import BallotRow, Base, MarkRow, MemberRow, PollRow
from models.held import hold
from models.memory import memory
from models.traffic import writes

Marks = dict[int, int]  # option's place -> value
BALLOTS, MARKS = Base.metadata.tables[BallotRow.__tablename__], Base.metadata.tables[MarkRow.__tablename__]


def mine(table: Table) -> ColumnElement[bool]:
    return of_poll(table) & (table.c.member_id == bindparam("member"))


def of_poll(table: Table) -> ColumnElement[bool]:
    """By its group, too: so a parted database looks into one part."""
    return (table.c.poll_id == bindparam("poll")) & (table.c.group_id == bindparam("group"))


READ_BALLOTS = select(BALLOTS.c.member_id, BALLOTS.c.last).where(
    of_poll(BALLOTS), BALLOTS.c.member_id.in_(bindparam("members", expanding=True))
)
READ_MARKS = (
    select(MARKS.c.member_id, MARKS.c.place, MARKS.c.value)
    .where(of_poll(MARKS), MARKS.c.member_id.in_(bindparam("members", expanding=True)))
    .order_by(MARKS.c.place)
)
CAST, MARK = insert(BALLOTS), insert(MARKS)
NOTE_LAST = update(BALLOTS).where(mine(BALLOTS)).values(last=bindparam("now_last"), event_id=bindparam("said_by"))
MOVE = update(MARKS).where(mine(MARKS)).values(place=bindparam("to"), value=bindparam("now_value"))
EMPTY, UNCAST = delete(MARKS).where(mine(MARKS)), delete(BALLOTS).where(mine(BALLOTS))
IN_ORDER = (EMPTY, UNCAST, CAST, NOTE_LAST, MOVE, MARK)
Rows = defaultdict[Insert | Update | Delete, list[dict[str, Any]]]


@dataclass
class Ballot:
    """What is marked, in the order of the options, which option was pressed last, and which event said so, if it can be unsaid."""

    cast: bool = False
    last: int | None = None
    marks: Marks = field(default_factory=dict)
    said_by: str = ""  # not read, only written


@dataclass
class Crowd:
    """The ballots of some members in one poll, true as long as nothing else wrote any."""

    poll: dict[str, int]
    ballots: dict[int, Ballot]
    stored: dict[int, Ballot] = field(default_factory=dict)  # of those that are to be written: what the database holds
    as_of: int = 0


def ballot_of(db: Session, poll: PollRow, member: MemberRow) -> Ballot:
    return crowd_with(db, poll, member).ballots[member.id]


def crowd_with(db: Session, poll: PollRow, member: MemberRow) -> Crowd:
    crowd: Crowd | None = memory(db).get(("ballots", poll.id))
    if crowd is None or crowd.as_of != written(db) or member.id not in crowd.ballots:
        ballots = read(db, poll, roll.acting(db, member))
        crowd = memory(db)["ballots", poll.id] = Crowd({"poll_id": poll.id, "group_id": poll.group_id}, ballots)
        crowd.as_of = written(db)
    return crowd


def written(db: Session) -> int:
    return writes(db, BALLOTS.name, MARKS.name)


def read(db: Session, poll: PollRow, members: set[int]) -> dict[int, Ballot]:
    db.flush()
    found = {member: Ballot() for member in members}
    asked, connection = {"poll": poll.id, "group": poll.group_id, "members": list(members)}, db.connection()
    for member, last in connection.execute(READ_BALLOTS, asked):
        found[member] = Ballot(True, last)
    for member, place, value in connection.execute(READ_MARKS, asked):
        found[member].marks[place] = value
    return found


def write(db: Session, poll: PollRow, member: MemberRow, marks: Mapping[int, int], last: int | None, said_by: str = "") -> None:
    """The member's ballot as it is from now on. `said_by`: the event that says so."""
    crowd = crowd_with(db, poll, member)
    crowd.stored.setdefault(member.id, crowd.ballots[member.id])
    crowd.ballots[member.id] = Ballot(bool(marks), last if marks else None, dict(sorted(marks.items())), said_by)
    hold(db, BALLOTS.name, ("crowd", id(crowd)), partial(save, crowd))
    crowd.as_of = written(db)


def save(crowd: Crowd, connection: Connection) -> None:
    rows = Rows(list)
    for member, before in crowd.stored.items():
        change_ballot(rows, crowd.poll, member, before, crowd.ballots[member])
        change_marks(rows, crowd.poll | {"member_id": member}, before.marks, crowd.ballots[member].marks)
    crowd.stored.clear()
    for statement in IN_ORDER:
        if statement in rows:
            connection.execute(statement, rows[statement])


def change_ballot(rows: Rows, poll: dict[str, int], member: int, before: Ballot, after: Ballot) -> None:
    if after.cast and before.cast:
        rows[NOTE_LAST].append(whose(**poll, member_id=member) | {"now_last": after.last, "said_by": after.said_by})
    elif after.cast:
        rows[CAST].append(poll | {"member_id": member, "last": after.last, "event_id": after.said_by})
    elif before.cast:
        rows[UNCAST].append(whose(**poll, member_id=member))


def change_marks(rows: Rows, key: dict[str, int], before: Marks, after: Marks) -> None:
    if before == after:
        return
    if len(before) == len(after) == 1:
        [(place, value)] = after.items()
        rows[MOVE].append(whose(**key) | {"to": place, "now_value": value})
        return
    if before:
        rows[EMPTY].append(whose(**key))
    if after:
        rows[MARK].extend(key | {"place": place, "value": value} for place, value in after.items())


def whose(poll_id: int, group_id: int, member_id: int) -> dict[str, Any]:
    return {"poll": poll_id, "group": group_id, "member": member_id}
