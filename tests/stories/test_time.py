"""Restarts, outages and deadlines: what was said in time counts, and what is due is done once."""

from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Received
from bot.chat.refs import ChatRef
from models import DrawRow, ShakeRow
from tests.support.moot import START, MakeMoot, Moot, enrol, moot_in
from tests.support.room import matrix_like

AWAY = "I was away from "


def tap(bot: Moot, name: str, label: str = "Shake the hat") -> Received:
    """A press that the platform has taken in and not handed over yet."""
    return bot.received(said.ButtonTapped(bot.origin(name), bot.button(label)))


@pytest.fixture
def drawing(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Anna", "/draw facilitator")
    return bot


def gaps(bot: Moot, chat: ChatRef | None = None) -> list[str]:
    return [text for text in bot.shows(chat) if text.startswith(AWAY)]


# restarts


def test_a_restart_at_every_stage_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = []
    for restarts in (True, False):
        bot = moot_in(tmp_path_factory.mktemp("restarts"))
        for step in STAGES:
            step(bot)
            if restarts:
                bot.restart()
        told.append((bot.shows(), bot.dump()))
        bot.close()
    assert told[0] == told[1]


STAGES = (
    lambda bot: bot.says("Anna", "/start"),
    lambda bot: enrol(bot, "Anna", "Ben", "Cleo"),
    lambda bot: bot.says("Anna", "/draw facilitator"),
    lambda bot: bot.taps("Ben", "Shake the hat"),
    lambda bot: bot.taps("Cleo", "Shake the hat"),
    lambda bot: bot.later(seconds=29),
    lambda bot: bot.later(seconds=1),
    lambda bot: bot.taps(bot.asked()[0], "Decline"),
    lambda bot: bot.taps(bot.asked()[0], "Accept"),
    lambda bot: bot.says("Anna", "/verify"),
    lambda bot: bot.later(hours=30),
    lambda bot: bot.says("Anna", "/status"),
)


def test_an_event_that_comes_again_after_a_restart_is_answered_with_nothing(drawing: Moot) -> None:
    event = said.ButtonTapped(drawing.origin("Anna"), drawing.button("Shake the hat"))
    first = drawing.hand(event, ids=("update:7", "tap:7"))
    drawing.restart()
    assert first is not None
    assert drawing.hand(event, ids=("update:99", "tap:7")) is None
    assert len(drawing.rows(ShakeRow)) == 1


def test_what_was_committed_before_a_crash_is_said_after_it_once(drawing: Moot) -> None:
    drawing.hear(drawing.received(said.CommandSent(drawing.origin("Ben"), "who")))
    drawing.restart()
    drawing.restart()
    assert drawing.shows().count("In the hat, 3 names: Anna, Ben, and Cleo.") == 1


# outages


def test_down_across_the_window(drawing: Moot) -> None:
    """Telegram keeps presses for 150 seconds: after a longer absence the room hears of it once, and the window moves."""
    drawing.restart(minutes=3)
    assert gaps(drawing) == [
        "I was away from 12:00 to 12:03: presses in that time did not all reach me. If yours is missing, please press again."
    ]
    assert drawing.row(DrawRow).closes_at == START + timedelta(minutes=3, seconds=30)
    assert "I draw at 12:03:30" in drawing.seen("🎩").text
    drawing.taps("Ben", "Shake the hat")
    drawing.restart()
    drawing.later(seconds=29)
    assert drawing.row(DrawRow).state == "open"
    drawing.later(seconds=1)
    assert drawing.row(DrawRow).state == "drawn"
    assert len(gaps(drawing)) == 1


def test_a_platform_that_lost_the_place_where_we_stopped(moot: MakeMoot) -> None:
    """It keeps presses for good, but does not know any more which of them we had."""
    bot = moot(platforms=[matrix_like()])
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.clock.advance(timedelta(minutes=3))
    bot.take("matrix", lost=True, cursor="anew")
    bot.run(bot.app.settle())
    assert gaps(bot) == [
        "I was away from 12:00 to 12:03: presses in that time did not all reach me. If yours is missing, please press again."
    ]
    assert bot.row(DrawRow).closes_at == START + timedelta(minutes=3, seconds=30)
    bot.later(minutes=3)
    assert len(gaps(bot)) == 1
    assert bot.row(DrawRow).state == "drawn"


def test_down_for_a_day_and_an_hour(drawing: Moot) -> None:
    drawing.restart(hours=25)
    (notice,) = gaps(drawing)
    assert notice.startswith("I was away from 21 Nov 2026 12:00 UTC to 22 Nov 2026 13:00 UTC: ")
    drawing.later(seconds=30)
    assert drawing.row(DrawRow).state == "drawn"


def test_a_seat_that_nobody_answered_for_is_news_for_a_day(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    drawing.restart(hours=20)
    assert len(gaps(drawing)) == 1
    drawing.restart(hours=5)
    assert len(gaps(drawing)) == 1


def test_down_with_a_deadline_that_lies_later(bot: Moot) -> None:
    bot.says("Anna", "/settings window 1h")
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.restart(minutes=3)
    assert len(gaps(bot)) == 1
    assert bot.row(DrawRow).closes_at == START + timedelta(hours=1)


def test_down_where_nothing_is_open(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.restart(hours=2)
    assert gaps(bot) == []


def test_down_for_a_minute(drawing: Moot) -> None:
    """Everything was kept for us: no notice, and what was pressed meanwhile is counted although the window has passed."""
    pressed = tap(drawing, "Ben")
    drawing.stop()
    drawing.clock.advance(timedelta(seconds=60))
    drawing.wake_up()
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "open", "it was drawn before the platform was asked"
    drawing.hear(pressed)
    drawing.settle()
    assert gaps(drawing) == []
    assert "shake tg:1002" in drawing.receipt()


def test_an_outage_of_the_platform_while_the_bot_runs(drawing: Moot) -> None:
    intake = drawing.app.intakes["telegram"]
    for _ in range(20):
        drawing.run(intake.failed("unreachable"))
        drawing.clock.advance(timedelta(seconds=10))
        drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "open"
    drawing.settle()
    assert len(gaps(drawing)) == 1
    drawing.later(seconds=30)
    assert drawing.row(DrawRow).state == "drawn"


def test_a_platform_that_keeps_everything_needs_no_notice(moot: MakeMoot) -> None:
    bot = moot(platforms=[matrix_like()])
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    pressed = tap(bot, "Ben")
    bot.stop()
    bot.clock.advance(timedelta(hours=30))
    bot.wake_up()
    bot.hear(pressed)
    bot.settle()
    assert gaps(bot) == []
    assert "shake mx:1002" in bot.receipt()
