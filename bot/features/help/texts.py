"""What help says."""

from collections.abc import Sequence

from bot.chat.message import Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_help(v: Voice) -> Manual:
    return Manual(usage=v._("[command]"), summary=v._("show what I can do, or explain one command"))


def overview(v: Voice, manuals: Sequence[tuple[str, Manual]], prefix: str) -> Message:
    lines = [bullet(Text(usage(prefix, name, manual), "code"), f" {manual.summary}") for name, manual in manuals]
    return message(
        paragraph(Text(v._("What you can say to me"), "bold")),
        *lines,
        v._("{prefix}help draw explains one of them.", prefix=prefix),
    )


def entry(v: Voice, name: str, manual: Manual, prefix: str) -> Message:
    lines = [paragraph(Text(usage(prefix, name, manual), "code"), f" {manual.summary}")]
    return message(*lines, *([manual.more] if manual.more else []))


def usage(prefix: str, name: str, manual: Manual) -> str:
    return f"{prefix}{name} {manual.usage}".rstrip()


REFUSALS: dict[str, Wording] = {
    "no such command": lambda v, **f: v._("I know no command {command}. {prefix}help lists them all.", **f),
}
