"""What help says."""

import re
from collections.abc import Sequence

from bot.chat.message import Block, Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_help(v: Voice) -> Manual:
    return Manual(usage=v._("[command]"), summary=v._("show what I can do, or explain one command"))


OPTIONAL = re.compile(r"\[[^\]]*\],?|…")
Section = tuple[str, Sequence[tuple[str, Manual]]]  # its key, and the commands under it
PEOPLE, LOTS, DECIDING, MEETINGS, GROUP = KEYS = ("people", "lots", "deciding", "meetings", "group")
PLACES = {
    **dict.fromkeys(("membership", "rest", "circles", "labels"), PEOPLE),
    **dict.fromkeys(("consent", "polls", "matters"), DECIDING),
    **dict.fromkeys(("memory", "meetings", "digest"), MEETINGS),
    **dict.fromkeys(("calendar", "paper", "links", "moving", "privacy", "setup", "help"), GROUP),
}


def section_of(feature: str) -> str:
    return PLACES.get(feature, LOTS)


def heading(v: Voice, key: str) -> str:
    return {
        PEOPLE: v._("Who is in"),
        LOTS: v._("Roles and lots"),
        DECIDING: v._("Deciding"),
        MEETINGS: v._("Meetings and memory"),
        GROUP: v._("This group, and me"),
    }[key]


def word(v: Voice, key: str) -> str:
    """What one says after /help for this section."""
    return {
        PEOPLE: v._("people"),
        LOTS: v._("lots"),
        DECIDING: v._("deciding"),
        MEETINGS: v._("meetings"),
        GROUP: v._("group"),
    }[key]


def overview(v: Voice, sections: Sequence[Section], prefix: str) -> Message:
    """Names alone, because they are many, and a room full of people reads along."""
    blocks = [paragraph(Text(v._("What you can say to me"), "bold"))]
    for key, manuals in sections:
        names = ", ".join(f"{prefix}{name}" for name, _ in manuals)
        blocks.append(paragraph(Text(heading(v, key), "bold"), ": ", names))
    words = v.listed([f"{prefix}help {word(v, key)}" for key, _ in sections])
    return message(
        *blocks,
        v._("What each of them does: {words}.", words=words),
        v._("One of them in full, such as {prefix}help draw.", prefix=prefix),
    )


def chapter(v: Voice, section: Section, prefix: str) -> Message:
    """Short lines: what may be added to a command stands under its own entry."""
    key, manuals = section
    lines = [entry_line(prefix, name, manual) for name, manual in manuals]
    foot = v._("{prefix}help {name} explains one of them, and what can be added to it.", prefix=prefix, name=manuals[0][0])
    return message(paragraph(Text(heading(v, key), "bold")), *lines, foot)


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
