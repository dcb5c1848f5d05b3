"""What the calendar says."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.message import Attachment, Message, Span, Text, bullet, message
from bot.language import Voice
from bot.routing.feature import Manual
from bot.routing.house import Dated

SHOWN = 5  # dates named in the message, the next ones
FILE = "folkmoot.ics"


def help_calendar(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("give all terms, deadlines and reviews as a file for your calendar"),
        more=v._("Open the file with your calendar. A later one moves what has moved and doubles nothing."),
    )


def calendar(v: Voice, dates: Sequence[Dated], file: bytes | None) -> Message:
    if file is None:
        return message(v._("Nothing has a date at the moment, so there is no file to give."))
    words = v.n_("{n} date, for your calendar:", "{n} dates, for your calendar. These come first:", len(dates))
    said = message(words, *(bullet(*line(v, each)) for each in dates[:SHOWN]))
    return said.with_attachments(Attachment(FILE, "text/calendar", file))


def line(v: Voice, dated: Dated) -> tuple[Span, ...]:
    return (v.moment_span(dated.at), Text(f": {dated.title}"))


def term_ends(v: Voice, holder: str, role: str) -> str:
    return v._("{name}'s term ends: {role}", name=holder, role=role)


def name(v: Voice, room: str) -> str:
    """What a calendar calls the whole."""
    return v._("Folkmoot, {room}", room=room) if room else v._("Folkmoot")


def exactly(v: Voice, at: datetime) -> str:
    return v._("Exactly at {time}.", time=v.moment(at))
