"""Dates as an iCalendar file (RFC 5545): deadlines as instants in UTC, terms and reviews as whole days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.commons.canonical import sha256
from bot.features.calendar import texts
from bot.language import Voice
from bot.routing.house import Dated
from bot.tidy import tidy

if TYPE_CHECKING:
    from icalendar import Event

LONGEST = 160  # characters of a title; whatever a calendar could not show is taken out of it


@dataclass(frozen=True, slots=True)
class About:
    """Whose calendar it is, and how it is worded."""

    group_id: int
    created_at: datetime  # of the group
    title: str
    voice: Voice


def written(dates: Sequence[Dated], about: About, now: datetime) -> bytes:
    from icalendar import Calendar, vText  # 6 MB that only who asks for a calendar needs

    whole = Calendar()
    whole.add("prodid", "-//Folkmoot//Calendar//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", vText(texts.name(about.voice, about.title)))
    whole.add("x-wr-timezone", about.voice.zone.key)
    for each in dates:
        whole.add_component(event(each, about, now))
    return bytes(whole.to_ical())


def event(dated: Dated, about: About, now: datetime) -> "Event":
    """Without an end, so that a deadline takes no time and a day is that one day; nobody counts as busy."""
    from icalendar import Event

    made = Event()
    made.add("uid", uid(dated, about))
    made.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", when(dated, about.voice))
    made.add("summary", tidy(dated.title, LONGEST))
    made.add("description", texts.exactly(about.voice, dated.at))
    made.add("transp", "TRANSPARENT")
    return made


def when(dated: Dated, voice: Voice) -> object:
    return dated.at.astimezone(voice.zone).date() if dated.whole_day else dated.at.astimezone(UTC).replace(microsecond=0)


def uid(dated: Dated, about: About) -> str:
    """The same in each file, and another in each group, also of another bot; it tells nothing of either."""
    named = f"{about.group_id} {about.created_at.astimezone(UTC).isoformat()} {dated.key}"
    return f"{sha256(named)[:32]}@folkmoot"
