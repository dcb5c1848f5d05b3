"""What roles say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.message import Block, Message, Text, bullet, message, paragraph
from bot.commons.texts import folded_list, span
from bot.language import Voice
from bot.routing.feature import Manual
from bot.tidy import isolated, tidy

COLUMNS = ("purpose", "term", "seats", "pool", "cooling", "most_terms", "notice", "answer_within", "sunset")


def help_role(v: Voice) -> Manual:
    return Manual(
        usage=v._("<role> [term …] [seats …] [pool …] [for <purpose>]"),
        summary=v._("show a role, or say what it is: its purpose, its term, who may be drawn"),
        more=v._(
            "A new role is there at once. A change is announced, and holds after a day unless somebody objects; then the group decides. "
            "Options, in any order: term 2 weeks; seats 2; pool all, another role or a circle; notice 14, 3 and 1 days (before the end); "
            "cooling 1 month (before serving again); most 2 (terms in a row); answer 1 day (when drawn). "
            "Example: role facilitator term 2 weeks for holding our meetings. role facilitator end ends it. role templates shows some to start from."
        ),
    )


def help_sunset(v: Voice) -> Manual:
    return Manual(
        usage=v._("<role> [words]"),
        summary=v._("say how a role can be dismantled, reconfigured or passed on"),
        more=v._("Example: sunset treasurer If nobody asks for the accounts in a year, two people check them and the role ends."),
    )


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody who holds a role."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What a role is."""

    role: str
    is_: Mapping[str, Any]  # its columns
    usual_term: str  # of the group
    serving: Sequence[Serving]
    pending: int | None  # D-number of a change that is under way


def named(name: str) -> str:
    return isolated(tidy(name, 64))


def said(words: str) -> Message:
    return message(words)


def label(v: Voice, column: str) -> str:
    return {
        "purpose": v._("purpose"),
        "term": v._("term"),
        "seats": v._("seats"),
        "pool": v._("drawn from"),
        "cooling": v._("break after serving"),
        "most_terms": v._("most terms in a row"),
        "notice": v._("reminders"),
        "answer_within": v._("time to answer when drawn"),
        "sunset": v._("sunset script"),
    }[column]


def value(v: Voice, column: str, kept: Any, usual_term: str) -> str:
    match column:
        case "purpose" | "sunset":
            return isolated(kept) or v._("not said yet")
        case "term":
            return span(v, kept) if kept else v._("{term}, as the group has it", term=span(v, usual_term))
        case "pool":
            return isolated(kept) or v._("all in the hat")
        case "cooling" | "answer_within":
            return span(v, kept) if kept else v._("none")
        case "notice":
            return reminders(v, kept)
    return str(kept)


def reminders(v: Voice, days: Sequence[int]) -> str:
    if not days:
        return v._("none")
    listed = v.listed(map(str, days))
    return v.n_("{days} day before the end", "{days} days before the end", max(days), days=listed)


def lines(v: Voice, is_: Mapping[str, Any], usual_term: str) -> list[Block]:
    """Each option of a role on a line of its own, in their order."""
    return [
        bullet(f"{label(v, column)}: {value(v, column, is_[column], usual_term)}")
        for column in COLUMNS
        if column in is_ and (is_[column] not in ("", []) or column in {"term", "pool"})
    ]


def holders(v: Voice, serving: Sequence[Serving]) -> str:
    return folded_list(v, [v._("{name} until {date}", name=each.name, date=v.date(each.until)) for each in serving])


def shown(v: Voice, f: RoleFacts, prefix: str) -> Message:
    """A role, as /role shows it."""
    blocks = [paragraph(Text(v._("🧭 Role: {role}", role=f.role), "bold")), *lines(v, f.is_, f.usual_term)]
    if f.serving:
        blocks.append(paragraph(v._("Held by {names}.", names=holders(v, f.serving))))
    else:
        blocks.append(paragraph(v._("Nobody holds it now. {prefix}draw {role} fills it by lot.", prefix=prefix, role=f.role)))
    if not f.is_["sunset"]:
        blocks.append(paragraph(no_script(v, f.role, prefix)))
    if f.pending:
        blocks.append(paragraph(v._("A change of it is under way: D-{number}.", number=f.pending)))
    blocks.append(paragraph(v._("{prefix}help role says how to change it.", prefix=prefix)))
    return Message(tuple(blocks))


def no_script(v: Voice, role: str, prefix: str) -> str:
    return v._(
        "It has no sunset script yet: how can it be dismantled, reconfigured or passed on? {prefix}sunset {role} <words> says it.",
        role=role,
        prefix=prefix,
    )


def script(v: Voice, f: RoleFacts, prefix: str) -> Message:
    if not f.is_["sunset"]:
        return message(bold(v._("🌇 Sunset script: {role}", role=f.role)), no_script(v, f.role, prefix))
    return message(bold(v._("🌇 Sunset script: {role}", role=f.role)), isolated(f.is_["sunset"]))


def bold(words: str) -> Block:
    return paragraph(Text(words, "bold"))


def script_noted(v: Voice) -> str:
    return v._("Noted.")


def roles_line(v: Voice, kept: Any) -> str:
    if kept == "consent":
        return v._("roles: made and changed by consent rounds only")
    return v._("roles: new ones at once, changes after a day without objection")


def term_line(v: Voice, kept: Any) -> str:
    return v._("term: {length}, for roles that say nothing else", length=span(v, kept))
