"""What is said to those who are asked to serve, and of seats that nobody takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Block, Button, Mention, Message, Span, Text, bullet, message, paragraph
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.house import Entry, Told


def answer_buttons(v: Voice, draw_id: int) -> tuple[Button, ...]:
    return (
        Button(v._("Accept"), "✅", action("lots.accept", draw_id)),
        Button(v._("Decline"), "❌", action("lots.decline", draw_id)),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """One ticket in drawn order, as the result tells it."""

    mention: Mention
    answer: str
    answer_by: datetime | None = None


def seat_line(v: Voice, one: Drawn) -> tuple[Span, ...]:
    sentences = {
        "offered": v.line("{name}: will you serve?", name=one.mention),
        "accepted": v.line("{name} accepted.", name=one.mention.name),
        "declined": v.line("{name} declined.", name=one.mention.name),
        "left": v.line("{name} has left.", name=one.mention.name),
        "silent": v.line("{name} did not answer in time, so the seat passed on.", name=one.mention.name),
        "replaced": v.line("{name} is asked no longer: a later draw has taken the place of this one.", name=one.mention.name),
        "passed": v.line("{name} passed it on.", name=one.mention.name),
    }
    return sentences[one.answer]


def answer_by(v: Voice, asked: Sequence[Drawn]) -> list[Block]:
    """Until when those who are asked now have time."""
    times = [one.answer_by for one in asked if one.answer == "offered" and one.answer_by]
    if not times:
        return []
    time = v.moment_span(min(times))
    return [paragraph(*v.line("Please answer by {time}; after that the next in order is asked.", time=time))]


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What a seat that passes on tells."""

    draw_id: int
    number: int
    role: str
    one: Drawn
    serves_until: datetime | None  # the end of the term whose rest it is
    silent: str  # who did not answer in time, if that is why it passes on
    balanced: bool = False


def offer(v: Voice, f: OfferFacts) -> Message:
    heading = paragraph(Text(v._("D-{number}: the seat passes on", number=f.number), "bold"))
    if f.one.answer != "offered":
        return message(heading, bullet(*seat_line(v, f.one)))
    why = [v._("No answer came from {name} in time. That is all right.", name=f.silent)] if f.silent else []
    said = message(heading, *why, paragraph(*will_you(v, f)), *answer_by(v, [f.one]))
    return said.with_rows(answer_buttons(v, f.draw_id))


def will_you(v: Voice, f: OfferFacts) -> tuple[Span, ...]:
    if f.balanced:
        return will_you_by_quota(v, f)
    if f.serves_until is None:
        return v.line("{name}, you are next in the published order for {role}. Will you serve?", name=f.one.mention, role=f.role)
    return v.line(
        "{name}, you are next in the published order for {role}. Will you serve for the rest of the term, until {date}?",
        name=f.one.mention,
        role=f.role,
        date=v.date(f.serves_until),
    )


def will_you_by_quota(v: Voice, f: OfferFacts) -> tuple[Span, ...]:
    if f.serves_until is None:
        return v.line("{name}, by order and quotas you are next for {role}. Will you serve?", name=f.one.mention, role=f.role)
    return v.line(
        "{name}, by order and quotas you are next for {role}. Will you serve for the rest of the term, until {date}?",
        name=f.one.mention,
        role=f.role,
        date=v.date(f.serves_until),
    )


def rest_over(v: Voice, number: int, role: str, prefix: str) -> Message:
    return message(
        v._(
            "D-{number}: the term of this seat is over by now, so nobody else is asked. {prefix}draw {role} fills it for a new one.",
            number=number,
            role=role,
            prefix=prefix,
        )
    )


def vacancy(v: Voice, number: int, role: str, prefix: str) -> Message:
    return message(
        v._(
            "D-{number}: nobody is left in the order who can be asked now, so the seat for {role} stays empty. Put more names in with {prefix}join, then {prefix}draw again.",
            number=number,
            role=role,
            prefix=prefix,
        )
    )


def draw_entry(v: Voice, e: Entry) -> Told:
    first = [e.name_of(label) for label in e.personal.get("order", ())[: e.facts["seats"]]]
    facts = {"number": e.facts["draw"], "role": e.said("role")}
    if not first:
        return Told(v._("{number}: lots were drawn, {role}", **facts), "serving")
    return Told(v._("{number}: lots were drawn, {role}. First in order: {names}", names=folded_list(v, first), **facts), "serving")


def accepted_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number}: {name} accepted", number=e.facts["draw"], name=e.who()), "serving")


def passed_entry(v: Voice, e: Entry) -> Told:
    """Why it did is told in the room and is in the register; a list need not repeat it."""
    return Told(v._("{number}: a seat passed on", number=e.facts["draw"]), "serving")
