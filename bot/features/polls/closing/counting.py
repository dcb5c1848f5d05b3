"""What came of a poll: its ballots counted by the method's rules, and by lots where those leave a tie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.refs import ChatRef
from bot.commons.accounting import Accounting
from bot.features.polls import rules, store
from bot.features.polls.closing import ties
from bot.features.polls.methods import METHODS, Count, Grouped, grouped
from bot.features.polls.secret import box
from models import ChatRow, ElectorateRow, PollRow


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome`: counted, no votes, no quorum, or too few (a secret poll's ballots, which are destroyed)."""

    outcome: str
    electorate: ElectorateRow
    accounting: Accounting
    count: Count
    tied: tuple[int, ...] = ()
    lots: ties.Lots | None = None
    tally: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # option -> value -> how often


def result_of(db: Session, poll: PollRow, now: datetime) -> Result:
    electorate = db.get_one(ElectorateRow, poll.electorate_id)
    ballots = ballots_of(db, poll, electorate.awake)
    accounting = Accounting(poll.received, len(ballots) if ballots is not None else poll.voted, poll.replaced, poll.refused)
    outcome = outcome_of(poll, ballots is not None)
    counted = grouped(ballots or ())
    count = METHODS[poll.method].count_grouped(counted, len(poll.options), ())
    lots = None
    if outcome == "counted" and count.tied and not poll.purpose:
        tied = count.tied
        lots, count = drawn(db, poll, counted, count, now)
        return Result(outcome, electorate, accounting, count, tied, lots, tally_of(counted))
    return Result(outcome, electorate, accounting, count, tally=tally_of(counted))


def outcome_of(poll: PollRow, enough: bool) -> str:
    if not poll.voted:
        return "no votes"
    if not enough:
        return "too few"
    return "no quorum" if poll.voted < poll.quorum else "counted"


def ballots_of(db: Session, poll: PollRow, electors: int) -> list[store.Marks] | None:
    if poll.visibility == "secret":
        return box.empty(db, poll, rules.floor(electors, poll.quorum))
    return list(store.ballots(db, poll).values())


def drawn(db: Session, poll: PollRow, ballots: Grouped, count: Count, now: datetime) -> tuple[ties.Lots, Count]:
    """Lots among those tied; among all options, if that leaves another tie at a later step."""
    method, everything = METHODS[poll.method], tuple(option.place for option in poll.options)
    for places in (count.tied, everything):
        lots = ties.draw(tie_of(db, poll, places, count, now), poll.secret)
        final = method.count_grouped(ballots, len(everything), lots.places)
        if not final.tied:
            break
    return lots, final


def tie_of(db: Session, poll: PollRow, places: tuple[int, ...], count: Count, now: datetime) -> ties.Tie:
    chat = db.get_one(ChatRow, poll.chat_id)
    options = {option.place: option.text for option in poll.options if option.place in places}
    return ties.Tie(poll.number, ChatRef(chat.platform, chat.ref).label, options, count.figures, now)


def tally_of(ballots: Grouped) -> dict[int, dict[int, int]]:
    """Of each option, how often each value was given."""
    tally: dict[int, dict[int, int]] = {}
    for marks, n in ballots.items():
        for place, value in marks:
            values = tally.setdefault(place, {})
            values[value] = values.get(value, 0) + n
    return tally
