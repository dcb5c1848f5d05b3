"""Ballots stay counted, of nobody; a secret one that was not cast goes; what the group was asked is the group's."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.commons import texts
from bot.delivery import boards
from bot.features.polls import store
from bot.routing.feature import voice_in
from bot.routing.forgetting import Forget, Forgotten
from bot.routing.house import Unnamed
from models import (
    BallotRow,
    ChatRow,
    ElectorateRow,
    MarkRow,
    MemberRow,
    OptionRow,
    PollRow,
    PollSeriesRow,
    SecretBallotRow,
    SecretDraftRow,
)


def forget(db: Session, found: Forgotten) -> None:
    db.execute(update(BallotRow).where(BallotRow.member_id.in_(found.ids)).values(event_id=None))
    for member in found.members:
        for poll in about(db, member):
            name_nobody(db, poll, found)
        for poll in store.open_polls(db, member.group_id):
            boards.touch(db, "poll", poll.id, found.now)
    db.flush()


def name_nobody(db: Session, poll: PollRow, found: Forgotten) -> None:
    voice = voice_in(db.get_one(ChatRow, poll.chat_id), store.locked_group(db, poll.group_id))
    found.about.add((poll.group_id, poll.number))
    named, poll.question = poll.question, found.unnamed(poll.question, texts.somebody(voice))
    if poll.question == named:
        poll.question = texts.about_somebody(voice)


def about(db: Session, member: MemberRow) -> list[PollRow]:
    """Questions that the house has put about them: those name them, in our words."""
    query = select(PollRow, ElectorateRow).join(ElectorateRow, PollRow.electorate_id == ElectorateRow.id)
    query = query.where(PollRow.group_id == member.group_id, PollRow.purpose.is_not(None), ElectorateRow.without.is_not(None))
    return [poll for poll, who in db.execute(query) if member.id in (who.without or ())]


def unname(db: Session, found: Unnamed) -> None:
    """Ballots of polls that closed then are nobody's; those of secret ones were before, and who voted is not kept either."""
    closed = select(PollRow).where(PollRow.group_id == found.group.id, PollRow.closed_at > found.since)
    for poll in db.scalars(closed.where(PollRow.closed_at <= found.until)).all():
        ballots = sorted(store.ballots(db, poll).values(), key=lambda marks: sorted(marks.items()))
        of_poll = {"poll_id": poll.id, "group_id": poll.group_id}
        without = len(db.scalars(select(BallotRow.member_id).filter_by(**of_poll)).all()) - len(ballots)
        db.execute(delete(MarkRow).filter_by(**of_poll))
        db.execute(delete(BallotRow).filter_by(**of_poll))
        all_of_them = [*ballots, *({} for _ in range(without))]
        for marks, nobody in zip(all_of_them, found.nobodies(len(all_of_them)), strict=True):
            db.add(BallotRow(**of_poll, member_id=nobody.id))
            db.add_all(MarkRow(**of_poll, member_id=nobody.id, place=place, value=value) for place, value in marks.items())
        db.flush()
        boards.touch(db, "poll", poll.id, found.now)


FORGET = Forget(
    by_hand=(BallotRow.event_id,),
    drop=(SecretDraftRow.member_id,),
    stay=(
        *(PollRow.question, PollRow.opened_by, PollSeriesRow.asked, PollSeriesRow.words, PollSeriesRow.schedule),
        *(PollSeriesRow.opened_by, OptionRow.text, OptionRow.key, OptionRow.added_by),
        *(BallotRow.member_id, MarkRow.member_id, SecretBallotRow.id, SecretBallotRow.marks, SecretDraftRow.marks),
    ),
    then=forget,
)
