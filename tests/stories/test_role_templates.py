"""Roles to start from: chosen by a button or in words, in the group's language, with a purpose, a term and a script."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.commons import permissions
from bot.features.roles import asking, limits
from bot.features.roles.templates import choosing, texts
from bot.language import LANGUAGES, Voice
from models import ProposalRow, RoleRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def roles(bot: Moot) -> set[str]:
    return {role.name for role in bot.rows(RoleRow) if role.defined}


def test_the_templates_are_listed(bot: Moot) -> None:
    bot.says("Anna", "/role templates")
    assert bot.last().text.splitlines()[1] == (
        "• facilitator: holding our meetings, so that everybody is heard and we end on time (1 month)"
    )
    assert bot.last().labels == [
        "facilitator",
        "note-taker",
        "treasurer with auditor",
        "timekeeper",
        "mediator",
        "care",
        "delegate",
        "bot moderator",
    ]


def test_one_is_chosen_and_can_be_drawn_for(bot: Moot) -> None:
    bot.says("Anna", "/role templates")
    ack = bot.taps("Ben", "care")
    assert ack is not None
    assert ack.text == "Made: care."
    assert bot.last().text.startswith("🧭 New role, by Ben: care\n• purpose: looking after how we are")
    assert "🌇" not in bot.last().text
    role = bot.row(RoleRow)
    assert (role.term, role.seats, role.most_terms, bool(role.sunset)) == ("3 months", 2, 1, True)
    ack = bot.taps("Ben", "care")
    assert ack is not None
    assert ack.text == "You have this role already: care. /help role says how to change it."
    bot.says("Anna", "/draw care")
    assert bot.last().text.startswith("🎩")


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("template care", {"care"}),
        ("Template Note-Taker", {"note-taker"}),
        ("templates treasurer", {"treasurer", "auditor"}),
        ("template treasurer with auditor", {"treasurer", "auditor"}),
        ("plantilla cuidados", {"care"}),
        ("template moderator", {"bot moderator"}),
    ],
)
def test_one_is_chosen_in_words(bot: Moot, words: str, made: set[str]) -> None:
    bot.says("Anna", f"/role {words}")
    assert roles(bot) == made


def test_in_a_spanish_group(bot: Moot) -> None:
    bot.says("Anna", "/settings language es")
    bot.says("Anna", "/role plantilla facilitación")
    role = bot.row(RoleRow)
    assert role.name == "facilitación"
    assert "reuniones" in role.purpose
    assert "• plazo: 1 mes" in bot.last().text
    bot.says("Anna", "/draw facilitación")
    bot.taps("Anna", bot.last().labels[1])
    asked = next(each for each in reversed(bot.room) if each.message.mentions).message.mentions[0].name
    bot.presses(asked, "lots.accept:1")
    bot.says("Anna" if asked == "Ben" else "Ben", "/propose Compramos un lavavajillas")
    bot.says(asked, "/close")
    assert bot.row(ProposalRow).state == "no quorum"


@pytest.mark.parametrize("about", ["", ":", ":auditor", ":nonsense", ":care:care", ":" + "x" * 40])
def test_a_forged_choice(bot: Moot, about: str) -> None:
    before = bot.dump()
    ack = bot.presses("Anna", f"role.template{about}")
    assert ack is not None
    assert ack.text.startswith("This button no longer does anything.")
    assert bot.dump() == before


def test_one_that_there_is_not(bot: Moot) -> None:
    bot.says("Anna", "/role template king")
    assert bot.last().text == "I have no such template. /role templates lists those that there are."
    assert roles(bot) == set()


def test_where_all_goes_by_consent_the_group_is_asked(bot: Moot) -> None:
    bot.says("Anna", "/settings roles consent")
    bot.says("Anna", "/role templates")
    ack = bot.taps("Anna", "treasurer with auditor")
    assert ack is not None
    assert ack.text == "The group is asked about it: treasurer and auditor."
    assert len([text for text in bot.shows() if text.startswith("📜")]) == 2
    assert roles(bot) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_within_the_limits_and_reads_as_a_role(language: str) -> None:
    voice, now = Voice(language), datetime(2026, 11, 21, tzinfo=UTC)
    for code, shape in choosing.SHAPES.items():
        words = texts.WORDS[code](voice)
        assert limits.name(words.name) == words.name
        assert limits.purpose(words.purpose) == words.purpose
        assert limits.sunset(words.sunset) == words.sunset
        assert limits.term(shape["term"], now) == shape["term"]
        assert not shape.get("cooling") or limits.cooling(shape["cooling"], now)
        assert shape.keys() <= limits.DEFAULTS.keys()
        assert asking.read(f"{words.name} seats 2", (), lambda _: False).name == words.name
    names = [texts.WORDS[code](voice).name for code in choosing.SHAPES]
    assert len(set(names)) == len(names)
    assert names[0] in permissions.FACILITATOR
