"""What a role may be: the limits of each option, and how its words are read; pure."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.commons.when import after, read_span
from bot.refusal import Refused
from bot.tidy import isolated, tidy

DAY = timedelta(days=1)
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # whether a length will do does not depend on today
SHORTEST_TERM, LONGEST_TERM = DAY, timedelta(days=731)
SHORTEST_ANSWER, LONGEST_ANSWER = timedelta(hours=1), 30 * DAY
MOST_SEATS, MOST_TERMS = 30, 10
MOST_NOTICES, LONGEST_NOTICE = 5, 365  # reminders, and days before the end
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_SUNSET, LONGEST_REASON = 64, 300, 1_000, 300  # characters
OBJECT_FOR = DAY
NOTHING = frozenset({"none", "no", "never", "0", "ninguno", "ninguna", "nada", "nunca", "sin"})
USUAL = frozenset({"default", "usual", "habitual"})
ALL = frozenset({"all", "everybody", "everyone", "todos", "todas", "all in the hat"})
FILLERS = frozenset({"day", "days", "d", "dia", "dias", "día", "días", "and", "y", "before", "antes"})
DEFAULTS: dict[str, Any] = {
    "purpose": "",
    "term": "",
    "seats": 1,
    "pool": "",
    "cooling": "",
    "most_terms": 2,
    "notice": [14, 3, 1],
    "answer_within": "2 days",
    "sunset": "",
}  # of a role of which nothing was said
COUNT = re.compile(r"([0-9]{1,6})(?: (?:terms?|mandatos?|seats?|puestos?|plazas?))?(?: (?:in a row|seguidos))?", re.IGNORECASE)


def term(words: str, now: datetime) -> str:
    """As it was said; "" for the group's own. Refused: shorter than a day, or longer than two years."""
    if words.casefold() in USUAL:
        return ""
    check_length(words, now, SHORTEST_TERM, LONGEST_TERM, Refused("term length"))
    return tidy(words, LONGEST_NAME)


def cooling(words: str, now: datetime) -> str:
    """As it was said; "" for none."""
    if words.casefold() in NOTHING:
        return ""
    check_length(words, now, timedelta(0), LONGEST_TERM, Refused("cooling length"))
    return tidy(words, LONGEST_NAME)


def answer_within(words: str, now: datetime) -> str:
    check_length(words, now, SHORTEST_ANSWER, LONGEST_ANSWER, Refused("answer length"))
    return tidy(words, LONGEST_NAME)


def check_length(words: str, now: datetime, shortest: timedelta, longest: timedelta, no: Refused) -> None:
    try:
        length = after(read_span(words), now.astimezone(UTC), ZoneInfo("UTC")) - now
    except Refused as unread:
        raise no if unread.why == "too far" else unread from None
    if not shortest <= length <= longest:
        raise no


def seats(words: str) -> int:
    return counted(words, MOST_SEATS, Refused("seats wrong"))


def most_terms(words: str) -> int:
    return counted(words, MOST_TERMS, Refused("most terms wrong"))


def counted(words: str, most: int, no: Refused) -> int:
    found = COUNT.fullmatch(words)
    if found is None or not 1 <= int(found[1]) <= most:
        raise no
    return int(found[1])


def notice(words: str) -> list[int]:
    """`14, 3 and 1 days`, `2 weeks`: days before the end, the longest first; `none` for no reminder."""
    if words.casefold() in NOTHING:
        return []
    parts = [part for part in re.split(r"[\s,;]+", words.casefold()) if part and part not in FILLERS]
    days = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 7]
    found = sorted(set(days), reverse=True) if days and len(days) == len(parts) else [span_in_days(words)]
    if len(found) > MOST_NOTICES or not all(1 <= each <= LONGEST_NOTICE for each in found):
        raise Refused("notice wrong")
    return found


def span_in_days(words: str) -> int:
    try:
        span = read_span(words)
    except Refused:
        raise Refused("notice wrong") from None
    return span.days if span.days and not span.months and not span.seconds else 0


def name(words: str) -> str:
    """One line that can be seen. Refused: nothing, or too much."""
    shown = tidy(words, LONGEST_NAME + 1)
    if not shown:
        raise Refused("role unnamed")
    if len(shown) > LONGEST_NAME:
        raise Refused("role name too long", limit=LONGEST_NAME)
    return shown


def purpose(words: str) -> str:
    return bounded(words, LONGEST_PURPOSE, Refused("purpose too long", limit=LONGEST_PURPOSE))


def sunset(words: str) -> str:
    found = bounded(words, LONGEST_SUNSET, Refused("sunset too long", limit=LONGEST_SUNSET))
    if not found:
        raise Refused("sunset missing")
    return found


def objection(words: str) -> str:
    return bounded(words, LONGEST_REASON, Refused("objection too long", limit=LONGEST_REASON))


def bounded(words: str, limit: int, no: Refused) -> str:
    shown = tidy(words, limit + 1)
    if len(shown) > limit:
        raise no
    return shown


def pool(words: str) -> str:
    """The name of those who may be drawn; "" for all in the hat."""
    return "" if words.casefold() in ALL else name(words)


def shown(words: str) -> str:
    return isolated(tidy(words, 40)) or "…"
