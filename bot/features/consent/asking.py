"""Reading what `/propose` asks for: a text and, at its end, options in plain words."""

from datetime import datetime

from bot.commons import circles
from bot.commons.when import Clause, after, flag, read_clauses, read_instant, read_span
from bot.commons.when.kinds import Fit
from bot.features.consent.opening import Asked, default_length
from bot.features.consent.settings import DEPTH, QUORUM
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy

DEPTHS = (flag("full", ("full", "completo")), flag("quick", ("quick", "rapido")))
TIMES = ("until", "for", "quorum", "review")


def read(call: Call) -> Asked:
    """From the text, or from the message that it answers; Refused in words."""
    text, options = read_clauses(call.text, [*TIMES, among(call), *DEPTHS])
    if not text and call.quoted is not None:
        text = call.quoted.text
    return Asked(
        text=text.strip(),
        closes_at=deadline(call, options),
        quorum=options.get("quorum", QUORUM.of(call.group)),
        depth=next((clause.name for clause in DEPTHS if clause.name in options), DEPTH.of(call.group)),
        among=options.get("among", ""),
        review=review(call, options.get("review", "")),
    )


def among(call: Call) -> Clause:
    """Only a circle, or the holders of a role: taken as an option if somebody is in it."""

    def fits(words: str) -> Fit:
        return Fit.READS if words and len(words) <= 64 and circles.members_of(call.db, call.group, words, call.now) else Fit.TEXT

    return Clause("among", ("among", "entre"), fits, prose=True)


def deadline(call: Call, options: dict[str, str]) -> datetime:
    if "until" in options:
        return read_instant(options["until"], call.now, call.voice)
    if "for" in options:
        return after(read_span(options["for"]), call.now, call.voice.zone)
    return call.now + default_length(call.group)


def review(call: Call, words: str) -> str:
    """Kept as it was said, once it is known to read."""
    if not words:
        return ""
    try:
        read_span(words)
    except Refused:
        raise Refused("review not a length", words=isolated(tidy(words, 40))) from None
    return tidy(words, 64)


def more_time(call: Call, closes_at: datetime) -> datetime:
    """`2 days` more, or `until Friday`."""
    words = call.text.strip()
    if words.casefold().startswith(("until ", "hasta ")):
        return read_instant(words.split(None, 1)[1], call.now, call.voice)
    return after(read_span(words), closes_at, call.voice.zone)
