"""Two members turn out to be one person: in what is still open their ballots count once."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.commons import electorate, permissions
from bot.delivery import boards
from bot.features.polls import store
from bot.features.polls.voting import store as ballots
from bot.refusal import Refused
from bot.routing.house import OnePerson
from models import BallotRow, MarkRow, MemberRow, PollRow, PollSeriesRow, SecretDraftRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What `gone` voted is `kept`'s from now on; where both did, `kept`'s stands and the other counts as replaced.

    Gives the D-numbers of the polls in which both had voted. Refused: both are in the box of an open secret poll, where
    nobody can find one ballot to take it out; or one is, and the poll is about the other.
    """
    kept, gone = found.kept, found.gone
    polls = store.open_polls(db, kept.group_id)
    twice = [poll for poll in polls if store.has_voted(db, poll, gone) and store.has_voted(db, poll, kept)]
    if secret := [poll.number for poll in twice if poll.visibility == "secret"]:
        raise Refused("voted twice in secret", number=secret[0])
    for poll in polls:
        electorate.unite(db, poll.electorate_id, kept, gone)
        take_out(db, poll, gone) if poll in twice else hand_over(db, poll, kept, gone)
        recuse(db, poll, kept)
        boards.touch(db, "poll", poll.id, found.now)
    hand_over_openings(db, kept, gone)
    open_ids = select(PollRow.id).filter_by(group_id=kept.group_id, state="open")
    db.execute(delete(SecretDraftRow).where(SecretDraftRow.member_id == gone.id, SecretDraftRow.poll_id.in_(open_ids)))
    return [poll.number for poll in twice]


def take_out(db: Session, poll: PollRow, voter: MemberRow) -> None:
    ballots.write(db, poll, voter, {}, None)
    poll.voted -= 1
    poll.replaced += 1


def hand_over(db: Session, poll: PollRow, kept: MemberRow, gone: MemberRow) -> None:
    """The gone one's ballot, if there is one."""
    for rows in (BallotRow, MarkRow):
        mine = (rows.poll_id == poll.id) & (rows.group_id == poll.group_id) & (rows.member_id == gone.id)
        db.execute(update(rows).where(mine).values(member_id=kept.id))


def recuse(db: Session, poll: PollRow, kept: MemberRow) -> None:
    """Where it is about them, they turn out to have no vote. Refused: it is in the box of a secret poll."""
    if permissions.is_for_others(kept, db, poll.electorate_id):
        return
    if store.has_voted(db, poll, kept):
        if poll.visibility == "secret":
            raise Refused("voted on oneself in secret", number=poll.number)
        take_out(db, poll, kept)
    electorate.remove(db, poll.electorate_id, kept)


def hand_over_openings(db: Session, kept: MemberRow, gone: MemberRow) -> None:
    """Whoever opened it may still close it."""
    db.execute(update(PollRow).filter_by(opened_by=gone.id, state="open").values(opened_by=kept.id))
    db.execute(update(PollSeriesRow).filter_by(opened_by=gone.id).values(opened_by=kept.id))
