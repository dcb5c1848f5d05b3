"""A poll is opened: its options, its electorate and a sealed secret are written down before anybody can answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import electorate, register
from bot.commons.electorate import Terms
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.polls import rules
from bot.features.polls.asking import texts, timing
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.house import House, Question
from bot.tidy import folded
from models import ChatRow, GroupRow, MemberRow, OptionRow, PollRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a poll is asked, and by whom."""

    group: GroupRow
    chat: ChatRow
    thread: str | None
    opener: MemberRow


@dataclass(frozen=True, slots=True)
class Origin:
    """What a poll goes back to, if to anything."""

    again_id: int | None = None
    series_id: int | None = None
    question: Question | None = None  # of a feature that acts on the outcome
    who: Terms | None = None  # who may vote; None: everybody on the roll


def open_poll(
    db: Session, place: Place, asked: rules.Asked, terms: rules.Terms, now: datetime, house: House, origin: Origin
) -> PollRow:
    """Refused: nobody could vote, or too few for what was asked."""
    group = place.group
    frozen = electorate.freeze(db, group, now, origin.who)
    rules.check_electorate(frozen.size, asked.visibility)
    quorum = timing.quorum_of(terms.quorum, frozen.size, frozen.awake)
    poll = PollRow(
        group_id=group.id,
        chat_id=place.chat.id,
        number=register.next_number(group),
        question=asked.question,
        method=asked.method,
        visibility=asked.visibility,
        hidden=asked.hidden,
        additions=asked.additions,
        limit=asked.limit,
        quorum=quorum,
        electorate_id=frozen.id,
        opener=place.opener,
        again_id=origin.again_id,
        series_id=origin.series_id,
        purpose=origin.question.purpose if origin.question else None,
        subject_id=origin.question.subject_id if origin.question else None,
        secret=house.dice.secret(),
        opened_at=now,
        closes_at=terms.closes_at,
        options=option_rows(group, asked),
    )
    db.add(poll)
    db.flush()
    announce(db, place, poll, now)
    return poll


def option_rows(group: GroupRow, asked: rules.Asked) -> list[OptionRow]:
    words = asked.options or (() if asked.additions else texts.yes_or_no(Voice(group.language)))
    return [OptionRow(group_id=group.id, place=place, text=text, key=folded(text)) for place, text in enumerate(words, start=1)]


def announce(db: Session, place: Place, poll: PollRow, now: datetime) -> None:
    put_up_everywhere(db, place.group.id, "poll", poll.id, now, home=place.chat, thread=place.thread)


def add_option(db: Session, poll: PollRow, member: MemberRow, text: str, now: datetime) -> OptionRow:
    """Refused: a poll of fixed options, one option too many, or one that is there already."""
    if not poll.additions:
        raise Refused("not open to additions", number=poll.number)
    rules.check_options([*(option.text for option in poll.options), text])
    option = OptionRow(
        poll_id=poll.id, group_id=poll.group_id, place=len(poll.options) + 1, text=text, key=folded(text), added_by=member.id
    )
    poll.options.append(option)
    db.flush()
    boards.touch(db, "poll", poll.id, now)
    return option


def asked_again(poll: PollRow) -> rules.Asked:
    """What the poll asked, to be asked anew."""
    return rules.Asked(
        question=poll.question,
        options=tuple(option.text for option in poll.options),
        method=poll.method,
        visibility=poll.visibility,
        hidden=poll.hidden,
        additions=poll.additions,
        limit=poll.limit,
    )
