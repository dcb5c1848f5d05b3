"""A tie goes to lots that anyone can check (DESIGN §6): a document of the options, and the secret sealed at the opening. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from bot.commons import lots


@dataclass(frozen=True, slots=True)
class Tie:
    """What stood when a poll closed."""

    number: int
    room: str  # label of the chat
    options: Mapping[int, str]  # those among which lots decide, by place
    tally: Mapping[int, int]  # what each option of the poll received
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Lots:
    """The options in the order drawn, and all that is needed to check it."""

    places: tuple[int, ...]
    document: str
    chance: str
    receipt: str


def draw(tie: Tie, secret: bytes) -> Lots:
    """The secret was sealed before the first vote, and the document holds the tally: nobody knew one and could set the other."""
    document = document_of(tie, secret)
    order = lots.order(document, lots.chance(secret, ()))
    places = tuple(int(label.partition(":")[0]) for label in order)
    return Lots(places, document, lots.chance(secret, ()).hex(), lots.receipt(document, secret, ()))


def document_of(tie: Tie, secret: bytes) -> str:
    labels = tuple(label_of(place, text) for place, text in tie.options.items())
    source, tally = f"hat: {lots.commitment(secret)}", f"tally: {tally_line(tie.tally)}"
    return lots.pool_document(lots.Pool(tie.number, tie.room, "tie of a poll", 1, source, tie.closed_at, labels, (tally,)))


def label_of(place: int, text: str) -> str:
    """`2:The%20library`: ASCII, without a space, and it says which option it is."""
    return f"{place}:{quote(text)}"


def tally_line(tally: Mapping[int, int]) -> str:
    return " ".join(f"{place}={n}" for place, n in sorted(tally.items()))


def order_of(places: Sequence[int], drawn: Sequence[int]) -> list[int]:
    """These options in drawn order."""
    return [place for place in drawn if place in places]
