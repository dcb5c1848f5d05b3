"""A feature has the group decide something, and is told what became of it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.commons import roll
from bot.features import FEATURES
from bot.routing.feature import Call, Command, Feature, Manual
from bot.routing.house import Decided, House, Question
from models import ProposalRow
from tests.support.moot import Moot, enrol

TOLD: list[Decided] = []


def bake(call: Call) -> None:
    """Anna's bread, on which Anna has no say; decided by consent or as the words say."""
    anna = roll.known(call.db, call.group, call.event.origin, call.now)
    how = call.text or "consent"
    question = Question(call.group, call.chat, None, anna, "Anna bakes.", "bread.bake", 7, without=(anna,), method=how)
    call.house.ask(call.db, question, call.now, call.house)


def told(db: Session, decided: Decided, now: datetime, house: House) -> None:
    TOLD.append(decided)


BREAD = Feature("bread", (Command("bake", bake, lambda v: Manual("", "")),), outcomes={"bread.bake": told})


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    TOLD.clear()
    with closing(Moot(house, features=(*FEATURES, BREAD))) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Anna", "/settings round 2 minutes")
        made.says("Anna", "/bake")
        made.settle()
        yield made


def outcome() -> list[tuple[str, int, str]]:
    return [(decided.purpose, decided.subject_id, decided.result) for decided in TOLD]


def test_it_is_told_what_the_others_consented_to(bot: Moot) -> None:
    refused = bot.taps("Anna", "Consent")
    assert refused is not None
    assert refused.refused
    bot.taps("Ben", "Consent")
    bot.later(minutes=2)
    assert outcome() == [("bread.bake", 7, "adopted")]


def test_an_objection_blocks_it(bot: Moot) -> None:
    bot.taps("Ben", "Object")
    bot.later(minutes=2)
    assert outcome() == [("bread.bake", 7, "blocked")]


def test_whom_it_is_about_may_take_it_back_but_not_steer_it(bot: Moot) -> None:
    bot.taps("Ben", "Consent")
    before = bot.dump()
    bot.says("Anna", "/close")
    assert "so the others steer it" in bot.last().text
    bot.says("Ben", "/amend D-1 Anna bakes twice.")
    assert bot.dump()["rounds"] == before["rounds"]
    bot.says("Anna", "/withdraw")
    assert outcome() == [("bread.bake", 7, "withdrawn")]


def test_a_question_to_nobody_is_not_put(bot: Moot) -> None:
    for name in ("Ben", "Cleo"):
        bot.says(name, "/leave")
    bot.says("Anna", "/bake")
    assert [proposal.number for proposal in bot.rows(ProposalRow)] == [1]
