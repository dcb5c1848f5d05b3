"""The words of the templates, and of their list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.chat.action import action
from bot.chat.message import Button, Message, Text, bullet, message, paragraph
from bot.commons.texts import facilitator, span
from bot.features.roles.texts import bold
from bot.language import Voice
from bot.routing.feature import Wording

TAP = "role.template"


@dataclass(frozen=True, slots=True)
class Template:
    """A role as a group's language has it."""

    name: str
    purpose: str
    sunset: str


WORDS: dict[str, Callable[[Voice], Template]] = {
    "facilitator": lambda v: Template(
        facilitator(v),
        v._("holding our meetings, so that everybody is heard and we end on time"),
        v._(
            "Whoever follows leads one meeting together with whoever leaves. If three meetings in a row go well without one, the role ends."
        ),
    ),
    "notes": lambda v: Template(
        v._("note-taker"),
        v._("writing down what we decide, and keeping it where all of us find it"),
        v._(
            "The notes stay where all of us can read and write. If nobody has read them for three months, we ask whether we need them."
        ),
    ),
    "treasurer": lambda v: Template(
        v._("treasurer"),
        v._("keeping our money and its accounts, open to all of us"),
        v._(
            "Two people have access at any time. At the end the auditor checks the accounts, access is handed over, and the old access is closed."
        ),
    ),
    "auditor": lambda v: Template(
        v._("auditor"),
        v._("checking the accounts twice a year and telling us what they say"),
        v._("It is held by nobody who keeps the money. It ends with the treasurer's role, and its papers go to all of us."),
    ),
    "timekeeper": lambda v: Template(
        v._("timekeeper"),
        v._("watching the time in meetings, so that all of us get a share of it"),
        v._("Nothing is to be handed over. Once we keep time by ourselves, the role ends."),
    ),
    "mediator": lambda v: Template(
        v._("mediator"),
        v._("hearing both sides of a conflict and helping them to speak with each other"),
        v._("What was said in confidence is not passed on. What is under way is finished, or handed over if both sides consent."),
    ),
    "care": lambda v: Template(
        v._("care"),
        v._("looking after how we are: who is missing, who is new, who carries too much"),
        v._(
            "What people confided stays with them. Every three months we ask what this work was, and whether more of us should share it."
        ),
    ),
    "delegate": lambda v: Template(
        v._("delegate"),
        v._("speaking for us elsewhere on one question, as we have instructed"),
        v._("It ends with the report: what was asked, what was answered, what is open. Another question is another mandate."),
    ),
    "moderator": lambda v: Template(
        v._("bot moderator"),
        v._("helping with this bot: its settings, its words, and whoever has not found it yet"),
        v._("It has no power over the bot that others lack. If we stop using it, the record is exported for all of us first."),
    ),
}
EMOJI = {
    "facilitator": "🧭",
    "notes": "📝",
    "treasurer": "🪙",
    "timekeeper": "⏳",
    "mediator": "🤝",
    "care": "💚",
    "delegate": "📣",
    "moderator": "🤖",
}


def with_auditor(v: Voice) -> str:
    return v._("treasurer with auditor")


def title(v: Voice, code: str) -> str:
    return with_auditor(v) if code == "treasurer" else WORDS[code](v).name


def templates(v: Voice, terms: Sequence[tuple[str, str]], prefix: str) -> Message:
    """`terms`: of each template its code and its term."""
    lines = [bullet(Text(title(v, code), "bold"), f": {WORDS[code](v).purpose} ({span(v, term)})") for code, term in terms]
    how = v._(
        "Choose one, and it is there at once; what does not fit can be changed. In words: {prefix}role template care", prefix=prefix
    )
    buttons = [Button(title(v, code), EMOJI[code], action(TAP, code)) for code, _ in terms]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    return message(bold(v._("🧰 Roles to start from")), *lines, paragraph(how)).with_rows(*rows)


def chosen(v: Voice, names: Sequence[str], at_once: bool) -> str:
    if at_once:
        return v._("Made: {names}.", names=v.listed(names))
    return v._("The group is asked about it: {names}.", names=v.listed(names))


REFUSALS: dict[str, Wording] = {
    "no such template": lambda v, **f: v._(
        "I have no such template. {prefix}role templates lists those that there are.", prefix=f["prefix"]
    ),
    "template in use": lambda v, **f: v._(
        "You have this role already: {names}. {prefix}help role says how to change it.",
        names=v.listed(f["names"]),
        prefix=f["prefix"],
    ),
}
