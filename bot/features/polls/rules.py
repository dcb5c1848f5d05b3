"""What `/poll` asks for, and what a poll may be. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.commons.secrecy import LEAST_BALLOTS, LEAST_ELECTORS
from bot.commons.when.clauses import read_clauses
from bot.commons.when.kinds import Clause, flag, number, one_of
from bot.commons.when.words import plain
from bot.features.polls.methods.method import METHODS
from bot.refusal import Refused
from bot.tidy import folded, tidy

Visibility = str  # named | roll | secret

QUESTION_LIMIT, OPTION_LIMIT = 500, 100  # characters
MOST_OPTIONS, MOST_POINTS, POINTS = 30, 100, 10
MOST_EXTENSIONS = 2
LIMITED = frozenset({"several", "sign-up", "dots"})

SPANISH = {
    **dict.fromkeys(("unica", "simple", "una"), "single"),
    **dict.fromkeys(("varias", "multiple", "aprobacion"), "several"),
    **dict.fromkeys(("puntuacion", "estrellas"), "score"),
    **dict.fromkeys(("orden", "por orden", "preferencias"), "ranked"),
    **dict.fromkeys(("puntos", "reparto"), "dots"),
    **dict.fromkeys(("fechas", "fecha"), "time"),
    **dict.fromkeys(("inscripcion", "apuntarse", "lista"), "sign-up"),
}
ALIASES = {alias: method.name for alias, method in METHODS.items()} | {"dates": "time", "sign up": "sign-up"} | SPANISH
BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+(?P<text>.*)")
ORDER = re.compile(r"(?P<verb>again|stop|otra vez|parar)\s+[dD]-?(?P<number>\d{1,9})", re.IGNORECASE | re.ASCII)
ORDERS = {"otra vez": "again", "parar": "stop"}
VISIBLE = {"secret": "secret", "named": "named", "roll only": "roll"}
SPELLED = {
    "secret": ("secret", "secreta", "secreto"),
    "named": ("named", "con nombres", "nominal"),
    "roll only": ("roll only", "solo participantes"),
}
TIMES = ("until", "for", "quorum", "every")
KNOWN: tuple[str | Clause, ...] = (
    *TIMES,
    one_of("method", ("method", "metodo"), ALIASES),
    number("max", ("max", "at most", "maximo", "como mucho"), MOST_OPTIONS),
    number("points", ("points", "puntos"), MOST_POINTS),
    *(flag(words, spelled) for words, spelled in SPELLED.items()),
    flag("hidden", ("hidden until close", "hidden", "oculta hasta el cierre", "oculto hasta el cierre", "oculta", "oculto")),
    flag("additions", ("open to additions", "abierta a propuestas", "abierto a propuestas")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll as it was asked for; `clauses` (until, for, quorum, every) are read by somebody who knows the time."""

    question: str
    options: tuple[str, ...] = ()
    method: str = ""
    visibility: Visibility = "named"
    hidden: bool = False
    additions: bool = False
    limit: int | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when it is open, and how many ballots a result needs, as typed: `5`, `40%`, or nothing."""

    closes_at: datetime
    quorum: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with a poll of old: `again D-4`, `stop D-4`."""

    verb: str
    number: int


def read_order(text: str) -> Order | None:
    found = ORDER.fullmatch(text.strip())
    verb = " ".join(found["verb"].casefold().split()) if found else ""
    return Order(ORDERS.get(verb, verb), int(found["number"])) if found else None


def read_addition(text: str) -> tuple[int | None, str]:
    """`D-4 The old mill` -> (4, "The old mill"); the number may be left out."""
    found = re.match(r"[dD]-(\d{1,9})(?:[\s:]+|$)", text, re.ASCII)
    return (int(found[1]), text[found.end() :]) if found else (None, text)


