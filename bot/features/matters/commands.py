"""One handler for each shared command: it finds what is meant, and lets the feature that it belongs to answer."""

from collections.abc import Callable, Iterator

from bot.features.matters import rules
from bot.refusal import Refused
from bot.routing.feature import Call, Matter

Found = tuple[Matter, int]


def handler_of(verb: str) -> Callable[[Call], None]:
    def handle(call: Call) -> None:
        (matter, subject_id), call.text = named(call, verb)
        matter.verbs[verb](call, subject_id)

    return handle


def named(call: Call, verb: str) -> tuple[Found, str]:
    """What the command is about, by its number or because nothing else is open; and the rest of the text."""
    number, rest = rules.read(call.text, lambda number: bool(find(call, verb, number)))
    if number is None:
        return the_only_one(call, verb), rest
    found = find(call, verb, number)
    if found is None:
        raise Refused("no such matter", number=number)
    return found, rest


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
