"""A member's ballot in an open poll: read and written by its own rows. Of a crowd all are read with the first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.commons import roll
from models import BallotRow, Base, MarkRow, MemberRow, PollRow
from models.memory import memory
from models.traffic import writes

Marks = dict[int, int]  # option's place -> value
BALLOTS, MARKS = Base.metadata.tables[BallotRow.__tablename__], Base.metadata.tables[MarkRow.__tablename__]


def mine(table: Table) -> ColumnElement[bool]:
    return (table.c.poll_id == bindparam("poll")) & (table.c.member_id == bindparam("member"))


READ_BALLOTS = select(BALLOTS.c.member_id, BALLOTS.c.last).where(
    BALLOTS.c.poll_id == bindparam("poll"), BALLOTS.c.member_id.in_(bindparam("members", expanding=True))
)
READ_MARKS = (
    select(MARKS.c.member_id, MARKS.c.place, MARKS.c.value)
    .where(MARKS.c.poll_id == bindparam("poll"), MARKS.c.member_id.in_(bindparam("members", expanding=True)))
    .order_by(MARKS.c.place)
)
CAST, MARK = insert(BALLOTS), insert(MARKS)
NOTE_LAST = update(BALLOTS).where(mine(BALLOTS)).values(last=bindparam("now_last"), event_id=bindparam("said_by"))
MOVE = update(MARKS).where(mine(MARKS)).values(place=bindparam("to"), value=bindparam("now_value"))
EMPTY, UNCAST = delete(MARKS).where(mine(MARKS)), delete(BALLOTS).where(mine(BALLOTS))


@dataclass
class Ballot:
    """What is marked, in the order of the options, and which option was pressed last."""

    cast: bool = False
    last: int | None = None
    marks: Marks = field(default_factory=dict)


@dataclass
class Crowd:
    """The ballots of some members in one poll, true as long as nothing else was written since."""

    as_of: int
    ballots: dict[int, Ballot]


def ballot_of(db: Session, poll: PollRow, member: MemberRow) -> Ballot:
    crowd: Crowd | None = memory(db).get(("ballots", poll.id))
    if crowd is None or crowd.as_of != writes(db) or member.id not in crowd.ballots:
        crowd = memory(db)["ballots", poll.id] = Crowd(0, read(db, poll.id, roll.acting(db, member)))
        crowd.as_of = writes(db)
    return crowd.ballots[member.id]


def read(db: Session, poll: int, members: set[int]) -> dict[int, Ballot]:
    db.flush()
    found = {member: Ballot() for member in members}
    asked, connection = {"poll": poll, "members": list(members)}, db.connection()
    for member, last in connection.execute(READ_BALLOTS, asked):
        found[member] = Ballot(True, last)
    for member, place, value in connection.execute(READ_MARKS, asked):
        found[member].marks[place] = value
    return found


def write(db: Session, poll: PollRow, member: MemberRow, marks: Mapping[int, int], last: int | None, said_by: str = "") -> None:
    """The member's ballot as it is from now on: the voter's own rows and no others. `said_by`: the event that says so."""
    before, crowd = ballot_of(db, poll, member), memory(db)["ballots", poll.id]
    whose = {"poll": poll.id, "member": member.id}
    if marks:
        write_ballot(db.connection(), whose, before, {"group_id": poll.group_id, "last": last, "event_id": said_by})
    elif before.cast:
        db.connection().execute(UNCAST, whose)
    write_marks(db.connection(), whose, before, marks)
    crowd.ballots[member.id] = Ballot(bool(marks), last if marks else None, dict(sorted(marks.items())))
    crowd.as_of = writes(db)


def write_ballot(connection: Connection, whose: dict[str, int], before: Ballot, kept: dict[str, Any]) -> None:
    if before.cast:
        connection.execute(NOTE_LAST, whose | {"now_last": kept["last"], "said_by": kept["event_id"]})
    else:
        connection.execute(CAST, {"poll_id": whose["poll"], "member_id": whose["member"], **kept})


def write_marks(connection: Connection, whose: dict[str, int], before: Ballot, marks: Mapping[int, int]) -> None:
    if len(before.marks) == len(marks) == 1:
        [(place, value)] = marks.items()
        connection.execute(MOVE, whose | {"to": place, "now_value": value})
        return
    if before.marks:
        connection.execute(EMPTY, whose)
    if marks:
        mine = {"poll_id": whose["poll"], "member_id": whose["member"]}
        connection.execute(MARK, [mine | {"place": place, "value": value} for place, value in marks.items()])
