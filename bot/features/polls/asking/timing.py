"""Until when a poll is open, how often it is asked, and what a result needs: what was typed, resolved in the group's zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commons import when
from bot.features.polls import rules
from bot.language import Voice
from bot.refusal import Refused

USUAL = timedelta(days=3)  # how long a poll is open if nothing is said
FAREST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Timed:
    """`schedule`: None if the poll is asked once. `length`: how long each of a series is open; None: until the next."""

    terms: rules.Terms
    schedule: when.Schedule | None = None
    length: timedelta | None = None


def read(clauses: Mapping[str, str], now: datetime, voice: Voice) -> Timed:
    """Refused: what does not read, or contradicts."""
    if len({"until", "for"} & clauses.keys()) == 2 or {"until", "every"} <= clauses.keys():
        raise Refused("two ends")
    quorum = clauses.get("quorum", "")
    if "every" not in clauses:
        return Timed(rules.Terms(ends_at(clauses, now, voice), quorum))
    schedule = when.read_schedule(f"every {clauses['every']}", now, voice)
    length = when.read_length(clauses["for"], FAREST) if "for" in clauses else None
    closes_at = now + length if length else when.next_after(schedule, now, voice.zone)
    return Timed(rules.Terms(closes_at, quorum), schedule, length)


def ends_at(clauses: Mapping[str, str], now: datetime, voice: Voice) -> datetime:
    if "until" in clauses:
        return when.read_instant(clauses["until"], now, voice)
    return later(clauses["for"], now, now, voice) if "for" in clauses else now + USUAL


def later(words: str, since: datetime, now: datetime, voice: Voice) -> datetime:
    """`3 days` from then. Refused: over a year from now."""
    at = when.after(when.read_span(words), since, voice.zone)
    if at > now + FAREST:
        raise Refused("too far")
    return at


def extended(words: str, closes_at: datetime, now: datetime, voice: Voice) -> datetime:
    """`2 days` more than until now, or `until Friday 18:00`. Refused: an end that is not later."""
    bare = re.sub(r"^(?:by|for)\s+", "", words.strip(), flags=re.IGNORECASE)
    until = re.match(r"(?:until|to)\s+", bare, re.IGNORECASE)
    at = when.read_instant(bare[until.end() :], now, voice) if until else later(bare, max(closes_at, now), now, voice)
    if at <= closes_at:
        raise Refused("not later")
    return at


def quorum_of(typed: str, size: int, awake: int) -> int:
    """How many ballots are needed, of a share of those who are not resting; 0 if nothing was said. Refused: more than electors."""
    needed = when.read_quorum(typed).of(awake) if typed else 0
    if needed > size:
        raise Refused("poll quorum too high", electors=size)
    return needed
