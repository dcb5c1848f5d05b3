"""What is said of those who are left out of a draw, and of seats that are not free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Block, paragraph
from bot.commons.eligibility import Reason
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Wording


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All who are left out for one reason. `people`: the first of them."""

    why: Reason
    people: Sequence[Person]
    n: int


def left_out_lines(v: Voice, left_out: Sequence[LeftOut]) -> list[Block]:
    """Nothing if nobody is."""
    return [paragraph(v._("Left out by rule: {reasons}.", reasons=reasons(v, left_out)))] if left_out else []


def pair_lines(v: Voice, veterans: Sequence[str]) -> list[Block]:
    """Nothing if it is no pair."""
    if not veterans:
        return []
    names = folded_list(v, veterans)
    return [
        paragraph(
            v._(
                "Drawn as a pair: the first in order who has served in this role ({names}), and the first who has not.", names=names
            )
        )
    ]


def reasons(v: Voice, left_out: Sequence[LeftOut]) -> str:
    return "; ".join(reason(v, one) for one in left_out)


def reason(v: Voice, one: LeftOut) -> str:
    people = folded_list(v, [dated(v, person) for person in one.people], one.n)
    return {
        "serves": lambda: v._("serving already: {people}", people=people),
        "recalled": lambda: v._("recalled: {people}", people=people),
        "most terms": lambda: v._("most terms in a row: {people}", people=people),
        "cooling off": lambda: v._("a break after serving: {people}", people=people),
        "new": lambda: v._("not here long enough yet: {people}", people=people),
        "hat": lambda: v._("not in the hat for this role: {people}", people=people),
        "asked": lambda: v._("by whoever called the draw: {people}", people=people),
        "resting": lambda: v._("resting: {people}", people=people),
    }[one.why]()


def dated(v: Voice, person: Person) -> str:
    return v._("{name} (until {date})", name=person.name, date=v.date(person.until)) if person.until else person.name


def too_few(v: Voice, n: int, seats: int, role: str, left_out: Sequence[LeftOut]) -> str:
    return v.n_(
        "For {role} {n} name can be drawn now, so I cannot draw {seats}. Left out by rule: {reasons}. More can join, or you draw later.",
        "For {role} {n} names can be drawn now, so I cannot draw {seats}. Left out by rule: {reasons}. More can join, or you draw later.",
        n,
        role=role,
        seats=seats,
        reasons=reasons(v, left_out),
    )


def not_in_it(v: Voice, why: str, until: datetime | None) -> str:
    words = {
        "serves": v._("You hold this role already, so your name is not in this hat."),
        "recalled": v._("The group ended your last mandate in this role early, so your name is not in this hat."),
        "most terms": v._("You have served as many terms in a row as the role allows, so your name is not in this hat."),
        "cooling off": v._("You take a break after serving in this role, so your name is not in this hat."),
        "new": v._("You have not been on the roll for long enough yet, so your name is not in this hat."),
        "hat": v._("You are not in the hat for this role, so your name is not in this draw."),
        "asked": v._("Whoever called this draw left your name out of it; the announcement says so."),
    }[why]
    return words + " " + v._("That holds until {date}.", date=v.date(until)) if until else words


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    until: datetime


def no_seat_free(v: Voice, role: str, seats: int, holders: Sequence[Holder], prefix: str) -> str:
    serving = folded_list(v, [v._("{name} (until {date})", name=one.name, date=v.date(one.until)) for one in holders])
    return v.n_(
        "Nobody can hold more seats than the role has. {role} has {n} seat, held by {names}. Draw again then, or say {prefix}role {role} seats {more} first.",
        "Nobody can hold more seats than the role has. {role} has {n} seats, held by {names}. Draw again then, or say {prefix}role {role} seats {more} first.",
        seats,
        role=role,
        names=serving,
        prefix=prefix,
        more=len(holders) + 1,
    )


REFUSALS: dict[str, Wording] = {
    "no seat free": lambda v, **f: no_seat_free(v, f["role"], f["seats"], f["holders"], f["prefix"]),
    "too few free": lambda v, **f: v.n_(
        "{role} has {n} free seat of {seats}. Draw for as many, or say {prefix}role {role} seats {more} first.",
        "{role} has {n} free seats of {seats}. Draw for as many, or say {prefix}role {role} seats {more} first.",
        f["free"],
        role=f["role"],
        seats=f["seats"],
        more=f["more"],
        prefix=f["prefix"],
    ),
    "pair is two": lambda v, **f: v._(
        "With a buddy there are two seats: one for somebody who has served, and one for somebody new."
    ),
    "no veteran": lambda v, **f: v._(
        "Nobody who can be drawn now has served as {role} before, so there is no pair. Draw without a buddy this time.",
        role=f["role"],
    ),
    "no novice": lambda v, **f: v._(
        "Everybody who can be drawn now has served as {role} before, so there is nobody new for a pair. Draw without a buddy, or let more people join.",
        role=f["role"],
    ),
    "rest over": lambda v, **f: v._(
        "Thank you. But the term as {role} whose rest this was is over by now; the next draw is for a new one.", role=f["role"]
    ),
    "no such circle": lambda v, **f: v._(
        "There is no role or circle {words} to draw from. Say for example: draw auditor from council.", words=f["words"]
    ),
    "clause empty": lambda v, **f: v._(
        "I cannot read what stands at “{word}”. Say for example: draw auditor from council without @ben with buddy.", word=f["word"]
    ),
    "too few may serve": lambda v, **f: too_few(v, f["fit"], f["seats"], f["role"], f["left_out"]),
    "circle empty": lambda v, **f: v._(
        "Nobody is in {circle} at the moment, and only whoever is can be drawn here. Fill it first.",
        circle=f["circle"],
    ),
    "left out of it": lambda v, **f: not_in_it(v, f["reason"], f["until"]),
}
