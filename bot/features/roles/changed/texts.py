"""What is said of a change of a role: on its board, to the group that is asked, and in every room once it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, bullet, message, paragraph
from bot.features.roles.texts import COLUMNS, Serving, bold, holders, label, lines, value
from bot.language import Voice
from bot.routing.house import Entry, Told


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What a change is, and what became of it."""

    change_id: int
    number: int
    role: str
    by: str
    kind: str
    before: Mapping[str, Any]
    wanted: Mapping[str, Any]
    usual_term: str
    state: str
    holds_at: datetime
    ended_at: datetime | None
    objector: str
    reason: str
    decision: int | None
    serving: Sequence[Serving]


def differences(v: Voice, f: ChangeFacts) -> list[str]:
    """`term: 2 weeks → 1 month`."""
    return [
        f"{label(v, column)}: {value(v, column, f.before[column], f.usual_term)} → {value(v, column, f.wanted[column], f.usual_term)}"
        for column in COLUMNS
        if column in f.before
    ]


def heading(v: Voice, f: ChangeFacts) -> Block:
    match f.kind:
        case "new":
            words = v._("🧭 D-{number}: {name} makes the role {role}", number=f.number, name=f.by, role=f.role)
        case "end":
            words = v._("🧭 D-{number}: {name} ends the role {role}", number=f.number, name=f.by, role=f.role)
        case _:
            words = v._("🧭 D-{number}: {name} changes the role {role}", number=f.number, name=f.by, role=f.role)
    return bold(words)


def announcement(v: Voice, f: ChangeFacts, prefix: str) -> Message:
    """The board: what is to change, and when it holds."""
    blocks = [heading(v, f), *content(v, f)]
    if f.state != "announced":
        return message(*blocks, fate(v, f))
    when = v.line("It holds from {time} on, unless somebody objects; then the group decides.", time=v.moment_span(f.holds_at))
    back = v._("{name} can take it back: {prefix}withdraw D-{number}", name=f.by, prefix=prefix, number=f.number)
    said = message(*blocks, paragraph(*when), back)
    return said.with_rows((Button(v._("Object"), "✋", action("role.object", f.change_id)),))


def story(v: Voice, f: ChangeFacts) -> list[Block]:
    when = v.line("It holds from {time} on, unless somebody objects; then the group decides.", time=v.moment_span(f.holds_at))
    return [heading(v, f), *content(v, f), paragraph(*when) if f.state == "announced" else paragraph(fate(v, f))]


def content(v: Voice, f: ChangeFacts) -> list[Block]:
    match f.kind:
        case "new":
            return lines(v, f.wanted, f.usual_term)
        case "end":
            return [paragraph(v._("It ends for its holders, too: {names}.", names=holders(v, f.serving)))] if f.serving else []
    blocks = list(map(bullet, differences(v, f)))
    if f.serving and f.state != "held":
        blocks.append(paragraph(v._("Mandates that run keep their end: {names}.", names=holders(v, f.serving))))
    return blocks


def fate(v: Voice, f: ChangeFacts) -> str:
    match f.state:
        case "asked":
            return v._("{objection} The group decides in D-{decision}.", objection=objection(v, f), decision=f.decision).strip()
        case "held" if f.decision:
            return v._("The group has consented in D-{decision}, so it holds.", decision=f.decision)
        case "held":
            return v._("Nobody objected, so it holds since {time}.", time=v.moment(f.ended_at or f.holds_at))
        case "withdrawn":
            return v._("{name} has taken it back.", name=f.by)
        case "dropped" if f.decision:
            return v._("D-{decision} did not carry it, so the role stays as it was.", decision=f.decision)
    return v._("{objection} The group cannot be asked now, so the role stays as it was.", objection=objection(v, f))


def objection(v: Voice, f: ChangeFacts) -> str:
    if not f.objector:
        return ""
    if f.reason:
        return v._("{name} objects: {reason}", name=f.objector, reason=stopped(f.reason))
    return v._("{name} objects.", name=f.objector)


def stopped(words: str) -> str:
    return words if words.endswith((".", "?", "…")) else f"{words}."


def question(v: Voice, f: ChangeFacts) -> str:
    """What the group is asked to consent to."""
    match f.kind:
        case "new":
            first = v._("Make the role {role}.", role=f.role)
        case "end":
            first = v._("End the role {role}, and the mandates in it.", role=f.role)
        case _:
            first = v._("Change the role {role}. Mandates that run keep their end.", role=f.role)
    more = differences(v, f) if f.kind == "change" else [block.text for block in lines(v, f.wanted, f.usual_term)]
    return "\n".join([first, *more, *([objection(v, f)] if f.objector else [])])


def held(v: Voice, f: ChangeFacts, ended: Sequence[Serving], prefix: str, *, asks: bool) -> Message:
    """What every room hears once a change holds."""
    match f.kind:
        case "new":
            blocks = [bold(v._("🧭 New role, by {name}: {role}", name=f.by, role=f.role)), *lines(v, f.wanted, f.usual_term)]
            blocks.append(paragraph(v._("{prefix}draw {role} fills it by lot.", prefix=prefix, role=f.role)))
        case "end":
            blocks = [bold(v._("🧭 The role {role} has ended (D-{number})", number=f.number, role=f.role))]
            blocks += [paragraph(freed(v, each)) for each in ended]
        case _:
            blocks = [bold(v._("🧭 The role {role} is changed (D-{number})", number=f.number, role=f.role))]
            blocks += map(bullet, differences(v, f))
    return message(*blocks, *([script_wanted(v, f, prefix)] if asks else []))


def freed(v: Voice, ended: Serving) -> str:
    return v._(
        "The role ended mid-term: the mandate of {name}, which would have run until {date}, is over. Thank you, {name}.",
        name=ended.name,
        date=v.date(ended.until),
    )


def script_wanted(v: Voice, f: ChangeFacts, prefix: str) -> str:
    return v._(
        "🌇 {name}, how can this role be dismantled, reconfigured or passed on? Reply to this message with its sunset script; "
        "anyone else says {prefix}sunset {role} <words>.",
        name=f.by,
        role=f.role,
        prefix=prefix,
    )


def objected(v: Voice, decision: int | None) -> str:
    if decision is None:
        return v._("You object, so the role stays as it was.")
    return v._(
        "You object, so the group decides in D-{decision}. Object there, too, and say what would go wrong.", decision=decision
    )


def taken_back(v: Voice, number: int) -> Message:
    return message(v._("D-{number} is taken back; the role stays as it was.", number=number))


def holds(v: Voice, number: int, role: str) -> str:
    """What a calendar says of it."""
    return v._("D-{number} holds: {role}", number=number, role=role)


def role_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["change"], "role": e.said("role")}
    said = {
        "new": v._("{number}: a new role, {role}", **facts),
        "end": v._("{number}: a role has ended, {role}", **facts),
    }
    return Told(said.get(e.facts["kind"]) or v._("{number}: a role is changed, {role}", **facts), "decided")


def in_lists(v: Voice, role: str) -> str:
    return v._("a role changes unless somebody objects, {role}", role=role)
