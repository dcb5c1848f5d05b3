"""Who commands without end is asked once for a pause; nobody else notices."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import incoming as said
from bot.routing.chatter import BURST, EVERY, ROOM, Chatter
from models import MarkRow, MemberRow, PollRow, PromiseRow
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


def test_votes_without_end_count_and_do_not_fill_the_room(chatty: Moot) -> None:
    chatty.says("Anna", "/poll Where? | Here | There until tomorrow")
    before = len(chatty.room)
    words = [*(str(1 + n % 2) for n in range(302)), "99"]
    chatty.at_once(*(said.CommandSent(chatty.origin("Ben"), "vote", text) for text in words))
    chatty.later(minutes=1)
    assert chatty.row(PollRow).received == 302 + 1
    assert [row.place for row in chatty.rows(MarkRow)] == [2]
    assert len(chatty.room) - before == BURST


def test_who_votes_a_lot_can_still_command_and_the_other_way_round(chatty: Moot) -> None:
    chatty.says("Anna", "/poll Where? | Here | There until tomorrow")
    chatty.at_once(*(said.CommandSent(chatty.origin("Ben"), "vote", "1") for _ in range(100)))
    before = len(chatty.room)
    chatty.says("Ben", "/who")
    assert len(chatty.room) == before + 1
    chatty.at_once(*(said.CommandSent(chatty.origin("Anna"), "who") for _ in range(100)))
    before = len(chatty.room)
    chatty.says("Anna", "/vote 2")
    assert len(chatty.room) == before + 1


def test_nobody_in_person_and_wrong_numbers_are_refused_a_few_times(chatty: Moot) -> None:
    before = len(chatty.room)
    chatty.at_once(*(said.Unsuitable(chatty.origin("Group"), "anonymous", ("who",)) for _ in range(500)))
    assert len(chatty.room) - before == BURST + 1
    answers = chatty.at_once(*(said.KeyPressed(chatty.origin("Zoe"), "77", None, typed=True) for _ in range(500)))
    assert sum(answer is not None for answer in answers) <= BURST


def test_a_room_in_which_many_command_is_asked_once_and_everybody_can_join(chatty: Moot) -> None:
    crowd = [f"P{n}" for n in range(60)]
    chatty.at_once(*(said.CommandSent(chatty.origin(name), "who") for name in crowd * 5))
    told = [str(row.body) for row in chatty.rows(PromiseRow) if "at once" in str(row.body)]
    assert len(told) == 1
    assert "of this room" in told[0]
    enrol(chatty, *crowd)
    assert len([row for row in chatty.rows(MemberRow) if row.left_at is None]) == 62
    assert chatty.chatter is not None
    assert chatty.chatter.passed_over == 300 - BURST * ROOM


@given(st.lists(st.tuples(st.integers(0, 40_000), st.sampled_from(["anna", "ben", "cleo"]), st.booleans()), max_size=200))
def test_nobody_is_answered_more_often_than_the_limits_say(steps: list[tuple[int, str, bool]]) -> None:
    """Over any stretch from the start: a burst and what has come back since; for a room five times as much."""
    chatter, at, answered = Chatter(), START, Counter[tuple[str, bool]]()
    for n, (wait, who, vote) in enumerate(steps):
        at += timedelta(milliseconds=wait)
        answered[who, vote] += chatter.judge(1, who, str(n), at, vote=vote) == "answer"
    earned = (at - START) / EVERY
    assert max(answered.values(), default=0) <= BURST + earned + 1e-6
    assert answered.total() <= (BURST + earned) * ROOM + 1e-6


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
    assert verdicts == ["answer"] * 19 + ["slow down"] + ["be silent"] * 8
    assert chatter.judge(2, "1", "update:99", START) == "answer"
