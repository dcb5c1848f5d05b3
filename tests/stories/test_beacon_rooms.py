"""A draw by the beacon in two rooms of one group: one round, one fingerprint, one order, whoever brings the signature."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.adapter import TryLater
from bot.commons import lots
from bot.verifying.draw import check
from models import DrawRow
from tests.support.beacon import state
from tests.support.linking import MATRIX, in_garden, in_matrix, join
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like
from tests.support.rounds import SIGNATURES, before, signature_of

GARDENERS = ("Mia", "Noa")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """A minute before round 1000 two rooms are one group, which has chosen the beacon; no relay answers."""
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        made.clock.at = before(1000, seconds=7_200)
        enrol(made, "Anna", "Ben")
        for name in GARDENERS:
            in_garden(made, name, "/join")
        join(made)
        made.says("Anna", "/settings chance beacon")
        made.clock.at = before(1000, seconds=60)
        yield made


def order_of(bot: Moot) -> list[str]:
    everybody = ("Anna", "Ben", *GARDENERS)
    names = {bot.person(name, "matrix" if name in GARDENERS else "").label: name for name in everybody}
    return [names[label] for label in lots.order(bot.row(DrawRow).pool_document, lots.beacon_chance(signature_of(1000)))]


def test_one_draw_in_both_rooms_and_either_may_bring_the_signature(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator")
    bot.settle()
    print_of = lots.fingerprint(bot.row(DrawRow).pool_document)
    for board in (bot.seen("🎩").text, in_matrix(bot, "🎩")):
        assert "Chance: round 1000 of the public beacon" in board
        assert print_of in board
    bot.later(seconds=61)
    assert "/beacon D-1 …" in bot.seen("🎩").text
    assert "!beacon D-1 …" in in_matrix(bot, "🎩")
    in_garden(bot, "Noa", f"/beacon D-1 {SIGNATURES[1000]}")
    bot.settle()
    first, second, *_ = order_of(bot)
    for result in (bot.seen("🎲").text, in_matrix(bot, "🎲")):
        assert f"• {first}: will you serve?" in result
        assert SIGNATURES[1000] in result
    where = MATRIX if first in GARDENERS else None
    bot.presses(first, bot.button("Decline", chat=where), where)
    bot.settle()
    for offer in (bot.seen("D-1: the seat").text, in_matrix(bot, "D-1: the seat")):
        assert f"{second}, you are next in the published order for facilitator." in offer
    assert len(check(bot.receipt())) == 4


def test_a_room_that_is_out_of_reach_holds_nothing_up(bot: Moot) -> None:
    """It stood in one room before the round appeared, so that nobody could have chosen the pool by it."""
    matrix = bot.platform("matrix")
    matrix.fail = lambda delivery: TryLater(30)
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=61)
    bot.says("Ben", f"/beacon {SIGNATURES[1000]}")
    assert state(bot) == "drawn"
    assert not any(text.startswith("🎩") for text in bot.shows(MATRIX))
    matrix.fail = lambda delivery: None
    bot.later(minutes=2)
    assert f"• {order_of(bot)[0]}: will you serve?" in in_matrix(bot, "🎲")
    assert lots.fingerprint(bot.row(DrawRow).pool_document) in in_matrix(bot, "🎩")


def test_a_draw_that_stood_in_no_room_in_time_is_called_off_in_both(bot: Moot) -> None:
    for platform in bot.platforms:
        platform.fail = lambda delivery: TryLater(90)
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=61)
    for platform in bot.platforms:
        platform.fail = lambda delivery: None
    bot.later(minutes=2)
    assert state(bot) == "cancelled"
    for board in (bot.seen("🎩").text, in_matrix(bot, "🎩")):
        assert "called off" in board
