"""Relays are asked in turn; whichever dies, lies or stalls is passed over, and only the round's own signature is taken."""

import pytest

from bot import quicknet
from bot.relays import Relays
from tests.support.relay import relaying
from tests.support.rounds import before, signature_of

ILL = ["lying", "stale", "stalling", "babbling", "broken", "moved", "garbage"]


async def test_a_relay_that_is_well() -> None:
    async with relaying() as relay:
        assert await Relays([f"{relay.url}/"]).fetch(1000) == signature_of(1000)
        assert relay.asked == [1000]


@pytest.mark.parametrize("mood", ILL)
async def test_what_an_ill_relay_says_is_not_taken(mood: str) -> None:
    async with relaying(mood) as relay:
        assert await Relays([relay.url], patience=0.2).fetch(1000) is None


@pytest.mark.parametrize("mood", ILL)
async def test_the_next_relay_is_asked(mood: str) -> None:
    async with relaying(mood) as ill, relaying() as well, relaying() as spare:
        assert await Relays([ill.url, well.url, spare.url], patience=0.2).fetch(1001) == signature_of(1001)
        assert (ill.asked, well.asked, spare.asked) == ([1001], [1001], [])


async def test_a_relay_that_died_is_passed_over() -> None:
    async with relaying() as dead:
        pass
    async with relaying() as well:
        assert await Relays([dead.url, well.url]).fetch(1000) == signature_of(1000)
    assert await Relays([dead.url, well.url]).fetch(1000) is None


async def test_a_round_that_nobody_has_yet() -> None:
    async with relaying() as relay:
        assert await Relays([relay.url]).fetch(9_999_999) is None


@pytest.mark.parametrize("url", ["http://nowhere.invalid", "https://", "nonsense", "http://127.0.0.1:1"])
async def test_an_address_at_which_there_is_nothing(url: str) -> None:
    assert await Relays([url]).fetch(1000) is None


async def test_without_relays_there_is_no_round() -> None:
    assert await Relays([]).fetch(1000) is None


async def test_which_relays_answer() -> None:
    async with relaying() as well, relaying("lying") as lying, relaying("broken") as broken:
        now = before(1000, seconds=-16)
        assert quicknet.appears_at(1001) < now
        assert await Relays([lying.url, well.url, broken.url]).answering(now) == [well.url]
        assert await Relays([well.url]).answering(before(5000)) == []
