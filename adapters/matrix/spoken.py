"""Understanding a line that somebody typed: a command, a number, or neither. Text in, plain values out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.matrix.parsing import Event, branch, person
from bot.chat.refs import PersonRef

COMMAND = re.compile(r"[!/](?P<name>[^\W\d_][\w-]{0,63})(?:@(?P<whom>\S{1,255}))?(?:\s+(?P<rest>.*))?", re.S)
NUMBER = re.compile(r"(?P<mark>[!/]?)(?P<number>[0-9]{1,3})[.)]?")
FALLBACK = re.compile(r"> (?:\* )?<@[^\n]*\n(?:>[^\n]*\n)*\n?")
FULL_ID = re.compile(r"@[^\s:@]{1,200}:[A-Za-z0-9.\-\[\]]{1,200}(?::\d{1,5})?")
SPACE = " \t\r\n\ufeff\u200b\u2060"
MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True)
class Spoken:
    """`command` is lower case and empty if there is none; `number` likewise; `marked` if it began with ! or /."""

    text: str
    command: str = ""
    rest: str = ""
    number: str = ""
    marked: bool = False
    addressed: bool = False
    for_others: bool = False  # a command that names another bot


def understood(text: str, mine: Sequence[str], mentioned: bool) -> Spoken:
    """`mine`: the bot's names. `mentioned`: the sender says that the bot is meant."""
    text = text.strip(SPACE)
    rest = after_name(text, mine if mentioned else mine[:1])
    if rest is None:
        return spoken(text, mine)
    found = spoken(rest, mine, addressed=True)
    if found.command or found.number or not rest:
        return found
    return spoken(f"!{rest}", mine, addressed=True)


def spoken(text: str, mine: Sequence[str], addressed: bool = False) -> Spoken:
    if number := NUMBER.fullmatch(text):
        return Spoken(text, number=str(int(number["number"])), marked=bool(number["mark"]) or addressed, addressed=addressed)
    command = COMMAND.fullmatch(text)
    if command is None:
        return Spoken(text, addressed=addressed)
    whom = (command["whom"] or "").casefold().lstrip("@")
    for_us = whom in {name.casefold().lstrip("@") for name in mine}
    name, rest = command["name"].lower(), (command["rest"] or "").rstrip(SPACE)
    return Spoken(text, name, rest, marked=True, addressed=addressed or for_us, for_others=bool(whom) and not for_us)


def after_name(text: str, names: Sequence[str]) -> str | None:
    """What follows one of the bot's names at the beginning; None if none stands there."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        if text[: len(name)].casefold() == name.casefold():
            rest = text[len(name) :].lstrip(":,")
            if not rest or rest[0] in SPACE:
                return rest.strip(SPACE)
    return None


def without_fallback(body: str) -> str:
    """The words of a reply without the quotation that older clients put before them."""
    return FALLBACK.sub("", body, count=1) if FALLBACK.match(body) else body


def quoted_words(body: str) -> str:
    """The words that such a quotation quotes."""
    found = FALLBACK.match(body)
    lines = [line[2:] for line in found[0].strip().split("\n")] if found else []
    return re.sub(r"^(?:\* )?<@[^>\n]*> ?", "", "\n".join(lines))


def mentioned_people(content: Event) -> list[str]:
    listed = branch(content, "m.mentions").get("user_ids")
    return [user for user in map(person, listed[:MOST_MENTIONS]) if user] if isinstance(listed, list) else []


def mentions(text: str, people: Sequence[str], names: dict[str, str]) -> Iterator[tuple[str, PersonRef]]:
    """What stands in the text -> whom it means: full ids as they are, shown names if the sender's client says who is meant."""
    for user in dict.fromkeys([*people, *FULL_ID.findall(text)[:MOST_MENTIONS]]):
        shown = names.get(user, "")
        found = next((words for words in (user, f"@{shown}", shown) if words.strip("@") and words in text), None)
        if found:
            yield found, PersonRef("matrix", user)
