"""What is personal in pieces: whatever is erased, the rest still holds, and nothing of it can be guessed."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.commons import sealing
from bot.commons.canonical import canonical

SECRET = b"\x07" * 32
labels = st.sampled_from([f"tg:{n}" for n in range(4)])
keys = st.text("abcdefgh_", min_size=1, max_size=6)
values = st.none() | labels | st.integers() | st.text(max_size=6)
personals = st.dictionaries(
    keys, values | st.lists(values, min_size=1, max_size=4) | st.dictionaries(labels, values, min_size=1, max_size=3), max_size=5
)


@given(personals)
def test_what_is_taken_apart_is_put_together_again(personal: dict[str, Any]) -> None:
    assert sealing.put_together(canonical(sealing.pieces_of(personal, SECRET))) == personal


@given(personals, st.sets(labels))
def test_any_of_it_can_be_erased(personal: dict[str, Any], gone: set[str]) -> None:
    pieces = sealing.pieces_of(personal, SECRET)
    left = sealing.without(pieces, lambda value: any(label in str(value) for label in gone))
    assert sealing.root(left) == sealing.root(pieces)
    assert not any(label in canonical(left) for label in gone)
    assert sealing.without(left, lambda value: False) == left


@given(personals.filter(bool), st.data())
def test_any_change_shows(personal: dict[str, Any], data: st.DataObject) -> None:
    pieces = sealing.pieces_of(personal, SECRET)
    changed = json.loads(canonical(pieces))
    piece = data.draw(st.sampled_from(changed))
    place = data.draw(st.integers(0, 2))
    piece[place] = f"{piece[place]}x"
    assert sealing.root(changed) != sealing.root(pieces)


def test_equal_values_have_salts_of_their_own() -> None:
    """Else who knows one of them could tell the others."""
    pieces = sealing.pieces_of({"by": "tg:1", "among": ["tg:1", "tg:1"]}, SECRET)
    assert len({piece[1] for piece in pieces}) == len({sealing.seal(piece) for piece in pieces}) == 3
    assert SECRET.hex()[: sealing.SALT] not in canonical(pieces)
