"""Two members turn out to be one person: in what is still open their ballots count once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.polls import store
from bot.refusal import Refused
from models import BallotRow, MarkRow, MemberRow, PollRow, SecretDraftRow


def merge(db: Session, kept: MemberRow, gone: MemberRow, now: datetime) -> Sequence[int]:
    """What `gone` voted is `kept`'s from now on; where both did, `kept`'s stands and the other counts as replaced.

    Gives the D-numbers of the polls in which both had voted. Refused: both are in the box of an open secret poll, where
    nobody can find one ballot to take it out.
    """
    polls = [poll for poll in store.open_polls(db, kept.group_id) if store.has_voted(db, poll, gone)]
    twice = [poll for poll in polls if store.has_voted(db, poll, kept)]
    if secret := [poll.number for poll in twice if poll.visibility == "secret"]:
        raise Refused("voted twice in secret", number=secret[0])
    for poll in polls:
        take_out(db, poll, gone) if poll in twice else hand_over(db, poll, kept, gone)
        boards.touch(db, "poll", poll.id, now)
    open_ids = select(PollRow.id).filter_by(group_id=kept.group_id, state="open")
    db.execute(delete(SecretDraftRow).where(SecretDraftRow.member_id == gone.id, SecretDraftRow.poll_id.in_(open_ids)))
    return [poll.number for poll in twice]


def take_out(db: Session, poll: PollRow, gone: MemberRow) -> None:
    store.write_marks(db, poll, gone, {}, None)
    poll.voted -= 1
    poll.replaced += 1


def hand_over(db: Session, poll: PollRow, kept: MemberRow, gone: MemberRow) -> None:
    for rows in (BallotRow, MarkRow):
        mine = (rows.poll_id == poll.id) & (rows.member_id == gone.id)
        db.execute(update(rows).where(mine).values(member_id=kept.id))
