"""What is said when the same few carry most: to all, of nobody by name."""

from typing import Any

from bot.chat.message import Message, message
from bot.language import Voice


def uneven(v: Voice, total: int, carried: int, prefix: str) -> Message:
    return message(
        v._(
            "⚖️ Of {total} mandates that run now, one or two people carry {carried}. Thank you to everyone who carries something.",
            total=total,
            carried=carried,
        ),
        v._(
            "If you would like to share it more widely: draw lots for a seat when its term ends ({prefix}draw), "
            "or let a role rest for a while ({prefix}propose). Nothing happens by itself.",
            prefix=prefix,
        ),
        v._("I look once a month. {prefix}settings balance off, and I say nothing more of it.", prefix=prefix),
    )


def balance_line(v: Voice, value: Any) -> str:
    if value == "off":
        return v._("balance: off, I do not say when the same few carry most")
    return v._("balance: on, I say once a month, without names, when the same few carry most")
