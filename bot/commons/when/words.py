"""The words that people have for time, in their language, turned into the few words that the readers know."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

from bot.refusal import Refused
from bot.tidy import isolated, tidy

Width = Literal["wide", "abbreviated"]
WIDTHS: tuple[Width, ...] = ("wide", "abbreviated")
LIMIT = 64  # characters of a time
SHOWN = 40  # of them in a refusal
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
DROPPED = "-"  # what a word becomes that says nothing

ENGLISH = {
    "second": "second seconds sec secs s",
    "minute": "minute minutes min mins m",
    "hour": "hour hours hr hrs h",
    "day": "day days d",
    "week": "week weeks w",
    "month": "month months",
    "year": "year years y",
    "tuesday": "tues",
    "thursday": "thur thurs",
    "september": "sept",
    "today": "today",
    "tomorrow": "tomorrow",
    "yesterday": "yesterday",
    "noon": "noon midday",
    "in": "in",
    "at": "at t @",
    "am": "am",
    "pm": "pm",
    "next": "next",
    "and": "and",
    "every": "every each",
    "weekday": "weekday weekdays workday",
    "other": "other second",
    "last": "last",
    "daily": "daily",
    "weekly": "weekly",
    "monthly": "monthly",
    DROPPED: "the of on this st nd rd th",
}
SPANISH = {
    "second": "segundo segundos seg",
    "minute": "minuto minutos",
    "hour": "hora horas",
    "day": "dia dias",
    "week": "semana semanas",
    "month": "mes meses",
    "year": "ano anos",
    "september": "sep set",
    "today": "hoy",
    "tomorrow": "manana",
    "yesterday": "ayer",
    "noon": "mediodia",
    "in": "en",
    "at": "las",
    "next": "proximo proxima",
    "and": "y",
    "every": "cada",
    "weekday": "laborable laborables",
    "last": "ultimo",
    "daily": "diario diariamente",
    "weekly": "semanal semanalmente",
    "monthly": "mensual mensualmente",
    DROPPED: "el la los de del este esta º",
}
ENGLISH_PHRASES = {
    "a.m.": "am",
    "p.m.": "pm",
    "day after tomorrow": "overmorrow",
    "in the morning": "am",
    "in the afternoon": "pm",
    "in the evening": "pm",
    "o'clock": "hour",
    "half an hour": "30 minute",
    "half a day": "12 hour",
    "half a year": "6 month",
    "a fortnight": "2 week",
}
SPANISH_PHRASES = {
    "pasado manana": "overmorrow",
    "de la manana": "am",
    "de la tarde": "pm",
    "de la noche": "pm",
    "a las": "at",
    "a la": "at",
    "dentro de": "in",
    "medio dia": "noon",
    "media hora": "30 minute",
    "medio ano": "6 month",
    "que viene": "next",
    "todos los": "every",
    "todas las": "every",
    "dia laborable": "weekday",
    "dias laborables": "weekday",
}
NUMBERS = {
    "en": "a=1 an=1 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 first=1",
    "es": "un=1 una=1 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 primero=1",
}
TABLES = {"en": (ENGLISH, ENGLISH_PHRASES), "es": (SPANISH, SPANISH_PHRASES)}


@dataclass(frozen=True)
class Lexicon:
    """A language's words for time beside the English ones; all plain: small letters without accents."""

    words: Mapping[str, str]
    phrases: Mapping[str, str]
    phrase: re.Pattern[str]


@lru_cache
def lexicon(language: str) -> Lexicon:
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for each in dict.fromkeys(["en", language if language in TABLES else "en"]):
        words |= dict(names(each)) | dict(spellings(each))
        phrases |= TABLES[each][1]
    longest_first = sorted(map(re.escape, phrases), key=len, reverse=True)
    return Lexicon(words, phrases, re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)"))


def spellings(language: str) -> Iterator[tuple[str, str]]:
    for meaning, spelled in TABLES[language][0].items():
        yield from ((word, meaning) for word in spelled.split() if (word, meaning) != ("second", "other"))
    yield from ((word, number) for word, _, number in (pair.partition("=") for pair in NUMBERS[language].split()))


def names(language: str) -> Iterator[tuple[str, str]]:
    """Of days and months, long and short; where a day's and a month's are one, it is the month's."""
    for width in WIDTHS:
        for number, name in get_day_names(width, locale=language).items():
            yield from ((plain(name).rstrip("."), DAYS[number]), (plain(name).rstrip(".") + "s", DAYS[number]))
    for width in WIDTHS:
        yield from (
            (plain(name).rstrip("."), MONTHS[number - 1]) for number, name in get_month_names(width, locale=language).items()
        )


def plain(words: str) -> str:
    """Small letters without accents."""
    split = unicodedata.normalize("NFD", words.casefold().replace("’", "'"))
    return "".join(letter for letter in split if unicodedata.category(letter) != "Mn")


def tokens(words: str, language: str) -> list[str]:
    """`Viernes a las 18h` -> friday, at, 18, hour. What is not known stays as it is; nothing if it is too long."""
    if len(words) > LIMIT:
        return []
    known = lexicon(language)
    text = known.phrase.sub(lambda found: known.phrases[found[0]], plain(words).replace(",", " "))
    parts = re.sub(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])", " ", text).split()
    meant = (known.words.get(part.rstrip("."), part) if part[0].isalpha() or part in known.words else part for part in parts)
    return [part for part in meant if part != DROPPED]


def unreadable(why: str, words: str) -> Refused:
    """The refusal of something that does not read, with what was typed."""
    return Refused(why, words=isolated(tidy(words, SHOWN)) or "…")
