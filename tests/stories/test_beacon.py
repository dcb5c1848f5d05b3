"""Draws by the beacon, by rounds that it published: from the naming of a round to the draw, however late it is heard of."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from bot import quicknet
from bot.chat.adapter import TryLater, Undeliverable
from bot.commons import lots
from bot.features.lots.beacon.waiting import GIVE_UP
from bot.verifying.draw import check
from models import DrawRow
from tests.support.beacon import known_relay, moot_before_the_round, order_of, refusal, state, waiting_draw
from tests.support.moot import Moot
from tests.support.relay import Relay
from tests.support.rounds import GOLDEN_CHANCE, SIGNATURES, before


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with moot_before_the_round(sqlite_house) as made:
        yield made


@pytest.fixture
def put_up(bot: Moot) -> Iterator[Callable[..., Relay]]:
    """Puts up a relay in some mood, and lets the bot know of it."""
    with ExitStack() as stack:
        yield lambda mood="well": stack.enter_context(known_relay(bot, mood))


def test_a_whole_draw(house: str) -> None:
    with moot_before_the_round(house) as bot, known_relay(bot) as relay:
        assert bot.last().text.endswith("chance: beacon, a public source that nobody can sway")
        bot.says("Anna", "/draw facilitator 2")
        board = bot.seen("🎩")
        assert board.text.startswith("🎩 D-1: lots for facilitator, 2 seats")
        assert "Chance: round 1000 of the public beacon drand quicknet. It appears at 15:59:24 UTC" in board.text
        assert lots.fingerprint(bot.row(DrawRow).pool_document) in board.text
        assert board.labels == []

        bot.later(seconds=59)
        assert (state(bot), relay.asked) == ("open", [])
        bot.later(seconds=1)
        assert (state(bot), relay.asked) == ("drawn", [1000])
        order = order_of(bot)
        assert bot.asked() == order[:2]
        result = bot.seen("🎲").text
        assert f"Round 1000 of the beacon, signature: {SIGNATURES[1000]}" in result
        assert f"Chance, the SHA-256 of the signature: {GOLDEN_CHANCE}" in result
        assert quicknet.look_up(1000) in result
        assert any(SIGNATURES[1000] in entry.public for entry in bot.entries())

        bot.taps(order[0], "Decline")
        assert bot.asked() == [order[2]]
        receipt = bot.receipt()
        assert [bot.person(name).label for name in order] == check(receipt)
        assert f"2. That round's signature is {SIGNATURES[1000]}." in bot.seen("1. Who was in").text


def test_the_pool_document_names_the_round(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator")
    lines = bot.row(DrawRow).pool_document.splitlines()
    assert lines[5] == "beacon: drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:1000"


def test_the_round_is_after_the_groups_own_window(bot: Moot) -> None:
    bot.says("Anna", "/settings window 5 m")
    bot.says("Anna", "/draw facilitator")
    assert bot.row(DrawRow).beacon_round == 1000 + 270 // 3


@pytest.mark.parametrize("mood", ["lying", "stalling"])
def test_an_ill_relay_is_passed_over(bot: Moot, put_up: Callable[..., Relay], mood: str) -> None:
    put_up(mood)
    put_up()
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=60)
    assert bot.asked() == order_of(bot)[:1]


def test_while_no_relay_answers_the_draw_waits_and_says_so(bot: Moot, put_up: Callable[..., Relay]) -> None:
    liar = put_up("lying")
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=61)
    board = bot.seen("🎩")
    assert "I have waited for round 1000 since 23 Aug 2023 15:59 UTC, and it has not reached me yet." in board.text
    assert f"Anyone may look it up at {quicknet.look_up(1000)} and paste what stands there: /beacon D-1 …" in board.text
    versions = board.versions
    for _ in range(5):
        bot.later(minutes=30)
    assert (state(bot), board.versions, len(liar.asked)) == ("open", versions, 6)
    liar.mood = "well"
    bot.later(seconds=30)
    assert bot.asked() == order_of(bot)[:1]
    assert "has not reached me" not in board.text


def test_a_round_that_appeared_in_a_night_offline_is_fetched_then(bot: Moot, put_up: Callable[..., Relay]) -> None:
    put_up()
    bot.says("Anna", "/draw facilitator")
    bot.restart(hours=9)
    assert bot.asked() == order_of(bot)[:1]
    assert len([text for text in bot.shows() if text.startswith("🎲")]) == 1


@pytest.mark.parametrize("seconds", [1, 60])
def test_a_crash_between_freeze_and_draw_changes_nothing(bot: Moot, put_up: Callable[..., Relay], seconds: int) -> None:
    bot.says("Anna", "/draw facilitator")
    frozen, posted = bot.row(DrawRow).pool_document, bot.seen("🎩").text
    bot.restart(seconds=seconds)
    put_up()
    bot.restart(minutes=2)
    assert bot.row(DrawRow).pool_document == frozen
    assert lots.fingerprint(frozen) in posted
    assert check(bot.receipt()) == lots.order(frozen, bytes.fromhex(GOLDEN_CHANCE))


# what may not be


@pytest.mark.parametrize("press", ["lots.shake:1", "lots.draw:1"])
def test_a_forged_button_moves_nothing(bot: Moot, press: str) -> None:
    bot.says("Anna", "/draw facilitator")
    told = refusal(bot.presses("Anna", press))
    assert told == "This draw takes its chance from the beacon, at the time that its announcement names."
    assert state(bot) == "open"


def test_a_draw_that_was_not_posted_before_its_round_is_called_off(bot: Moot, put_up: Callable[..., Relay]) -> None:
    relay = put_up()
    bot.platforms[0].fail = lambda _: TryLater(90)
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=60)
    bot.platforms[0].fail = lambda _: None
    bot.later(seconds=90)
    assert "I could not announce it before its round appeared. Please call it again." in bot.seen("🎩").text
    assert (state(bot), relay.asked) == ("cancelled", [])
    assert refusal(bot.says("Ben", f"/beacon D-1 {SIGNATURES[1000]}")) == "D-1 was called off. Please call it again."


def test_a_draw_whose_announcement_went_out_only_after_a_crash_is_called_off(bot: Moot, put_up: Callable[..., Relay]) -> None:
    """Whoever runs the bot could have looked at the round before the pool stood in the room."""
    put_up()
    bot.platforms[0].fail = lambda _: TryLater(1)
    bot.says("Anna", "/draw facilitator")
    bot.stop()
    bot.platforms[0].fail = lambda _: None
    bot.clock.at = before(1000, seconds=-5)
    bot.start()
    bot.run(bot.app.sender.flush())
    assert "D-1" in bot.last().text
    bot.settle()
    assert state(bot) == "cancelled"


def test_a_room_that_cannot_be_written_to_draws_nothing(bot: Moot, put_up: Callable[..., Relay]) -> None:
    put_up()
    bot.platforms[0].fail = lambda _: Undeliverable("closed")
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=60)
    assert state(bot) == "cancelled"


def test_a_round_that_never_comes_frees_the_role_after_a_week(bot: Moot) -> None:
    waiting_draw(bot)
    bot.clock.advance(GIVE_UP)
    bot.later(seconds=30)
    assert state(bot) == "cancelled"
    assert "its round did not reach me within a week" in bot.seen("🎩").text
    bot.says("Anna", "/draw facilitator")
    assert [draw.state for draw in bot.rows(DrawRow)] == ["cancelled", "open"]


def test_a_week_offline_is_no_week_of_asking(bot: Moot, put_up: Callable[..., Relay]) -> None:
    relay = put_up("broken")
    bot.says("Anna", "/draw facilitator")
    bot.restart(days=30)
    assert state(bot) == "open"
    relay.mood = "well"
    bot.later(seconds=30)
    assert bot.asked() == order_of(bot)[:1]


def test_a_gap_moves_no_round(bot: Moot, put_up: Callable[..., Relay]) -> None:
    put_up()
    bot.says("Anna", "/draw facilitator")
    closes_at = bot.row(DrawRow).closes_at
    bot.restart(minutes=10)
    assert bot.row(DrawRow).closes_at == closes_at
    assert not [text for text in bot.shows() if "did not reach me" in text]


def test_two_groups_draws_of_one_round_are_fetched_once(bot: Moot, put_up: Callable[..., Relay]) -> None:
    relay = put_up()
    bot.says("Anna", "/draw facilitator")
    bot.says("Anna", "/draw guide")
    bot.later(seconds=60)
    assert relay.asked == [1000]
    assert [draw.state for draw in bot.rows(DrawRow)] == ["drawn", "drawn"]
