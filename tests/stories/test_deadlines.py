"""Deadlines: what was said in time counts, a platform that is silent holds up its own rooms, and all is done once."""

from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.chat.adapter import Batch, Fetch, TryLater
from bot.chat.refs import ChatRef
from bot.verifying.draw import check
from models import ChatRow, DrawRow, PromiseRow, SeenRow, ShakeRow
from tests.stories.test_draw import order_in
from tests.stories.test_time import tap
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like


@pytest.fixture
def drawing(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.says("Anna", "/draw facilitator")
    return bot


# the closing barrier


def test_a_press_that_the_platform_took_in_time_is_counted(drawing: Moot) -> None:
    pressed = tap(drawing, "Ben")
    drawing.clock.advance(timedelta(seconds=31))
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "open"
    assert drawing.hear(pressed) == [said.Ack("You shook the hat: 1 of 3 have.")]
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "drawn"
    assert "shake tg:1002" in drawing.receipt()


def test_a_look_that_began_before_the_deadline_settles_nothing(drawing: Moot) -> None:
    intake = drawing.app.intakes["telegram"]
    drawing.clock.advance(timedelta(seconds=29))
    fetch = drawing.run(intake.fetch())
    drawing.clock.advance(timedelta(seconds=5))
    drawing.run(intake.take(said_nothing(fetch)))
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "open"
    drawing.hear()
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "drawn"


def said_nothing(fetch: Fetch) -> Batch:
    return Batch(fetch, (), drained=True)


def test_a_backlog_is_worked_off_before_anything_is_drawn(drawing: Moot) -> None:
    taps = [tap(drawing, name) for name in ("Anna", "Ben")]
    drawing.clock.advance(timedelta(seconds=31))
    drawing.take("telegram", taps[0], drained=False)
    drawing.run(drawing.app.settle())
    assert drawing.row(DrawRow).state == "open"
    drawing.take("telegram", taps[1], drained=True)
    drawing.run(drawing.app.settle())
    assert [row.label for row in drawing.rows(ShakeRow)] == ["tg:1001", "tg:1002"]
    assert drawing.row(DrawRow).state == "drawn"


def test_a_press_after_the_draw_comes_too_late(drawing: Moot) -> None:
    pressed = tap(drawing, "Ben")
    drawing.later(seconds=30)
    assert drawing.hear(pressed) == [said.Ack("The lots are drawn already. Look for the result below.", refused=True)]
    assert "shake" not in drawing.receipt()


# two platforms in one bot


def test_a_silent_platform_holds_up_only_its_own_rooms(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    matrix = ChatRef("matrix", "!room")
    enrol(bot, "Anna")
    bot.says("Mia", "/join", matrix)
    bot.says("Anna", "/draw facilitator")
    bot.says("Mia", "/draw facilitator", matrix)
    bot.silent = {"matrix"}
    bot.later(minutes=1)
    assert [draw.state for draw in bot.rows(DrawRow)] == ["drawn", "open"]
    bot.later(hours=1)
    assert "Matrix has not been heard since 21 Nov 2026 12:00 UTC" in status(bot)
    bot.silent = set()
    bot.settle()
    assert [draw.state for draw in bot.rows(DrawRow)] == ["drawn", "drawn"]
    assert "all is well" in status(bot)


def status(bot: Moot) -> str:
    bot.says("Anna", "/status")
    return bot.last().text


def test_a_group_in_two_rooms_waits_for_both(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    matrix = ChatRef("matrix", "!room")
    enrol(bot, "Anna", "Ben")
    bot.says("Mia", "/who", matrix)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    bot.says("Mia", "/join", matrix)
    bot.says("Anna", "/draw facilitator")
    pressed = bot.received(said.ButtonTapped(bot.origin("Mia", matrix), "lots.shake:1"))
    bot.silent = {"matrix"}
    bot.later(minutes=1)
    assert bot.row(DrawRow).state == "open"
    bot.silent = set()
    bot.hear(pressed, platform="matrix")
    bot.settle()
    assert "shake mx:" in bot.receipt()


def test_a_platform_that_is_switched_off_is_no_trouble(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    enrol(bot, "Anna")
    bot.says("Mia", "/join", ChatRef("matrix", "!room"))
    bot.platforms.pop()
    bot.restart(hours=1)
    assert "all is well" in status(bot)


def test_what_cannot_be_done_is_shown(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.app.routes.house.watch.failed("lots", 1, bot.clock.now())
    assert "1 thing that came due could not be done yet" in status(bot)


def test_a_platform_that_is_switched_off_is_not_waited_for(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    matrix = ChatRef("matrix", "!room")
    bot.says("Mia", "/who", matrix)
    enrol(bot, "Anna")
    bot.change("UPDATE chats SET group_id = (SELECT max(group_id) FROM chats)")
    bot.says("Anna", "/draw facilitator")
    del bot.platforms[1]
    bot.restart(seconds=31)
    assert bot.row(DrawRow).state == "drawn"
    waiting = bot.rows(PromiseRow, state="waiting")
    assert {row.chat_id for row in waiting} == {bot.row(ChatRow, platform="matrix").id}


# an announcement that never stood


def test_a_draw_that_could_not_be_announced_is_called_off(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    drawing.platforms[0].fail = lambda _: TryLater(40)
    drawing.says("Anna", "/draw note-taker")
    for _ in range(5):
        drawing.later(minutes=2)
    assert [draw.state for draw in drawing.rows(DrawRow)] == ["drawn", "open"]
    drawing.later(seconds=30)
    assert [draw.state for draw in drawing.rows(DrawRow)] == ["drawn", "cancelled"]
    drawing.platforms[0].fail = lambda _: None
    drawing.later(minutes=1)
    assert "This draw was called off: I could not announce it in time." in drawing.last().text
    assert drawing.last().labels == []
    drawing.says("Anna", "/draw note-taker")
    assert "already" not in drawing.last().text


def test_seen_events_are_forgotten_after_a_while(drawing: Moot) -> None:
    seen = len(drawing.rows(SeenRow))
    drawing.later(days=14)
    assert len(drawing.rows(SeenRow)) == seen
    drawing.later(days=2)
    assert drawing.rows(SeenRow) == []


def test_an_update_number_that_comes_again_after_weeks_is_answered_again(bot: Moot) -> None:
    """Telegram may number its updates anew after a quiet week."""
    for _ in range(2):
        bot.hand(said.CommandSent(bot.origin("Anna"), "who"), ids=("update:1",))
        bot.hand(said.CommandSent(bot.origin("Anna"), "draw"), ids=("update:2",))
        bot.later(days=16)
    assert [text[:12] for text in bot.shows()] == ["The hat is e", "For which ro"] * 2


def test_the_order_is_the_same_however_often_it_is_read(drawing: Moot) -> None:
    drawing.later(seconds=30)
    receipts = set()
    for _ in range(3):
        receipts.add(drawing.receipt())
        drawing.restart(minutes=1)
    assert len(receipts) == 1
    assert order_in(drawing, receipts.pop()) == order_in(drawing, drawing.receipt())
    assert check(drawing.receipt())
