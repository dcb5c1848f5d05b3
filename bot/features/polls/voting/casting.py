"""A ballot is given, changed or refused: the voter's own rows and the poll's head, whatever the number of ballots."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.incoming import Ack, TakenBack
from bot.commons import permissions, roll
from bot.delivery import boards
from bot.features.polls import store
from bot.features.polls.methods import texts as methods
from bot.features.polls.voting import rules, texts
from bot.features.polls.voting import store as ballots
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, PollRow

log = logging.getLogger(__name__)
Change = Callable[[store.Marks, int | None], store.Marks]  # marks as they are, option pressed last -> marks as they will be

WORDS = {**methods.REFUSALS, **texts.REFUSALS}
NO_ANSWERS = {"nothing to undo", "already ranked"}  # presses that say nothing, and so are not in the accounts


def answer(call: Call, poll: PollRow, change: Change, place: int | None = None) -> Ack:
    """What the voter hears. A refusal is counted as well, so that the accounts of an open poll are complete."""
    member = roll.find(call.db, call.group, call.event.origin.person)
    try:
        before, after, voter = considered(call.db, poll, member, change)
    except Refused as no:
        return refused(call, poll, no)
    cast(call.db, poll, voter, before, after, call.now, place, call.said_by)
    return Ack(texts.your_ballot(call.voice, poll.method, after, store.named(call.db, poll), poll.limit))


def considered(db: Session, poll: PollRow, member: MemberRow | None, change: Change) -> tuple[store.Marks, store.Marks, MemberRow]:
    """The voter's ballot before and after. Refused: who is not in the electorate, or what the method does not allow."""
    voter = check_elector(db, poll, member)
    ballot = ballots.ballot_of(db, poll, voter)
    return ballot.marks, change(ballot.marks, ballot.last), voter


def check_elector(db: Session, poll: PollRow, member: MemberRow | None) -> MemberRow:
    """Refused: who is not in the electorate; and in other words, whom it is about."""
    if not permissions.is_for_others(member, db, poll.electorate_id):
        raise Refused("about you in a poll", number=poll.number)
    if not permissions.takes_part(member, db, poll.electorate_id):
        raise Refused("not an elector", number=poll.number)
    return member


def cast(
    db: Session,
    poll: PollRow,
    member: MemberRow,
    before: store.Marks,
    after: store.Marks,
    now: datetime,
    place: int | None,
    said_by: str = "",
) -> None:
    """An answer counts, and replaces the member's earlier one. An emptied ballot takes the earlier one back."""
    poll.received += bool(after)
    poll.replaced += bool(before)
    poll.voted += bool(after) - bool(before)
    ballots.write(db, poll, member, after, place, said_by)
    boards.touch(db, "poll", poll.id, now)


def taken_back(call: Call) -> None:
    """Whoever removes what they answered last has not answered so, while the poll is open. What others remove stands."""
    assert isinstance(call.event, TakenBack)
    member = roll.find(call.db, call.group, call.person) if call.chat.group else None
    for poll, voter in store.said_in(call.db, call.chat.group_id, call.event.of):
        if call.event.by_author and permissions.is_theirs(member, voter.id):
            take_back(call.db, store.locked(call.db, poll.id), voter, call.now)
        else:
            log.info("somebody else removed the message of a vote, which stands", extra={"poll": poll.id})


def take_back(db: Session, poll: PollRow, voter: MemberRow, now: datetime) -> None:
    """The last press of several, or all that was typed."""
    ballot = ballots.ballot_of(db, poll, voter)
    after = rules.undone(poll.method, ballot.marks, ballot.last) if ballot.last else {}
    cast(db, poll, voter, ballot.marks, after, now, None)


def refused(call: Call, poll: PollRow, no: Refused) -> Ack:
    poll.received += no.why not in NO_ANSWERS
    poll.refused += no.why not in NO_ANSWERS
    return Ack(WORDS[no.why](call.voice, **{"prefix": call.prefix, **no.facts}), refused=True)


def check_open(poll: PollRow) -> None:
    """Refused: a poll that is closed. One that is merely past its time still takes what was said before the barrier."""
    if poll.state != "open":
        raise Refused("poll closed", number=poll.number)
