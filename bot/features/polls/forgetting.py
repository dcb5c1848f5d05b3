"""Ballots stay counted, of nobody; a secret one that was not cast goes; what the group was asked is the group's."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import texts
from bot.delivery import boards
from bot.features.polls import store
from bot.routing.feature import voice_in
from bot.routing.forgetting import Forget, Forgotten
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


FORGET = Forget(
    drop=(SecretDraftRow.member_id,),
    stay=(
        *(PollRow.question, PollRow.opened_by, PollSeriesRow.asked, PollSeriesRow.words, PollSeriesRow.schedule),
        *(PollSeriesRow.opened_by, OptionRow.text, OptionRow.key, OptionRow.added_by),
        *(BallotRow.member_id, MarkRow.member_id, SecretBallotRow.id, SecretBallotRow.marks, SecretDraftRow.marks),
    ),
    then=forget,
)
