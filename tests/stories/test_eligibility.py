"""Who is in the hat by rule, and who is left out of it with a reason that everybody can read."""

import json
from contextlib import closing
from typing import Any

import pytest

from models import DrawRow, TicketRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat, standing

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def announced(bot: Moot, text: str = "/draw treasurer") -> str:
    bot.says("Anna", text)
    return bot.last().text


def left_out(bot: Moot, text: str = "/draw treasurer") -> str:
    """The line of the announcement, or of the refusal, that names them."""
    return next(line for line in announced(bot, text).splitlines() if "Left out by rule" in line)


def pool(bot: Moot) -> set[str]:
    names = {number: name for name, number in bot.people.items()}
    newest = bot.rows(DrawRow)[-1]
    return {names[ticket.label.removeprefix("tg:")] for ticket in bot.rows(TicketRow, draw_id=newest.id)}


def ended(bot: Moot, name: str, **facts: Any) -> None:
    """Whose mandate as treasurer is over, a week after it began."""
    mandate = seat(bot, name, term="1 week", **facts)
    bot.later(days=7)
    assert standing(bot, mandate).state == "ended"


def test_everybody_who_is_left_out_is_named_with_the_reason(bot: Moot) -> None:
    seat(bot, "Ben", seats=2, term="3 months")
    bot.says("Cleo", "/leave treasurer")
    bot.says("Dana", "/rest 1 week")
    text = announced(bot)
    assert "In the hat: Anna. 1 is resting and left in peace." in text
    assert "Left out by rule: serving already: Ben (until 21 Feb 2027); not in the hat for this role: Cleo." in text
    assert "Dana" not in text
    assert pool(bot) == {"Anna"}


def test_it_is_shown_later_as_it_was(bot: Moot) -> None:
    bot.says("Cleo", "/leave treasurer")
    announced(bot)
    board = bot.seen("🎩")
    bot.says("Cleo", "/join treasurer")
    bot.says("Ben", "/leave treasurer")
    bot.taps("Anna", "Draw now")
    assert "not in the hat for this role: Cleo." in board.text
    facts = json.loads(bot.entries()[-1].public)["facts"]
    assert facts["left_out"] == {"hat": 1}
    assert "1003" not in bot.entries()[-1].public


def test_a_hat_for_one_role_only(bot: Moot) -> None:
    bot.says("Eli", "/join treasurer")
    announced(bot)
    assert pool(bot) == {*PEOPLE, "Eli"}
    announced(bot, "/draw cook")
    assert pool(bot) == set(PEOPLE)
    assert "not in the hat for this role: Eli" in bot.last().text


def test_a_break_after_serving(bot: Moot) -> None:
    ended(bot, "Ben", cooling="1 month")
    assert left_out(bot) == "Left out by rule: a break after serving: Ben (until 28 Dec 2026)."


def test_the_most_terms_in_a_row(bot: Moot) -> None:
    ended(bot, "Ben", most_terms=1)
    assert left_out(bot) == "Left out by rule: most terms in a row: Ben (until 5 Dec 2026)."
    bot.later(days=8)
    announced(bot, "/draw treasurer because we wait no longer")
    assert pool(bot) == set(PEOPLE)


def test_who_was_recalled(bot: Moot) -> None:
    mandate = seat(bot, "Ben", term="1 month")
    bot.change("UPDATE mandates SET state = 'ended', ended_why = 'recalled', ended_at = starts_at WHERE id = :id", id=mandate)
    assert left_out(bot) == "Left out by rule: recalled: Ben (until 21 Dec 2026)."


def test_newcomers_where_the_group_wants_tenure(bot: Moot) -> None:
    bot.later(days=10)
    enrol(bot, "Eli")
    bot.says("Anna", "/settings tenure 1 week")
    assert left_out(bot) == "Left out by rule: not here long enough yet: Eli (until 8 Dec 2026)."
    assert pool(bot) == set(PEOPLE)
    ack = bot.taps("Eli", "Shake the hat")
    assert ack is not None
    assert ack.text == (
        "You have not been on the roll for long enough yet, so your name is not in this hat. That holds until 8 Dec 2026."
    )


def test_a_role_whose_pool_is_another_role(bot: Moot) -> None:
    for name in ("Ben", "Cleo"):
        seat(bot, name, "council", seats=3)
    seat(bot, "Dana", "treasurer", pool="council", seats=2)
    assert "In the hat, of council: Ben and Cleo." in announced(bot)
    assert "Left out" not in bot.last().text
    assert pool(bot) == {"Ben", "Cleo"}


def test_a_pool_in_which_nobody_is(bot: Moot) -> None:
    mandate = seat(bot, "Dana", "treasurer", pool="council", seats=2)
    assert standing(bot, mandate).state == "running"
    assert announced(bot).startswith("Nobody is in council at the moment")
    assert bot.rows(DrawRow) == []


def test_too_few_are_left(bot: Moot) -> None:
    for name in ("Ben", "Cleo"):
        bot.says(name, "/leave treasurer")
    bot.says("Dana", "/rest 1 week")
    assert announced(bot, "/draw treasurer 2") == (
        "For treasurer 1 name can be drawn now, so I cannot draw 2. "
        "Left out by rule: not in the hat for this role: Ben and Cleo. More can join, or you draw later."
    )
    bot.says("Anna", "/leave treasurer")
    assert announced(bot).startswith("For treasurer 0 names can be drawn now, so I cannot draw 1.")
    assert bot.rows(DrawRow) == []


def test_a_long_list_is_folded(bot: Moot) -> None:
    names = [f"Person {n}" for n in range(30)]
    enrol(bot, *names)
    for name in names:
        bot.says(name, "/leave treasurer")
    assert "Person 0, Person 1" in (line := left_out(bot))
    assert line.endswith("Person 19, and 10 more.")
    kept = bot.row(DrawRow).left_out
    assert kept is not None
    assert (kept["hat"]["n"], len(kept["hat"]["first"])) == (30, 20)


def test_who_is_not_in_it_hears_why(bot: Moot) -> None:
    seat(bot, "Ben", seats=2)
    bot.says("Cleo", "/leave treasurer")
    announced(bot)
    acks = [bot.taps(name, "Shake the hat") for name in ("Ben", "Cleo", "Eli")]
    assert [ack.text for ack in acks if ack] == [
        "You hold this role already, so your name is not in this hat. That holds until 21 Feb 2027.",
        "You are not in the hat for this role, so your name is not in this draw.",
        "Your name was not in the hat when this draw was called. Press Count me in to be there next time.",
    ]


def test_both_databases_leave_out_the_same(house: str) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, *PEOPLE)
        ended(bot, "Ben", cooling="1 month", seats=2)
        seat(bot, "Cleo", term="1 week")
        bot.says("Dana", "/leave treasurer")
        assert left_out(bot) == (
            "Left out by rule: serving already: Cleo (until 5 Dec 2026); a break after serving: Ben (until 28 Dec 2026); "
            "not in the hat for this role: Dana."
        )
        assert pool(bot) == {"Anna"}
