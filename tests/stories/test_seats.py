"""Seats: a draw fills those that are free, from a circle and without whom the caller names, and never more than the role has."""

from contextlib import closing

import pytest

from models import DrawRow, MandateRow, RoleRow, TicketRow
from tests.stories.test_draw import order_in
from tests.stories.test_eligibility import announced, pool
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    return made


def drawn(bot: Moot, text: str = "/draw treasurer") -> list[str]:
    """The order that came out."""
    bot.says("Anna", text)
    bot.taps(next(iter(pool(bot))), "Draw now")
    return order_in(bot, bot.receipt())


def answers(bot: Moot, number: int) -> list[str]:
    """Of the draw with this number, in drawn order."""
    draw = bot.row(DrawRow, number=number)
    return [ticket.answer for ticket in sorted(bot.rows(TicketRow, draw_id=draw.id), key=lambda ticket: ticket.place or 0)]


def test_without_a_number_all_free_seats_are_drawn_for(bot: Moot) -> None:
    seat(bot, "Ben", seats=3)
    assert announced(bot).startswith("🎩 D-1: lots for treasurer, 2 seats")
    assert announced(bot, "/draw cook").startswith("🎩 D-2: lots for cook\n")


def test_no_seat_is_free(bot: Moot) -> None:
    seat(bot, "Ben")
    for text in ("/draw treasurer", "/draw Treasurer 1"):
        assert announced(bot, text) == (
            "Nobody can hold more seats than the role has. treasurer has 1 seat, held by Ben (until 21 Feb 2027). "
            "Draw again then, or say /role treasurer seats 2 first."
        )
    assert bot.rows(DrawRow) == []
    bot.later(days=93)
    assert announced(bot).startswith("🎩 D-1: lots for treasurer")


def test_fewer_are_free_than_are_asked_for(bot: Moot) -> None:
    seat(bot, "Ben", seats=3, defined=True)
    assert announced(bot, "/draw treasurer 3") == (
        "treasurer has 2 free seats of 3. Draw for as many, or say /role treasurer seats 4 first."
    )
    assert announced(bot, "/draw treasurer 1").startswith("🎩 D-1: lots for treasurer\n")


def test_of_a_role_of_which_nothing_was_said_the_draw_says_how_many_seats_it_has(bot: Moot) -> None:
    drawn(bot, "/draw scribe")
    drawn(bot, "/draw scribe 3")
    assert bot.row(RoleRow, key="scribe").seats == 3
    for name in bot.asked():
        bot.taps(name, "Accept", bot.seen("🎲 D-2"))
    assert announced(bot, "/draw scribe 1").startswith("Nobody can hold more seats than the role has. scribe has 3 seats")


def test_a_role_that_ends_while_the_hat_goes_round(bot: Moot) -> None:
    seat(bot, "Ben", seats=2)
    announced(bot)
    bot.change("UPDATE roles SET state = 'ended', ended_at = :now", now=bot.clock.now().isoformat(sep=" "))
    bot.taps("Anna", "Draw now")
    assert "No seat is free any more, so nobody is asked now." in bot.seen("🎲").text


def test_from_a_circle_and_without_some(bot: Moot) -> None:
    for name in ("Ben", "Cleo", "Dana"):
        seat(bot, name, "council", seats=3)
    text = announced(bot, "/draw auditor 1 from Council without Ben because we need one")
    assert "In the hat, of council: Cleo and Dana." in text
    assert "Left out by rule: by whoever called the draw: Ben." in text
    assert pool(bot) == {"Cleo", "Dana"}
    ack = bot.taps("Ben", "Shake the hat")
    assert ack is not None
    assert ack.text == "Whoever called this draw left your name out of it; the announcement says so."


