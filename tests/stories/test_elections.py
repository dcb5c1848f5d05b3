"""Elections without candidates: named in private, shown at once, changed in the open, put to consent, accepted."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.commons import register
from models import ElectionRow, GrantRow, MandateRow, NominationRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.voting import NAMED, PEOPLE, all_name, alone, asked, consents, names, refusal


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """On a platform that keeps presses, so that days may pass between two words of a story."""
    return opened(moot(platforms=[FakePlatform(keeps_taps_for=None)]))


@pytest.fixture
def on_either(house: str) -> Iterator[Moot]:
    """The same, on one database after the other."""
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        yield opened(made)


def opened(bot: Moot) -> Moot:
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/nominate facilitator for 3 months within 2 days")
    return bot


def board(bot: Moot) -> str:
    return bot.seen("🪶 D-1: nominations for facilitator").text


def state(bot: Moot) -> str:
    return bot.row(ElectionRow).state


def test_from_the_opening_to_the_mandate(on_either: Moot) -> None:
    bot = on_either
    first = bot.seen("🪶 D-1: who serves as facilitator?")
    assert first.labels == ["Nominate in private", "Show nominations"]
    assert "For 3 months." in first.text
    assert "Open until 23 Nov 2026 12:00 UTC, or until all have named somebody." in first.text
    assert "Nobody sees it before all is shown" in first.text
    assert names(bot, "Anna", "Ben because he listens").startswith("Noted in D-1: you name Ben: he listens")
    board_now = bot.seen("🪶 D-1").text
    assert "1 of 4 have named somebody: Anna." in board_now
    assert "listens" not in board_now
    for name in PEOPLE[1:]:
        names(bot, name, NAMED[name])
    assert bot.seen("🪶 D-1: who").labels == []
    for line in (
        "• Anna names Ben: he listens",
        "• Cleo names Ben: sabe",
        "• Ben names Cleo: she is calm",
        "• Dana names Dana: I have time",
    ):
        assert line in board(bot)
    assert "Named: Ben 2, Cleo 1, and Dana 1." in board(bot)
    assert bot.seen("🪶 D-1: nom").labels == ["Ben (2)", "Cleo (1)", "Dana (1)", "Change mine", "End without a choice"]
    bot.says("Dana", "/nominate D-1 Cleo because she is calmer still")
    assert bot.last().text == "Noted in D-1: Cleo, before Dana."
    assert "• Dana names Cleo, before Dana: she is calmer still" in board(bot)
    bot.taps("Anna", "Ben (2)")
    assert bot.seen("🪶 D-1: Anna puts Ben to the group as facilitator.").text.endswith("• Anna: he listens\n• Cleo: sabe")
    assert "> Ben serves as facilitator for 3 months.\n> The nominations and their reasons stand in D-1." in bot.seen("📜 D-2").text
    assert "D-2 asks the group whether Ben is to serve." in board(bot)
    assert refusal(bot.taps("Ben", "Consent"))
    consents(bot, "Anna", "Cleo")
    assert "The group agrees on Ben, whose answer is awaited." in board(bot)
    bot.taps("Ben", "Accept")
    mandate = bot.row(MandateRow)
    assert (mandate.way, mandate.state, mandate.ends_at - mandate.starts_at) == ("election", "running", timedelta(days=92))
    assert "Ben serves until 24 Feb 2027 12:00 UTC." in board(bot)
    assert bot.seen("🪶 D-1: nom").labels == []


def test_the_register_has_figures_and_keeps_what_is_personal_apart(bot: Moot) -> None:
    all_name(bot)
    bot.says("Dana", "/nominate D-1 Cleo because she is calmer still")
    bot.taps("Anna", "Ben (2)")
    consents(bot, "Anna", "Cleo")
    bot.taps("Ben", "Accept")
    entries = [(json.loads(each.public), each) for each in bot.entries()]
    kinds = {public["kind"]: (public["facts"], entry) for public, entry in entries}
    facts, entry = kinds["election"]
    assert (facts["election"], facts["state"], facts["nominations"], facts["changed"]) == ("D-1", "filled", 4, 1)
    assert (facts["named"], facts["decisions"], facts["electorate"]["size"]) == (2, ["D-2"], 4)
    assert ["tg:1004", "tg:1003", "tg:1004", "she is calmer still"] in register.read(entry).personal["nominations"]
    assert kinds["nominations"][0]["changed"] == 0
    for public, _ in entries:
        assert not any(words in json.dumps(public) for words in ("listens", "calm", "sabe", "tg:100"))


def test_naming_can_be_changed_and_is_counted_once_until_all_is_shown(bot: Moot) -> None:
    names(bot, "Anna", "Ben because he listens")
    assert "So far you name Ben: he listens" in asked(bot, "Anna")
    assert "you name Cleo: calm" in alone(bot, "Anna", "/nominate D-1 @Cleo because calm")
    assert "you name Dana: kind" in alone(bot, "Anna", "/nominate Dana: kind")
    assert "1 of 4 have named somebody: Anna." in bot.seen("🪶 D-1").text
    bot.later(days=2, seconds=1)
    assert "• Anna names Dana: kind" in board(bot)
    assert [row.before_id for row in bot.rows(NominationRow)] == [None]


def test_the_time_for_changes_ends_and_then_anybody_may_choose(bot: Moot) -> None:
    all_name(bot)
    assert "That is for whoever opened D-1" in refusal(bot.taps("Dana", "Cleo (1)"))
    bot.later(days=2, seconds=1)
    assert state(bot) == "choosing"
    assert "Anybody who takes part can press them." in board(bot)
    bot.says("Dana", "/nominate D-1 Cleo because")
    assert "D-1 has moved on." in bot.last().text
    bot.taps("Dana", "Cleo (1)")
    assert state(bot) == "asked"
    assert "D-1 waits for what comes of D-2" in refusal(bot.presses("Anna", "elections.choose:1:2"))


def test_changed_back_is_not_changed(bot: Moot) -> None:
    all_name(bot)
    bot.says("Anna", "/nominate D-1 Cleo because of the reasons")
    assert "changed" not in names(bot, "Anna", "Ben after all")
    assert "• Anna names Ben: after all" in board(bot)
    assert all(row.before_id is None for row in bot.rows(NominationRow))


def test_an_objection_lets_the_group_choose_another(on_either: Moot) -> None:
    bot = on_either
    all_name(bot)
    bot.taps("Anna", "Ben (2)")
    bot.taps("Dana", "Object")
    bot.later(days=3, seconds=1)
    assert "D-2 brought no agreement on Ben, so D-1 goes on." in bot.last().text
    assert "Ben was put to the group, and not agreed on." in board(bot)
    bot.taps("Dana", "Cleo (1)", bot.seen("🪶 D-1: nom"))
    consents(bot, "Anna", "Ben")
    bot.taps("Cleo", "Accept")
    assert state(bot) == "filled"
    assert [grant.state for grant in bot.rows(GrantRow)] == ["refused", "accepted"]


@pytest.mark.parametrize(
    ("answer", "words"), [("Decline", "Ben declined, so D-1 goes on."), (None, "Ben did not answer in time, so")]
)
def test_who_declines_or_is_silent_lets_the_group_choose_another(bot: Moot, answer: str | None, words: str) -> None:
    all_name(bot)
    bot.taps("Anna", "Ben (2)")
    consents(bot, "Anna", "Cleo")
    if answer:
        bot.taps("Ben", answer)
    bot.later(days=2, seconds=1)
    assert any(text.startswith(words) for text in bot.shows())
    assert state(bot) == "choosing"
    assert bot.rows(MandateRow) == []
    assert ("Ben (2)" in bot.seen("🪶 D-1: nom").labels) == (answer is None)
    if answer:
        assert "Ben has declined already." in refusal(bot.presses("Anna", "elections.choose:1:2"))


def test_nobody_moves_it_on(bot: Moot) -> None:
    all_name(bot)
    bot.later(days=2, seconds=1)
    bot.restart(days=15)
    assert state(bot) == "lapsed"
    assert sum("has waited for two weeks" in text for text in bot.shows()) == 1
    assert "Nobody has moved this on, so it has lapsed." in board(bot)
    bot.later(days=30)
    assert sum("has waited for two weeks" in text for text in bot.shows()) == 1


def test_nobody_is_named(bot: Moot) -> None:
    bot.restart(days=3)
    assert state(bot) == "nobody"
    assert "Nobody was named in time" in bot.seen("🪶 D-1").text
    assert bot.last().text == "Nobody was named in D-1, so it has ended. It can be opened again."
    bot.says("Ben", "/nominate facilitator")
    assert "For 3 months." in bot.seen("🪶 D-2").text


def test_shown_early_by_whoever_opened_it(bot: Moot) -> None:
    assert "there is nothing to show" in refusal(bot.taps("Anna", "Show nominations"))
    names(bot, "Ben", "Cleo because she is calm")
    assert "That is for whoever opened D-1" in refusal(bot.taps("Ben", "Show nominations"))
    bot.taps("Anna", "Show nominations")
    assert "• Ben names Cleo: she is calm" in board(bot)
    assert "All nominations are shown in the group now." in names(bot, "Dana", "Cleo, the same")
    assert "Named: Cleo 2." in board(bot)
    assert "has moved on" in refusal(bot.presses("Anna", "elections.show:1"))


def test_closed_and_withdrawn_by_command(bot: Moot) -> None:
    names(bot, "Ben", "Cleo because she is calm")
    bot.says("Ben", "/close D-1")
    assert "That is for whoever opened D-1" in bot.last().text
    bot.says("Anna", "/close D-1")
    assert state(bot) == "changing"
    bot.says("Anna", "/close")
    assert bot.last().text == "D-1 has ended without a choice."
    assert "This has ended without a choice." in board(bot)
    bot.says("Anna", "/nominate note-taker")
    names(bot, "Ben", "Cleo because she is calm", election=2)
    bot.says("Anna", "/withdraw D-2")
    assert bot.last().text == "Anna has withdrawn D-2."
    assert [row.election_id for row in bot.rows(NominationRow)] == [1]
    assert "calm" not in str(bot.entries()[-1].personal)
    assert "This was withdrawn." in bot.seen("🪶 D-2").text
