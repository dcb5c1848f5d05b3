"""Who commands without end is asked once for a pause; nobody else notices."""

from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.routing.chatter import BURST, Chatter
from models import MemberRow, PromiseRow
from tests.support.moot import START, MakeMoot, Moot, enrol


@pytest.fixture
def chatty(moot: MakeMoot) -> Moot:
    """A bot with the limit, and Anna and Ben in the hat."""
    bot = moot()
    enrol(bot, "Anna", "Ben")
    bot.chatter = Chatter()
    bot.restart()
    return bot


def test_a_thousand_commands_are_answered_for_a_while_then_once_then_not(chatty: Moot) -> None:
    before = len(chatty.room)
    chatty.at_once(*(said.CommandSent(chatty.origin("Anna"), "who") for _ in range(1_000)))
    told = chatty.rows(PromiseRow)[-(BURST + 1) :]
    assert "That is a lot at once" in str(told[-1].body)
    assert "That is a lot at once" not in str(told[:-1])
    chatty.later(minutes=5)
    assert len(chatty.room) - before == BURST + 1


def test_others_and_presses_and_votes_are_not_limited(chatty: Moot) -> None:
    chatty.at_once(*(said.CommandSent(chatty.origin("Cleo"), "who") for _ in range(100)))
    assert chatty.says("Ben", "/who") is None
    assert chatty.rows(PromiseRow)[-1].key.startswith("answer:")
    before = len(chatty.rows(PromiseRow))
    chatty.says("Cleo", "/who")
    assert len(chatty.rows(PromiseRow)) == before
    refused = chatty.says("Cleo", "/vote 99 yes")
    assert refused is not None
    assert "a lot" not in refused.text
    chatty.presses("Cleo", "roll.join")
    assert len([row for row in chatty.rows(MemberRow) if row.left_at is None]) == 3


def test_who_has_calmed_down_is_answered_again(chatty: Moot) -> None:
    chatty.at_once(*(said.CommandSent(chatty.origin("Anna"), "who") for _ in range(50)))
    chatty.later(minutes=5)
    before = len(chatty.room)
    chatty.says("Anna", "/who")
    assert len(chatty.room) == before + 1


def test_the_same_event_has_the_same_verdict_however_often_it_is_taken() -> None:
    chatter = Chatter()
    for _ in range(100):
        assert chatter.judge(1, "1", "update:1", START) == "answer"
    verdicts = [chatter.judge(1, "1", f"update:{n}", START + timedelta(seconds=n / 100)) for n in range(2, 30)]
    assert verdicts == ["answer"] * 19 + ["ask for a pause"] + ["be silent"] * 8
    assert chatter.judge(2, "1", "update:99", START) == "answer"
