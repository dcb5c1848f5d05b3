"""What is meant: by its D-number or its name, or because nothing else is open."""

import re
from collections.abc import Callable, Iterator

from bot.refusal import Refused
from bot.routing.feature import Call, Matter

Found = tuple[Matter, int]
NUMBERED = re.compile(r"(?P<sign>[dD]-?)?(?P<number>\d{1,9})(?=[\s:]|$)[\s:]*", re.ASCII)


def read(text: str, exists: Callable[[int], bool], bare: bool = True) -> tuple[int | None, str]:
    """The number that the text begins with, and what follows it.

    `D-12 yes` names 12 whatever follows; `12 yes` only if there is a 12 to speak of, since `2 > 1` may be an answer.
    `bare`: whether a number without its D counts where words follow: in `2 days` it must not.
    """
    match = NUMBERED.match(text)
    if match is None:
        return None, text
    number, rest = int(match["number"]), text[match.end() :]
    if match["sign"] or ((bare or not rest) and exists(number) and not rest.startswith((">", ","))):
        return number, rest
    return None, text


BARE = {"vote", "close", "withdraw"}  # after these a number alone is a D-number; after others it may begin a sentence


def handler_of(verb: str) -> Callable[[Call], None]:
    """The handler of a command that takes a D-number: it finds what is meant, and lets its feature answer."""

    def handle(call: Call) -> None:
        (matter, subject_id), call.text = named(call, verb)
        matter.verbs[verb](call, subject_id)

    return handle


def named(call: Call, verb: str) -> tuple[Found, str]:
    """What the command is about, by its number, by its name, or because nothing else is open; and the rest of the text."""
    number, rest = read(call.text, lambda number: bool(find(call, verb, number)), verb in BARE)
    if number is None:
        return by_name(call, verb) or (the_only_one(call, verb), rest)
    found = find(call, verb, number)
    if found is None:
        raise Refused("no such matter", number=number)
    return found, rest


def by_name(call: Call, verb: str) -> tuple[Found, str] | None:
    for matter in able(call, verb):
        found = matter.named(call, call.text) if matter.named else None
        if found is not None:
            return (matter, found[0]), found[1]
    return None


def find(call: Call, verb: str, number: int) -> Found | None:
    for matter in able(call, verb):
        subject_id = matter.find(call.db, call.group, number)
        if subject_id is not None:
            return matter, subject_id
    return None


def the_only_one(call: Call, verb: str) -> Found:
    numbers = sorted(number for matter in able(call, verb) for number in matter.open_ones(call.db, call.group))
    if not numbers:
        raise Refused("nothing open")
    if len(numbers) > 1:
        raise Refused("which one", numbers=numbers, verb=verb)
    found = find(call, verb, numbers[0])
    if found is None:
        raise Refused("nothing open")
    return found


def able(call: Call, verb: str) -> Iterator[Matter]:
    return (matter for matter in call.matters if verb in matter.verbs)
