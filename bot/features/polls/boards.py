"""A poll's board, drawn from what is true now: the database counts."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import lots, roll
from bot.commons.notes import with_warnings
from bot.features.polls import store, texts
from bot.features.polls.methods.ballots import IF_NEED_BE, YES
from bot.features.polls.methods.texts import explained
from bot.features.polls.voting import rules
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from models import BoardRow, ElectorateRow, PollRow, PollSeriesRow

NAMED = 12  # people looked up by name for one option


def poll_board(db: Session, board: BoardRow) -> Message:
    poll = db.get_one(PollRow, board.subject_id)
    v = voice_at(db, board)
    said = texts.board(v, facts_of(db, poll, board))
    return with_warnings(db, v, said, poll.electorate_id, prefix_on(board.chat.platform))


def facts_of(db: Session, poll: PollRow, board: BoardRow) -> texts.PollFacts:
    electors = db.get_one(ElectorateRow, poll.electorate_id)
    earlier = db.get(PollRow, poll.again_id) if poll.again_id else None
    series = db.get(PollSeriesRow, poll.series_id) if poll.series_id else None
    return texts.PollFacts(
        poll_id=poll.id,
        number=poll.number,
        question=poll.question,
        method=poll.method,
        about_method=explained(voice_at(db, board), poll.method),
        visibility=poll.visibility,
        hidden=poll.hidden,
        additions=poll.additions,
        limit=poll.limit,
        quorum=poll.quorum,
        options=option_facts(db, poll),
        voted=poll.voted,
        voters=roll.names_in(db, store.voters(db, poll, NAMED)) if poll.visibility == "roll" else (),
        electors=electors.size,
        newcomers=electors.newcomers,
        resting=electors.resting,
        closes_at=poll.closes_at,
        state=poll.state,
        commitment=lots.commitment(poll.secret),
        again=earlier.number if earlier else None,
        repeats=series.words if series and series.state == "going" else "",
        decides=bool(poll.purpose),
        prefix=prefix_on(board.chat.platform),
    )


def option_facts(db: Session, poll: PollRow) -> list[texts.OptionFacts]:
    """As they stand now; nothing of what is not to be seen yet."""
    if poll.visibility == "secret" or (poll.hidden and poll.state == "open"):
        return told(db, poll, {})
    return told(db, poll, store.tally(db, poll))


def told(db: Session, poll: PollRow, tally: Mapping[int, Mapping[int, int]]) -> list[texts.OptionFacts]:
    """The options with their figures, and with names where everybody may know them."""
    named = tally and poll.visibility == "named"
    names = store.choosers(db, poll, values_named(poll.method), NAMED) if named else {}
    return [
        texts.OptionFacts(
            place=option.place,
            text=option.text,
            amount=rules.amount(poll.method, tally.get(option.place, {})),
            values=tally.get(option.place, {}),
            names=roll.names_in(db, names.get(option.place, [])),
            chosen_by=rules.choosers(poll.method, tally.get(option.place, {})),
        )
        for option in store.options(db, poll)
    ]


def values_named(method: str) -> tuple[int, ...] | None:
    """Which marks make somebody one of those who chose an option."""
    if method in rules.ORDERED:
        return (1,)
    return (YES, IF_NEED_BE) if method == "time" else None