def read_request(text: str) -> Asked:
    """The question, then options and settings on lines of their own or after `|`. Refused: what makes no poll."""
    *parts, last = parts_of(text)
    last, clauses = read_clauses(last, KNOWN) if not BULLET.fullmatch(last) else (last, {})
    words: list[str] = []
    for part in [*parts, last]:
        rest, found = ("", {}) if not part else (part, {}) if BULLET.fullmatch(part) or not words else read_clauses(part, KNOWN)
        words += [] if not part or (found and not rest) else [part]
        clauses |= found if not rest else {}
    question, *options = words or [""]
    return checked(asked_of(read_question(question), tuple(map(read_option, options)), clauses))


def asked_of(question: str, options: tuple[str, ...], clauses: Mapping[str, str]) -> Asked:
    points, most = clauses.get("points"), clauses.get("max")
    return Asked(
        question=question,
        options=options,
        method=ALIASES[plain(clauses["method"])] if "method" in clauses else "dots" if points else "",
        visibility=next((visible for words, visible in VISIBLE.items() if words in clauses), "named"),
        hidden="hidden" in clauses,
        additions="additions" in clauses,
        limit=int(points or most or 0) or None,
        clauses={name: words for name, words in clauses.items() if name in TIMES},
    )


def parts_of(text: str) -> list[str]:
    """Lines, and what stands between `|` in them. Refused: nothing between two of these."""
    lines = [line for line in text.splitlines() if line.strip()]
    parts = [part.strip() for line in lines for part in line.strip().strip("|").split("|")]
    if len(parts) > 1 and not all(parts):
        raise Refused("empty option")
    return parts or [""]


def read_question(head: str) -> str:
    question = tidy(head, QUESTION_LIMIT + 1)
    if not question:
        raise Refused("question missing")
    if len(question) > QUESTION_LIMIT:
        raise Refused("question too long", limit=QUESTION_LIMIT)
    return question


def read_option(text: str) -> str:
    bullet = BULLET.fullmatch(text)
    option = tidy(bullet["text"] if bullet else text, OPTION_LIMIT + 1)
    if not option:
        raise Refused("empty option")
    if len(option) > OPTION_LIMIT:
        raise Refused("option too long", limit=OPTION_LIMIT)
    return option


def checked(asked: Asked) -> Asked:
    """With its method settled. Refused: one option, too many, two alike, a limit that fits nothing."""
    if len(asked.options) == 1 and not asked.additions:
        raise Refused("one option")
    check_options(asked.options)
    method = asked.method or ("several" if asked.limit else "single")
    if asked.limit is not None and method not in LIMITED:
        raise Refused("no limit here")
    if asked.limit is not None and not 1 <= asked.limit <= (MOST_POINTS if method == "dots" else MOST_OPTIONS):
        raise Refused("no such limit", most=MOST_POINTS if method == "dots" else MOST_OPTIONS)
    limit = asked.limit or (POINTS if method == "dots" else None)
    return replace(asked, method=method, limit=limit, hidden=asked.hidden or asked.visibility == "secret")


def check_options(options: Sequence[str]) -> None:
    if len(options) > MOST_OPTIONS:
        raise Refused("too many options", most=MOST_OPTIONS)
    first: dict[str, str] = {}
    for option in options:
        if (key := folded(option)) in first:
            raise Refused("twice the same", this=first[key], that=option)
        first[key] = option


def check_electorate(size: int, visibility: Visibility) -> None:
    if size == 0:
        raise Refused("nobody on the roll")
    if visibility == "secret" and size < LEAST_ELECTORS:
        raise Refused("too few for secret", electors=size, least=LEAST_ELECTORS)


def floor(awake: int, quorum: int) -> int:
    """Least number of ballots for a secret result: the quorum, else half of those not resting, never fewer than three."""
    return max(LEAST_BALLOTS, quorum or -(-awake // 2))


def answer_of(outcome: str, winners: Sequence[int]) -> str:
    """What a poll of Yes (1) or No (2) says to whoever had it asked: adopted, blocked or no quorum."""
    if outcome != "counted":
        return "no quorum"
    return "adopted" if tuple(winners) == (1,) else "blocked"
