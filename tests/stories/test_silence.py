"""A group in two rooms, one of whose platforms is out of reach: the other goes on, and nobody is left in the dark."""

from datetime import timedelta

import pytest

from bot.chat.refs import ChatRef
from models import DrawRow, PollRow, RoundRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

MATRIX = ChatRef("matrix", "!room")
BEHIND = "⏳ Matrix has not been heard since 21 Nov 2026 12:00 UTC, so the room there is behind."
TELEGRAM_BEHIND = "⏳ Telegram has not been heard since 21 Nov 2026 12:00 UTC, so the room there is behind."


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """Anna and Ben are in the Telegram room, Mia in the Matrix room of the same group."""
    made = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(made, "Anna", "Ben")
    made.says("Mia", "/who", MATRIX)
    made.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    made.says("Mia", "/join", MATRIX)
    return made


def test_boards_say_which_room_is_behind_and_that_it_is_back(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.silent.add("matrix")
    bot.later(minutes=1)
    assert BEHIND not in bot.seen("📜").text
    bot.later(minutes=2)
    assert BEHIND in bot.seen("📜").text
    bot.taps("Anna", "Consent")
    assert "✅ Consent, 1: Anna" in bot.seen("📜").text
    bot.silent.clear()
    bot.later(seconds=30)
    assert "⏳" not in bot.seen("📜").text
    assert "✅ Consent, 1: Anna" in bot.shows(MATRIX)[-1]


def test_a_bot_that_was_away_blames_no_platform(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.restart(hours=3)
    bot.later(minutes=10)
    assert "⏳" not in bot.seen("📜").text


@pytest.mark.parametrize(
    ("words", "kind", "result"),
    [
        ("/propose We buy a dishwasher for 1 hour", RoundRow, "✅ D-1 is adopted"),
        ("/poll Lunch? | Soup | Salad\nfor 1 hour", PollRow, "📊 D-1, the result"),
        ("/draw facilitator", DrawRow, "🎲"),
    ],
)
def test_a_closing_waits_for_a_silent_platform_and_says_that_it_was_not_heard(
    bot: Moot, words: str, kind: type[RoundRow | PollRow | DrawRow], result: str
) -> None:
    bot.says("Anna", words)
    bot.taps("Anna", bot.last().labels[0])
    bot.taps("Ben", bot.last().labels[0])
    bot.silent.add("matrix")
    bot.later(minutes=60)
    for _ in range(5):
        bot.later(minutes=10)
    assert not any(text.startswith(result) for text in bot.shows())
    bot.later(minutes=10)
    assert "⏳ Matrix could not be heard after 21 Nov 2026 12:00 UTC" in bot.seen(result).text
    bot.silent.clear()
    bot.later(seconds=30)
    assert bot.row(kind).id == 1
    assert "⏳ Matrix could not be heard after 21 Nov 2026 12:00 UTC" in next(t for t in bot.shows(MATRIX) if t.startswith(result))


def test_votes_of_a_platform_that_comes_back_in_time_are_counted(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 hour")
    data = bot.button("Object", chat=MATRIX)
    bot.silent.add("matrix")
    bot.taps("Anna", "Consent")
    bot.later(minutes=90)
    bot.silent.clear()
    bot.presses("Mia", data, MATRIX)
    bot.settle()
    assert "Mia: no reason yet" in bot.seen("✋ D-1 is blocked").text
    assert "could not be heard" not in bot.seen("✋ D-1 is blocked").text


def test_the_other_platform_out_of_reach(bot: Moot) -> None:
    """The one on which it was asked: nothing is special about it."""
    bot.says("Anna", "/propose We buy a dishwasher for 1 hour")
    bot.silent.add("telegram")
    bot.hear(platform="matrix")
    bot.later(minutes=5)
    bot.taps("Mia", "Consent", chat=MATRIX)
    board = next(text for text in bot.shows(MATRIX) if text.startswith("📜"))
    assert TELEGRAM_BEHIND in board
    assert "✅ Consent, 1: Mia" in board
    bot.later(minutes=55)
    bot.later(minutes=61)
    assert "⏳ Telegram could not be heard after" in next(t for t in bot.shows(MATRIX) if t.startswith("⌛ D-1"))


def test_alone_a_silent_platform_is_waited_for_however_long(moot: MakeMoot) -> None:
    bot = moot()
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.silent.add("telegram")
    for _ in range(30):
        bot.later(minutes=10)
    assert bot.row(DrawRow).state == "open"


def test_after_a_start_every_platform_has_its_time_to_be_heard(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 hour")
    bot.silent.add("matrix")
    bot.restart(hours=5)
    assert bot.row(RoundRow).outcome == "open"
    bot.later(minutes=59)
    assert bot.row(RoundRow).outcome == "open"
    bot.later(minutes=2)
    assert bot.row(RoundRow).outcome != "open"
    assert bot.row(RoundRow).closed_at == bot.clock.now() > bot.row(RoundRow).closes_at + timedelta(hours=5)
