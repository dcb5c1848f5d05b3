"""Every bad input through every door: a short friendly answer or silence, and nothing else happens."""

from collections.abc import Iterable

import pytest

from tests.faults.conftest import Busy
from tests.faults.doors import DOORS
from tests.faults.sound import assert_sound, state
from tests.faults.texts import NASTY
from tests.support.moot import Moot


def go_through(bot: Moot, inputs: Iterable[tuple[str, str]]) -> None:
    """Each text through its door; whatever is refused has changed nothing."""
    before = state(bot)
    for door, text in inputs:
        ack = DOORS[door](bot, text)
        after = state(bot)
        assert ack is None or len(ack.text) < 1000, door
        assert not (ack and ack.refused) or after == before, door
        assert not after["dead_letters"], door
        before = after
    assert_sound(bot)


def test_each_text_and_each_door(busy: Busy) -> None:
    texts = list(NASTY.values())
    go_through(busy(), ((door, texts[place % len(texts)]) for place, door in enumerate(DOORS)))


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", NASTY)
def test_each_text_through_every_door(busy: Busy, name: str) -> None:
    go_through(busy(), ((door, NASTY[name]) for door in DOORS))