def test_several_are_left_out(bot: Moot) -> None:
    announced(bot, "/draw auditor without Ben, Cleo and Dana")
    assert pool(bot) == {"Anna"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/draw auditor from council", "There is no role or circle council to draw from."),
        ("/draw auditor without Nobody", "I know nobody here called “Nobody”."),
        ("/draw auditor without Ben and Xyz", "I know nobody here called “Xyz”."),
        ("/draw auditor from", "I cannot read what stands at “from”."),
        ("/draw auditor without @nobody", "I know nobody here called “@nobody”."),
        ("/draw auditor without Anna Ben Cleo Dana", "For auditor 0 names can be drawn now"),
    ],
)
def test_what_cannot_be_done(bot: Moot, text: str, told: str) -> None:
    assert announced(bot, text).startswith(told)
    assert bot.rows(DrawRow) == []


def test_a_pool_and_a_circle_are_both_kept_to(bot: Moot) -> None:
    for name in ("Ben", "Cleo"):
        seat(bot, name, "council", seats=3)
    seat(bot, "Cleo", "gardener")
    seat(bot, "Dana", "auditor", pool="council", seats=2)
    assert "of council + gardener: Cleo." in announced(bot, "/draw auditor from gardener")


def test_a_later_draw_takes_the_place_of_what_is_still_asked(bot: Moot) -> None:
    first = drawn(bot)
    assert bot.asked() == first[:1]
    drawn(bot, "/draw treasurer because the first cannot be reached")
    assert answers(bot, 1)[0] == "replaced"
    assert f"{first[0]} is asked no longer: a later draw has taken the place of this one." in bot.seen("🎲 D-1").text
    assert answers(bot, 2)[0] == "offered"
    ack = bot.presses(first[0], "lots.accept:1")
    assert ack is not None
    assert ack.refused


def test_of_several_seats_only_those_that_are_drawn_for_again_are_taken_back(bot: Moot) -> None:
    seat(bot, "Ben", seats=3, defined=True)
    bot.change("UPDATE mandates SET state = 'ended', ended_at = starts_at")
    bot.says("Ben", "/leave treasurer")
    drawn(bot, "/draw treasurer 3")
    drawn(bot, "/draw treasurer 1")
    assert answers(bot, 1) == ["offered", "offered", "replaced"]
    assert answers(bot, 2)[0] == "offered"


def test_a_seat_that_is_taken_while_the_hat_goes_round(bot: Moot) -> None:
    drawn(bot)
    bot.says("Anna", "/draw treasurer because nobody answers")
    hat = bot.seen("🎩 D-2")
    bot.taps(bot.asked()[0], "Accept", bot.seen("🎲 D-1"))
    bot.taps("Anna", "Draw now", hat)
    assert set(answers(bot, 2)) == {"reserve"}
    assert "No seat is free any more, so nobody is asked now." in bot.seen("🎲 D-2").text
    assert len(bot.rows(MandateRow)) == 1


def test_a_seat_that_is_taken_in_another_way_while_somebody_is_asked(bot: Moot) -> None:
    order = drawn(bot)
    seat(bot, order[-1], by_consent=True)
    ack = bot.taps(order[0], "Accept")
    assert ack is not None
    assert ack.text == "Thank you. But every seat of treasurer has been taken meanwhile."
    assert len(bot.rows(MandateRow)) == 1


def test_both_databases_tell_the_same(house: str) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, *PEOPLE)
        for name in ("Ben", "Cleo", "Dana"):
            seat(bot, name, "council", seats=3)
        seat(bot, "Ben", "auditor", seats=2)
        assert announced(bot, "/draw auditor from council without Cleo").splitlines()[1:3] == [
            "In the hat, of council: Dana.",
            "Left out by rule: serving already: Ben (until 21 Feb 2027); by whoever called the draw: Cleo.",
        ]
        bot.taps("Dana", "Shake the hat")
        bot.taps("Dana", "Accept")
        assert announced(bot, "/draw auditor").startswith("Nobody can hold more seats than the role has. auditor has 2 seats")
