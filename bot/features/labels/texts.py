"""What is said about labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.message import Block, Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_label(v: Voice) -> Manual:
    return Manual(
        usage=v._("[<category>: <label>]"),
        summary=v._("say something of yourself for balanced draws, or erase it"),
        more=v._(
            "Labels are yours alone: you choose them, nobody has to have any, and nobody else can set them. Example: label site: North, "
            "or in our private chat, where nobody reads along. label site: - erases it, label none erases all, and label shows yours in private. "
            "They are used by draws that are balanced by them (draw council 4 balance by site), whose announcement says so; such a draw's "
            "pool document, which the group can read, says who has which of these labels. Without a label your chance is the same."
        ),
    )


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's labels in one group."""

    group: str
    labels: Sequence[tuple[str, str]]


def noted(v: Voice, name: str, put: Sequence[str], erased: bool, prefix: str) -> Message:
    """In a room: without the label itself."""
    if put:
        words = v._("Noted, {name}: {categories}.", name=name, categories=v.listed(put))
        return message(words, what_becomes_of_it(v), v._("In our private chat nobody reads along."))
    return message(gone(v, erased, prefix))


def noted_apart(v: Voice, own: Own, put: Sequence[str], erased: bool, prefix: str) -> Message:
    first = v._("Noted.") if put else gone(v, erased, prefix)
    return message(first, *lines(v, own), *([what_becomes_of_it(v)] if put else []))


def what_becomes_of_it(v: Voice) -> str:
    return v._("I show it to nobody, unless a draw is balanced by it: then its pool document tells the group.")


def gone(v: Voice, erased: bool, prefix: str) -> str:
    if erased:
        return v._("Erased. What a draw has sealed already stays in its pool document.")
    return v._("There is no such label of yours, so nothing is erased. {prefix}label shows yours.", prefix=prefix)


def lines(v: Voice, own: Own) -> list[Block]:
    heading = paragraph(Text(v._("Your labels in {group}", group=own.group), "bold"))
    if not own.labels:
        return [heading, paragraph(v._("None; your chance in a balanced draw is the same."))]
    return [heading, *(bullet(v._("{category}: {value}", category=category, value=value)) for category, value in own.labels)]


def listed(v: Voice, groups: Sequence[Own], prefix: str) -> Message:
    if not groups:
        return message(v._("You are on no group's roll yet. Say {prefix}join in your group's room first.", prefix=prefix))
    how = v._("{prefix}label site: North adds one, {prefix}label site: - erases it.", prefix=prefix)
    if len(groups) > 1:
        how = v._("{prefix}label 1 site: North adds one in the first group, {prefix}label 1 site: - erases it.", prefix=prefix)
    return message(*(block for own in groups for block in lines(v, own)), how)


def shown_apart(v: Voice, name: str, told: bool, prefix: str) -> Message:
    if told:
        return message(v._("{name}, your labels stand in our private chat.", name=name))
    return message(
        v._("{name}, I show labels in private only. Write to me there: {prefix}label", name=name, prefix=prefix),
    )


REFUSALS: dict[str, Wording] = {
    "label unreadable": lambda v, prefix, **f: v._(
        "I cannot read a label in this. Say a category, a colon and your label: {prefix}label site: North", prefix=prefix
    ),
    "label category": lambda v, prefix, limit, **f: v._(
        "A category is one word of at most {limit} letters and digits that begins with a letter, such as site or age-group: {prefix}label age-group: 30-44",
        prefix=prefix,
        limit=limit,
    ),
    "label category taken": lambda v, prefix, word, **f: v._(
        "“{word}” means something else to me, so a category needs another word, such as site: {prefix}label site: North",
        prefix=prefix,
        word=word,
    ),
    "label length": lambda v, prefix, limit, **f: v._(
        "A label has from 1 to {limit} characters. Say it shorter: {prefix}label site: North", prefix=prefix, limit=limit
    ),
    "label characters": lambda v, prefix, **f: v._(
        "A label begins with a letter or a digit and has letters, digits, spaces and - _ . ' / + & only, so that every file can carry it. Say it with these: {prefix}label site: North",
        prefix=prefix,
    ),
    "too many labels": lambda v, prefix, most, **f: v._(
        "You can have {most} labels. Erase one first: {prefix}label site: -", prefix=prefix, most=most
    ),
    "labels from the roll": lambda v, prefix, **f: v._("Labels are for those on the roll. Say {prefix}join first.", prefix=prefix),
    "label of which group": lambda v, prefix, groups, **f: v._(
        "You are in several groups: {groups}. Say the number of the group first: {prefix}label 1 site: North",
        prefix=prefix,
        groups=v.listed(f"{n}. {group}" for n, group in enumerate(groups, 1)),
    ),
}
