"""What help says."""

import re
from collections.abc import Sequence

from bot.chat.message import Block, Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_help(v: Voice) -> Manual:
    return Manual(usage=v._("[command]"), summary=v._("show what I can do, or explain one command"))


OPTIONAL = re.compile(r"\[[^\]]*\],?|…")
Section = tuple[str, Sequence[tuple[str, Manual]]]  # a heading and the commands under it
PEOPLE, DECIDING, MEMORY, REST = (
    {"membership", "rest", "circles", "labels"},
    {"consent", "polls", "matters"},
    {"memory", "meetings", "digest"},
    {"calendar", "paper", "links", "moving", "privacy", "setup", "help"},
)


def heading(v: Voice, feature: str) -> str:
    if feature in PEOPLE:
        return v._("Who is in")
    if feature in DECIDING:
        return v._("Deciding")
    if feature in MEMORY:
        return v._("Meetings and memory")
    return v._("This group, and me") if feature in REST else v._("Roles and lots")


def overview(v: Voice, sections: Sequence[Section], prefix: str) -> Message:
    """Short, because they are many: what may be added to a command stands under its own entry."""
    blocks = [paragraph(Text(v._("What you can say to me"), "bold"))]
    for title, manuals in sections:
        blocks += [paragraph(Text(title, "bold")), *(entry_line(prefix, name, manual) for name, manual in manuals)]
    return message(*blocks, v._("{prefix}help draw explains one of them, and what can be added to it.", prefix=prefix))


def entry_line(prefix: str, name: str, manual: Manual) -> Block:
    short = " ".join(f"{prefix}{name} {OPTIONAL.sub('', manual.usage)}".split())
    return bullet(Text(short, "code"), f" {manual.summary}")


def entry(v: Voice, name: str, manual: Manual, prefix: str) -> Message:
    lines = [paragraph(Text(usage(prefix, name, manual), "code"), f" {manual.summary}")]
    return message(*lines, *([manual.more] if manual.more else []))


def usage(prefix: str, name: str, manual: Manual) -> str:
    return f"{prefix}{name} {manual.usage}".rstrip()


REFUSALS: dict[str, Wording] = {
    "no such command": lambda v, **f: v._("I know no command {command}. {prefix}help lists them all.", **f),
}
