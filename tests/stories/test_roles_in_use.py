"""Roles that somebody serves in, or is about to: what is changed and ended there is announced, and told to whom it concerns."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from models import MandateRow, RoleRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo")
WHOLE = "/role facilitator term 2 weeks seats 1 pool all notice 3 days cooling 1 month most 2 answer 1 day for holding our meetings"


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    """Three on the roll, on a platform that keeps presses, so that days may pass between two words of a story."""
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


def serves(bot: Moot, role: str) -> str:
    """Lots are drawn, and whoever is asked accepts."""
    bot.says("Anna", f"/draw {role}")
    bot.taps("Anna", "Draw now")
    name = bot.asked()[0]
    bot.taps(name, "Accept")
    return name


def columns(bot: Moot, name: str = "facilitator") -> dict[str, object]:
    role = bot.row(RoleRow, key=name)
    return {column: getattr(role, column) for column in ("purpose", "term", "seats", "cooling", "most_terms", "notice", "state")}


def test_a_role_is_deleted_mid_term(bot: Moot) -> None:
    bot.says("Anna", WHOLE)
    name = serves(bot, "facilitator")
    bot.says("Ben", "/role facilitator end")
    assert f"It ends for its holders, too: {name} until 5 Dec 2026." in bot.last().text
    bot.later(days=1)
    assert bot.last().text.splitlines() == [
        "🧭 The role facilitator has ended (D-3)",
        f"The role ended mid-term: the mandate of {name}, which would have run until 5 Dec 2026, is over. Thank you, {name}.",
    ]
    mandate = bot.row(MandateRow)
    assert (mandate.state, mandate.ended_why, mandate.vacancy) == ("ended", "role ended", "")
    assert columns(bot)["state"] == "ended"
    bot.says("Ben", "/role facilitator end")
    assert bot.last().text.startswith("There is no role facilitator.")
    bot.says("Ben", "/role facilitator term 1 month")
    assert bot.last().text.startswith("🧭 D-4: Ben makes the role facilitator")
    bot.later(days=1)
    assert (columns(bot)["state"], columns(bot)["term"], columns(bot)["cooling"]) == ("open", "1 month", "1 month")


def test_a_seat_that_was_offered_goes_with_its_role(bot: Moot) -> None:
    bot.says("Anna", WHOLE.replace("answer 1 day", "answer 3 days"))
    bot.says("Anna", "/role facilitator end")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    name, result = bot.asked()[0], bot.seen("🎲")
    bot.later(hours=24)
    ack = bot.taps(name, "Accept", result)
    assert ack is not None
    assert ack.text == "The role facilitator has ended since these lots were drawn, so this seat is no longer there."
    assert bot.rows(MandateRow) == []
    bot.later(minutes=1)
    serves(bot, "facilitator")
    assert columns(bot)["state"] == "open", "lots that are called for anew make it anew"


def test_a_term_that_is_over_ends_as_of_its_date_though_its_role_ends(bot: Moot) -> None:
    bot.says("Anna", "/role cook term 1 day for lunch")
    serves(bot, "cook")
    bot.says("Anna", "/role cook end")
    bot.restart(days=2)
    mandate = bot.row(MandateRow)
    assert (mandate.state, mandate.ended_why, mandate.ended_at) == ("ended", "expired", mandate.ends_at)
    assert [text for text in bot.shows() if "mid-term" in text] == []


def test_somebody_who_is_about_to_be_named_is_named_for_what_the_role_was(bot: Moot) -> None:
    bot.says("Anna", "/mandate Ben treasurer for 3 months")
    bot.says("Anna", "/role treasurer term 2 years")
    assert bot.last().text.startswith("🧭 D-2: Anna makes the role treasurer")
    assert bot.last().labels == ["Object"]


def test_what_was_drawn_without_a_word_can_be_defined(bot: Moot) -> None:
    serves(bot, "note-taker")
    assert not bot.row(RoleRow).defined
    bot.says("Anna", "/role Note-Taker for keeping what we said")
    assert bot.last().text.startswith("🧭 D-2: Anna changes the role note-taker\n• purpose: not said yet → keeping what we said")
    bot.later(days=1)
    assert (bot.row(RoleRow).name, bot.row(RoleRow).defined) == ("note-taker", True)


def test_what_is_drawn_for_just_now_is_in_use(bot: Moot) -> None:
    """Nobody lengthens a term between the draw and the answer."""
    bot.says("Anna", "/draw cook")
    bot.says("Ben", "/role cook term 2 years")
    assert bot.last().labels == ["Object"]
