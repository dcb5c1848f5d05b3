"""What is said about elections without candidates, besides their own messages and refusals."""

from datetime import timedelta
from typing import Any

from bot.chat.message import Message, Text, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual
from bot.routing.house import Entry, Told


def help_nominate(v: Voice) -> Manual:
    return Manual(
        usage=v._("<role> [for <time>]"),
        summary=v._("choose somebody for a role without candidates: all name somebody, and say why"),
        more=v._(
            "First in private, so that nobody follows anybody; then all names and reasons are shown, and may change. One of those named is "
            "put to the group for consent, and accepts or declines. Example: nominate facilitator for 3 months within 2 days, where 2 days "
            "is the time to name somebody. In the time for changes: nominate D-5 @ben because he listens."
        ),
    )


def length_line(v: Voice, value: Any) -> str:
    return v._("nominations: {length} in private, and as long again for changes", length=v.duration(timedelta(seconds=value)))


def goes_on(v: Voice, number: int, decision: int, name: str, why: str, prefix: str) -> Message:
    """`why`: what became of the round about the person, or of their answer."""
    facts = {"number": number, "decision": decision, "name": name, "prefix": prefix}
    match why:
        case "declined":
            said = v._("{name} declined, so D-{number} goes on.", **facts)
        case "silent":
            said = v._("{name} did not answer in time, so D-{number} goes on.", **facts)
        case "adopted":
            said = v._("{name} cannot be asked any more, so D-{number} goes on.", **facts)
        case _:
            said = v._("D-{decision} brought no agreement on {name}, so D-{number} goes on.", **facts)
    return message(said, v._("Choose another on its message, or end it with {prefix}close D-{number}.", **facts))


def lapsed(v: Voice, number: int, role: str, prefix: str) -> Message:
    facts = {"number": number, "role": role, "prefix": prefix}
    return message(
        v._(
            "D-{number}, the election for {role}, has waited for two weeks, so it has lapsed. {prefix}nominate {role} opens a new one.",
            **facts,
        )
    )


def nobody(v: Voice, number: int) -> Message:
    return message(v._("Nobody was named in D-{number}, so it has ended. It can be opened again.", number=number))


def whom(v: Voice, number: int, role: str, state: str, mine: tuple[str, str] | None) -> Message:
    """In private."""
    blocks = [
        paragraph(Text(v._("🪶 D-{number}: who serves as {role}?", number=number, role=role), "bold")),
        paragraph(v._("Whom would you name, and why? Reply to this, for example: @ben because he listens. You may name yourself.")),
        paragraph(privacy(v, state)),
    ]
    if mine:
        blocks.insert(1, paragraph(v._("So far you name {name}: {reason}", name=mine[0], reason=mine[1])))
    return message(*blocks)


def privacy(v: Voice, state: str) -> str:
    if state == "naming":
        return v._("Nobody in the group sees it before all nominations are shown; then everybody does, with your name.")
    return v._("The nominations are shown already: everybody sees the change at once.")


def noted(v: Voice, number: int, name: str, reason: str, *, shown: bool, prefix: str) -> Message:
    said = v._("Noted in D-{number}: you name {name}: {reason}", number=number, name=name, reason=reason)
    if shown:
        return message(said, v._("All nominations are shown in the group now."))
    more = v._(
        "You can change it until all are shown: reply again, or {prefix}nominate D-{number} <whom> because <why>.",
        prefix=prefix,
        number=number,
    )
    return message(said, more)


def noted_openly(v: Voice, number: int, name: str, reason: str, before: str) -> Message:
    if before:
        return message(v._("Noted in D-{number}: {name}, before {before}.", number=number, name=name, before=before))
    return message(v._("Noted in D-{number}: {name}.", number=number, name=name))


def shown(v: Voice, number: int) -> str:
    return v._("The nominations of D-{number} are shown.", number=number)


def is_put(v: Voice, decision: int) -> str:
    return v._("The group is asked in D-{number}.", number=decision)


def stopped(v: Voice, number: int) -> str:
    return v._("D-{number} has ended without a choice.", number=number)


def ended(v: Voice, number: int) -> Message:
    return message(stopped(v, number))


def withdrawn(v: Voice, number: int, name: str) -> Message:
    return message(v._("{name} has withdrawn D-{number}.", number=number, name=name))


def dated(v: Voice, number: int, role: str, state: str) -> str:
    if state == "naming":
        return v._("D-{number}: nominations for {role} are shown", number=number, role=role)
    return v._("D-{number}: the time for changes ends, {role}", number=number, role=role)


def nominations_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number}: who was named is shown, {role}", number=e.facts["election"], role=e.said("role")), "serving")


def election_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number}: the choice is over, {role}", number=e.facts["election"], role=e.said("role")), "serving")


def in_lists(v: Voice, role: str) -> str:
    return v._("choosing somebody, {role}", role=role)
