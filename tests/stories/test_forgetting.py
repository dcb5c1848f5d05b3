"""What was said a day ago stands in the chat and nowhere else; what people still press, answer and check goes on working."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from bot.chat.adapter import OutcomeUnknown, TryLater
from models import PromiseRow
from tests.stories.test_consent import replies
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """On both databases, on a platform that keeps presses."""
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        yield made


def kept(bot: Moot) -> str:
    """All that the outbox holds of what was said."""
    return " ".join(str(row.body) for row in bot.rows(PromiseRow))


def test_words_and_files_are_kept_for_a_day(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.later(minutes=1)
    bot.says("Ben", "/verify D-1")
    bot.later(hours=23)
    assert "is in the hat" in kept(bot)
    assert "D-1-pool.txt" in kept(bot)
    bot.later(hours=2)
    assert not any(word in kept(bot) for word in ("is in the hat", "Anna", "Ben", "D-1-pool.txt"))
    assert {row.state for row in bot.rows(PromiseRow)} == {"sent"}


def test_what_has_not_gone_out_is_not_forgotten(bot: Moot) -> None:
    platform = bot.platforms[0]
    platform.faults.append(TryLater(3 * 24 * 3600))
    bot.says("Anna", "/who")
    bot.later(hours=47)
    bot.restart(hours=24)
    assert bot.shows() == []
    bot.later(hours=2)
    assert len(bot.shows()) == 1
    bot.later(hours=25)
    assert [row.body for row in bot.rows(PromiseRow)] == [None]


def test_what_may_not_have_arrived_is_forgotten_too(bot: Moot) -> None:
    bot.platforms[0].faults.extend([OutcomeUnknown(repeatable=False)] * 2)
    bot.says("Anna", "/who")
    bot.later(minutes=1)
    assert [(row.state, row.body is None) for row in bot.rows(PromiseRow)] == [("unknown", False)]
    bot.later(hours=25)
    assert [(row.state, row.body is None) for row in bot.rows(PromiseRow)] == [("unknown", True)]


def test_old_buttons_still_do_what_they_say(bot: Moot) -> None:
    bot.says("Anna", "/start")
    welcome = bot.seen("I am Folkmoot")
    bot.later(days=40)
    assert "I am Folkmoot" not in kept(bot)
    bot.hand(said.KeyPressed(bot.origin("Ben"), "✋", welcome.id))
    bot.hand(said.KeyPressed(bot.origin("Cleo"), "1", welcome.id, typed=True))
    bot.hand(said.KeyPressed(bot.origin("Dana"), "1", None, typed=True))
    bot.says("Anna", "/who")
    assert all(name in bot.shows()[-1] for name in ("Ben", "Cleo", "Dana"))


def test_an_old_question_still_takes_its_answer_and_an_old_board_its_edit(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/propose We buy a dishwasher until in 20 days")
    bot.taps("Ben", "Object")
    bot.later(days=9)
    assert "dishwasher" not in kept(bot)
    replies(bot, "Ben", "It is too loud", "✋ D-1: an objection by Ben")
    bot.later(seconds=10)
    board = bot.seen("📜")
    assert "• Ben: It is too loud (open)" in board.text
    assert "Object" in board.labels


def test_an_old_draw_can_be_checked(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.later(minutes=1)
    receipt = bot.receipt(draw="D-1")
    bot.later(days=40)
    assert bot.receipt("Ben", "D-1") == receipt


def test_a_promise_is_not_kept_twice_because_its_words_are_gone(bot: Moot) -> None:
    bot.hand(said.CommandSent(bot.origin("Anna"), "who"), ids=("update:1", "message:1"))
    bot.later(hours=25)
    before = [(row.key, row.state) for row in bot.rows(PromiseRow)]
    bot.restart()
    bot.hand(said.CommandSent(bot.origin("Anna"), "who"), ids=("update:2", "message:1"))
    assert [(row.key, row.state) for row in bot.rows(PromiseRow)] == before
    assert len(bot.shows()) == 1
