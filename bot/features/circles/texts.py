"""What is said about circles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.chat.message import Message, Text, bullet, message, paragraph
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told

Kind = Literal["new", "change", "end"]


def help_circle(v: Voice) -> Manual:
    return Manual(
        usage=v._("<name> [people, or end]"),
        summary=v._("show a circle, or say who is in it; with end it ends"),
        more=v._(
            "A circle is a list of people under a name: to draw from (draw cook from kitchen), to ask (propose … among kitchen), "
            "or as a role's pool. Whoever you name is in it, and nobody else. Example: circle kitchen @anna @ben. "
            "A name in quotation marks ends with them."
        ),
    )


def help_circles(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("list the group's circles"))


@dataclass(frozen=True, slots=True)
class Changed:
    """A circle is new, another than before, or over."""

    kind: Kind
    circle: str
    by: str
    people: Sequence[str]


def changed(v: Voice, c: Changed) -> Message:
    heading = {
        "new": lambda: v._("⭕ New circle, by {name}: {circle}", name=c.by, circle=c.circle),
        "change": lambda: v._("⭕ Circle changed by {name}: {circle}", name=c.by, circle=c.circle),
        "end": lambda: v._("⭕ Circle ended by {name}: {circle}", name=c.by, circle=c.circle),
    }[c.kind]()
    words = v._("What is open already goes on with those whom it began with.") if c.kind == "end" else inside(v, c.people)
    return message(paragraph(Text(heading, "bold")), words)


def shown(v: Voice, circle: str, people: Sequence[str]) -> Message:
    return message(paragraph(Text(v._("⭕ Circle: {circle}", circle=circle), "bold")), inside(v, people))


def inside(v: Voice, people: Sequence[str]) -> str:
    if not people:
        return v._("Nobody in it is on the roll at the moment.")
    return v._("In it: {names}.", names=folded_list(v, people))


def listed(v: Voice, circles: Sequence[tuple[str, int]], prefix: str) -> Message:
    if not circles:
        return message(v._("There are no circles yet. {prefix}circle kitchen @anna @ben makes one.", prefix=prefix))
    lines = [bullet(v.n_("{circle}: {n} person", "{circle}: {n} people", n, circle=circle)) for circle, n in circles]
    return message(paragraph(Text(v._("⭕ Circles"), "bold")), *lines)


REFUSALS: dict[str, Wording] = {
    "circle unnamed": lambda v, prefix, **f: v._(
        "Which circle? Say for example: {prefix}circle kitchen @anna @ben. {prefix}circles lists those that there are.",
        prefix=prefix,
    ),
    "circle name too long": lambda v, limit, **f: v._(
        "This name for a circle is too long. Use at most {limit} characters.", limit=limit
    ),
    "no circle": lambda v, name, prefix, **f: v._(
        "There is no circle {name}. To make it, say who is in it: {prefix}circle kitchen @anna @ben.", name=name, prefix=prefix
    ),
    "circle is so": lambda v, name, **f: v._("{name} consists of these people already.", name=name),
    "circle is a role": lambda v, name, **f: v._(
        "{name} is a role here, so a circle needs another name. Its holders can be named like a circle as they are.", name=name
    ),
    "circle not on the roll": lambda v, names, prefix, **f: v._(
        "Only who is on the roll can be in a circle. Please ask first to say {prefix}join: {names}.",
        prefix=prefix,
        names=folded_list(v, names),
    ),
    "circles from the roll": lambda v, prefix, **f: v._(
        "Whoever is on the roll can make, change and end circles. Say {prefix}join first.", prefix=prefix
    ),
    "too many circles": lambda v, most, prefix, **f: v._(
        "A group can have {most} circles. End one first: {prefix}circle kitchen end.", most=most, prefix=prefix
    ),
}


def circle_entry(v: Voice, e: Entry) -> Told:
    said = {
        "new": v._("A new circle: {circle}", circle=e.said("circle")),
        "end": v._("A circle has ended: {circle}", circle=e.said("circle")),
    }
    return Told(said.get(e.facts["kind"]) or v._("Another list of people in a circle: {circle}", circle=e.said("circle")))
