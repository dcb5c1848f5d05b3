"""Consent as rules on plain values: what is asked, what a round comes to, when its steps end."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.refusal import Refused

Stance = Literal["consent", "aside", "object"]
Outcome = Literal["adopted", "blocked", "no quorum"]
LONGEST_TEXT, LONGEST_REASON = 6_000, 1_000  # characters
LONGEST_ROUND, SHORTEST_ROUND = timedelta(days=90), timedelta(minutes=1)
MOST_EXTENSIONS = 2
QUICK, FULL = "quick", "full"  # depths
PHASES = ("questions", "reactions", "stances")
PHASE_ENDS = {"questions": 0.25, "reactions": 0.5}  # of the whole time that the round has
NUDGE_AFTER = 0.75  # of the whole time
SPOKEN: dict[str, Stance] = {
    "consent": "consent",
    "agree": "consent",
    "yes": "consent",
    "aside": "aside",
    "stand aside": "aside",
    "abstain": "aside",
    "object": "object",
    "objection": "object",
    "no": "object",
    "consiento": "consent",
    "consentir": "consent",
    "sí": "consent",
    "si": "consent",
    "me abstengo": "aside",
    "objeto": "object",
    "objetar": "object",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that two versions share, or that only one of them has."""

    kind: Literal["kept", "removed", "added"]
    text: str


def check_text(text: str) -> None:
    if not text:
        raise Refused("proposal missing")
    if len(text) > LONGEST_TEXT:
        raise Refused("proposal too long", limit=LONGEST_TEXT)


def check_length(opens_at: datetime, closes_at: datetime) -> None:
    if not SHORTEST_ROUND <= closes_at - opens_at <= LONGEST_ROUND:
        raise Refused("round length", shortest=SHORTEST_ROUND, longest=LONGEST_ROUND)


def read_stance(text: str) -> tuple[Stance, str]:
    """`object too loud` -> ("object", "too loud"). Refused if the first words are no stance."""
    words = text.split()
    for count in (2, 1):
        stance = SPOKEN.get(" ".join(words[:count]).casefold().rstrip(".,:;"))
        if stance and len(words) >= count:
            return stance, " ".join(words[count:])
    raise Refused("no such stance")


def outcome(open_objections: int, counted: int, quorum: int) -> Outcome:
    """One open objection blocks, whatever else was said; then too few stances leave no result."""
    if open_objections:
        return "blocked"
    return "adopted" if counted >= quorum else "no quorum"


def set_aside(others: int, counted: int, objections: int, reason: str) -> bool:
    """Whether the others set an objection aside: a reason, at least half of them heard, and none of them objects."""
    return bool(reason) and not objections and counted > 0 and counted * 2 >= others


def phase_end(phase: str, opens_at: datetime, closes_at: datetime) -> datetime:
    """When a phase ends by itself; the last one ends with the round."""
    return opens_at + (closes_at - opens_at) * PHASE_ENDS.get(phase, 1)


def next_phase(phase: str) -> str:
    return PHASES[min(PHASES.index(phase) + 1, len(PHASES) - 1)]


def nudge_time(opens_at: datetime, closes_at: datetime) -> datetime:
    return opens_at + (closes_at - opens_at) * NUDGE_AFTER


def difference(before: str, after: str) -> Iterator[Piece]:
    """Word by word, what was taken out and what was put in (difflib's Ratcliff-Obershelp matching)."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("kept", " ".join(old[i:j]))
            continue
        if j > i:
            yield Piece("removed", " ".join(old[i:j]))
        if m > k:
            yield Piece("added", " ".join(new[k:m]))


def title_of(text: str, limit: int = 60) -> str:
    """The first line, cut at a word: what lists call the proposal."""
    first = text.strip().splitlines()[0].rstrip() if text.strip() else ""
    if len(first) <= limit:
        return first
    return first[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def folded_away(names: Sequence[str], most: int) -> tuple[list[str], int]:
    """Those to show, and how many more there are."""
    return list(names[:most]), max(0, len(names) - most)
