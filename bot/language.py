"""A voice: a group's language and time zone, and all that is worded by them."""

import gettext
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import format_datetime, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.units import format_unit

from bot.chat.message import Moment, Span, Text

LOCALE = Path(__file__).parent / "locale"
UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
MINUTE, HOUR, DAY, MONTH = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=30.44)
FAR: tuple[tuple[Literal["minute", "hour", "day", "month"], timedelta, timedelta], ...] = (
    ("minute", MINUTE, 2 * HOUR),
    ("hour", HOUR, 2 * DAY),
    ("day", DAY, 60 * DAY),
    ("month", MONTH, timedelta.max),
)  # a unit, its length, and up to where an instant is told in it
LANGUAGES = {"en": "English", "es": "Español"}


def word_files(language: str) -> list[Path]:
    """A language's .po files, one a feature and one for all else; English has none."""
    return sorted((LOCALE / language / "LC_MESSAGES").glob("*.po"))


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language, read from its .po files, so that there is nothing to compile."""
    whole = gettext.NullTranslations()
    for path in reversed(word_files(language)):
        part = compiled(path, language)
        part.add_fallback(whole)
        whole = part
    return whole


def compiled(path: Path, language: str) -> gettext.NullTranslations:
    made = io.BytesIO()
    with path.open("rb") as file:
        write_mo(made, read_po(file, locale=language))
    made.seek(0)
    return gettext.GNUTranslations(made)


@lru_cache
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache
def zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def zone_in(words: str) -> str | None:
    """The time zone's name in its own spelling: `europe/berlin` and `Europe/Berlin` both name it; None if there is none."""
    return zones().get("_".join(words.split()).casefold())


class Voice:
    """Words, dates, durations and lists as one group has them."""

    def __init__(self, language: str = "en", zone: str = "UTC") -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.zone = zone_named(zone)
        self.catalogue = catalogue(language)

    def _(self, sentence: str, **facts: object) -> str:
        """The sentence in this language, its {facts} filled in."""
        return self.catalogue.gettext(sentence).format(**facts)

    def n_(self, one: str, many: str, n: int, **facts: object) -> str:
        """The form of the sentence that the number asks for; {n} is the number."""
        return self.catalogue.ngettext(one, many, n).format(n=n, **facts)

    def line(self, sentence: str, **facts: Span | str | int) -> tuple[Span, ...]:
        """As `_`, but facts may be mentions and styled text: gives spans."""
        return tuple(filled(self.catalogue.gettext(sentence), facts))

    def listed(self, words: Iterable[str]) -> str:
        """`Anna, Ben and Carla`."""
        return format_list(list(words), locale=self.locale)

    def clock(self, at: datetime) -> str:
        """The time of day in the group's zone, to the second, with the zone's name."""
        local = at.astimezone(self.zone)
        return f"{format_time(local, 'HH:mm:ss', locale=self.locale)} {local.tzname()}"

    def date(self, at: datetime) -> str:
        """`3 Mar 2027`: the day on which it is, or was, in the group's zone."""
        return format_datetime(at.astimezone(self.zone), "d MMM y", locale=self.locale)

    def day(self, at: datetime) -> str:
        """`Wed, 3 Mar`: a day that is near."""
        return format_skeleton("MMMEd", at.astimezone(self.zone), locale=self.locale)

    def minute(self, at: datetime) -> str:
        return format_time(at.astimezone(self.zone), "HH:mm", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """Date and time in the group's zone, with the zone's name."""
        local = at.astimezone(self.zone)
        return f"{format_datetime(local, 'd MMM y HH:mm', locale=self.locale)} {local.tzname()}"

    def moment_span(self, at: datetime) -> Moment:
        return Moment(self.moment(at), at)

    def ahead(self, length: timedelta) -> str:
        """`in 3 days`: how far off something is, to the nearest unit; what is past is told as close ahead."""
        unit, size, _ = next(each for each in FAR if length < each[2])
        whole = max(round(length / size), 1)
        return format_timedelta(whole * size, granularity=unit, threshold=10**9, add_direction=True, locale=self.locale)

    def count(self, n: int, unit: Literal["year", "month", "week", "day"]) -> str:
        """`2 weeks`."""
        return format_unit(n, f"duration-{unit}", locale=self.locale)

    def duration(self, length: timedelta) -> str:
        """`30 seconds`, `90 minutes`, `2 days`: in the largest unit that says it exactly, to the second."""
        seconds = round(length.total_seconds())
        unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0 or size == 1)
        return format_unit(seconds // size, f"duration-{unit}", locale=self.locale)


def filled(sentence: str, facts: dict[str, Span | str | int]) -> Iterable[Span]:
    for literal, name, _, _ in Formatter().parse(sentence):
        if literal:
            yield Text(literal)
        if name is not None:
            fact = facts[name]
            yield Text(str(fact)) if isinstance(fact, (str, int)) else fact
