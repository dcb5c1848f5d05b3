"""Polls that are asked again and again: each time once, and none that would have ended by now."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import register, when
from bot.features.polls import rules, store
from bot.features.polls.asking import opening
from bot.features.polls.asking.timing import Timed
from bot.language import zone_named
from bot.refusal import Refused
from bot.routing.feature import Sweep
from bot.routing.house import House
from models import ChatRow, GroupRow, PollSeriesRow


def begin(db: Session, place: opening.Place, asked: rules.Asked, timed: Timed, now: datetime) -> PollSeriesRow:
    schedule = timed.schedule
    assert schedule is not None
    series = PollSeriesRow(
        group_id=place.group.id,
        chat_id=place.chat.id,
        number=register.next_number(place.group),
        thread=place.thread,
        asked=kept(asked, timed.terms),
        words=asked.clauses["every"],
        schedule=schedule.kept(),
        length=int(timed.length.total_seconds()) if timed.length else None,
        opener=place.opener,
        next_at=when.next_after(schedule, now, zone_named(place.group.zone)),
    )
    db.add(series)
    db.flush()
    return series


def kept(asked: rules.Asked, terms: rules.Terms) -> dict[str, Any]:
    """As JSON keeps it; `asked_of` turns it back."""
    fields = ("question", "method", "visibility", "hidden", "additions", "limit")
    return {name: getattr(asked, name) for name in fields} | {
        "options": list(asked.options),
        "quorum": terms.quorum,
    }


def asked_of(series: PollSeriesRow) -> rules.Asked:
    facts = {name: value for name, value in series.asked.items() if name != "quorum"}
    return rules.Asked(**{**facts, "options": tuple(facts["options"])})


def settle(db: Session, series_id: int, now: datetime, house: House) -> None:
    """Ask the newest one that is due; those before it, slept through, are over."""
    series = db.get_one(PollSeriesRow, series_id)
    group = store.locked_group(db, series.group_id)
    db.refresh(series, with_for_update=True)
    if series.state != "going" or series.next_at > now:
        return
    schedule, zone = when.schedule_of(series.schedule), zone_named(group.zone)
    due_at = series.next_at
    while (following := when.next_after(schedule, due_at, zone)) <= now:
        due_at = following
    series.next_at = following
    ends_at = due_at + timedelta(seconds=series.length) if series.length else following
    if ends_at > now:
        ask(db, series, group, ends_at, now, house)


def ask(db: Session, series: PollSeriesRow, group: GroupRow, ends_at: datetime, now: datetime, house: House) -> None:
    place = opening.Place(group, db.get_one(ChatRow, series.chat_id), series.thread, series.opener)
    terms = rules.Terms(ends_at, series.asked["quorum"])
    with suppress(Refused), db.begin_nested():  # nobody there to vote: it is asked again next time
        opening.open_poll(db, place, asked_of(series), terms, now, house, opening.Origin(series_id=series.id))


def numbered(db: Session, group: GroupRow, number: int) -> PollSeriesRow | None:
    """The series with this number, or the one that asked the poll with it."""
    poll = store.numbered(db, group, number)
    if poll is not None:
        return db.get(PollSeriesRow, poll.series_id) if poll.series_id else None
    return db.scalar(select(PollSeriesRow).filter_by(group_id=group.id, number=number))


SWEEP = Sweep("poll series", store.series_due, store.series_upcoming, settle, after_intake=False)
