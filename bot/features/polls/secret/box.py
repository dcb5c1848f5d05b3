"""The ballot box: who has voted in one table, what was voted in another, and nothing that links them."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bot.commons.canonical import canonical
from bot.delivery import boards
from bot.dice import Dice
from bot.features.polls.store import Marks
from bot.routing.feature import Due, Sweep
from bot.routing.house import House
from models import BallotRow, MemberRow, PollRow, SecretBallotRow, SecretDraftRow
from models.database import scrub_after
from models.parting import parts_of, sampled_whole

TABLES = ("arrivals", "ballots", "secret_ballots", "secret_drafts")  # where the old rows of a box were


def draft_of(db: Session, poll: PollRow, member: MemberRow) -> Marks:
    draft = db.get(SecretDraftRow, (poll.id, member.id))
    return read(draft.marks) if draft else {}


def of_poll(poll: PollRow) -> dict[str, int]:
    """What all rows in its box have; the group, so that a parted database looks into one part."""
    return {"poll_id": poll.id, "group_id": poll.group_id}


def keep_draft(db: Session, poll: PollRow, member: MemberRow, marks: Mapping[int, int]) -> None:
    """Somebody's unfinished ballot; it is forgotten when it is cast, or the poll closes."""
    forget_draft(db, poll, member)
    if marks:
        db.execute(insert(SecretDraftRow).values(**of_poll(poll), member_id=member.id, marks=written(marks)))


def forget_draft(db: Session, poll: PollRow, member: MemberRow) -> None:
    db.execute(delete(SecretDraftRow).filter_by(poll_id=poll.id, member_id=member.id))
    db.expire_all()


def cast(db: Session, poll: PollRow, member: MemberRow, now: datetime, dice: Dice) -> None:
    """Into the box under a random name. From here on nobody can change it, or say whose it is."""
    marks = draft_of(db, poll, member)
    forget_draft(db, poll, member)
    db.execute(insert(BallotRow).values(**of_poll(poll), member_id=member.id))
    db.execute(insert(SecretBallotRow).values(**of_poll(poll), id=dice.secret().hex(), marks=written(marks)))
    poll.received += 1
    poll.voted += 1
    boards.touch(db, "poll", poll.id, now)


def empty(db: Session, poll: PollRow, least: int) -> list[Marks] | None:
    """All ballots, or None if there are too few to keep a secret.

    The box is turned over: both tables are written anew, sorted and numbered, so that neither the order of rows, nor
    what a database keeps beside them, says what came together. Too few ballots are destroyed unread. What the database
    had put aside of the old rows is wiped next.
    """
    box = of_poll(poll)
    voters = sorted(db.scalars(select(BallotRow.member_id).filter_by(**box)))
    ballots = sorted(db.scalars(select(SecretBallotRow.marks).filter_by(**box)))
    for table in (SecretDraftRow, SecretBallotRow, BallotRow):
        db.execute(delete(table).filter_by(**box))
    if voters:
        db.execute(insert(BallotRow), [box | {"member_id": one} for one in voters])
    poll.to_wipe = True
    wipe(db, poll.id, poll.group_id)
    if len(ballots) < least:
        return None
    rows = [box | {"id": f"{n:06}", "marks": marks} for n, marks in enumerate(ballots, start=1)]
    db.execute(insert(SecretBallotRow), rows)
    return [read(marks) for marks in ballots]


def wipe(db: Session, poll_id: int, group_id: int) -> None:
    """Once this has committed; until it is done the poll says so, and `SWEEP` tries again."""

    def noted(db: Session) -> None:
        db.execute(update(PollRow).filter_by(id=poll_id).values(to_wipe=False))

    parts, sampled = parts_of(db, TABLES, group_id), sampled_whole(db, TABLES)
    scrub_after(db, parts, noted, anew=True, also_sampled=sampled)  # where rows were moved, pages keep copies


def unwiped(db: Session, now: datetime) -> Sequence[Due]:
    polls = db.scalars(select(PollRow).where(PollRow.to_wipe, PollRow.closed_at <= now).order_by(PollRow.id))
    return [Due(poll.id, poll.closed_at or now, poll.group_id) for poll in polls]


def settle(db: Session, poll_id: int, now: datetime, house: House) -> None:
    """The process died before it could wipe, or somebody else was reading."""
    wipe(db, poll_id, db.get_one(PollRow, poll_id).group_id)


def destroy(db: Session, poll: PollRow) -> None:
    """The poll is taken back: nobody is to know what was in its box."""
    empty(db, poll, poll.voted + 1)


def written(marks: Mapping[int, int]) -> str:
    return canonical({str(place): value for place, value in marks.items()})


def read(marks: str) -> Marks:
    return {int(place): value for place, value in json.loads(marks).items()}


SWEEP = Sweep("secret boxes", unwiped, lambda db: None, settle, after_intake=False)  # looked at in each regular round
