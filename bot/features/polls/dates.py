"""What polls have in the group's calendar: when they close. Of a secret or hidden one the question, which all may read."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.commons.texts import closes
from bot.features.polls import store
from bot.language import Voice
from bot.routing.house import Dated, Open
from bot.tidy import isolated, tidy
from models import GroupRow, PollRow

SHOWN = 60  # characters of a question


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    return [closing(poll, v) for poll in store.open_polls(db, group.id)]


def closing(poll: PollRow, v: Voice) -> Dated:
    return Dated(f"poll:{poll.id}", poll.closes_at, closes(v, poll.number, isolated(tidy(poll.question, SHOWN))))


def show(db: Session, poll_id: int, v: Voice) -> Open:
    """As lists of what is open name it."""
    poll = db.get_one(PollRow, poll_id)
    title, missing = isolated(tidy(poll.question, SHOWN)), max(0, poll.quorum - poll.voted)
    return Open(poll.number, title, ("poll", poll.id), poll.closes_at, missing)
