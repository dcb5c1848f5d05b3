"""After as many months as a group wants nobody is known by their answers any more, and every count is what it was."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.commons import exporting
from bot.verifying import chain, contents
from models import BallotRow, DeadLetterRow, MemberRow, StanceChangeRow, StanceRow
from tests.support.moot import Moot, enrol
from tests.support.oblivion import counts
from tests.support.room import FakePlatform


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def decide(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher")
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.says("Ben", "/concern it is loud")
    bot.says("Anna", "/poll Where do we meet? | The park | The mill")
    bot.taps("Anna", "The mill")
    bot.taps("Ben", "The park")
    bot.later(days=4)


def named(bot: Moot) -> set[int]:
    rolls = {member.id for member in bot.rows(MemberRow, left_at=None)}
    answers: list[StanceRow | BallotRow | StanceChangeRow] = [
        *bot.rows(StanceRow),
        *bot.rows(BallotRow),
        *bot.rows(StanceChangeRow),
    ]
    return rolls & {row.member_id for row in answers}


def test_names_go_and_counts_stay(bot: Moot) -> None:
    decide(bot)
    bot.says("Anna", "/settings retention 2 months")
    assert any("after 2 months names go" in words for words in bot.shows())
    before = counts(bot)
    bot.later(days=50)
    assert len(named(bot)) == 3
    decide(bot)
    bot.later(days=12)
    assert counts(bot)[0][: len(before[0])] == before[0]
    assert len(bot.rows(StanceRow, round_id=2)) == 3
    assert not named(bot) & {row.member_id for row in bot.rows(StanceRow, round_id=1)}
    assert not named(bot) & {row.member_id for row in bot.rows(BallotRow, poll_id=1)}
    bot.later(days=60)
    assert named(bot) == set()
    with bot.database.transaction() as db:
        lines = list(exporting.lines(db, 1))
    contents.check(chain.read(lines).entries)
    assert "it is loud" not in "".join(lines)


def test_off_is_the_default_and_only_months_are_taken(bot: Moot) -> None:
    decide(bot)
    refused = bot.says("Anna", "/settings retention 3 days")
    assert refused is not None
    assert "number of months" in refused.text
    bot.later(days=800)
    assert len(named(bot)) == 3


def test_a_dead_letter_is_kept_for_a_week(bot: Moot) -> None:
    bot.hear(type(bot.received(None))(("broken",), "{}", None, fault="KeyError"))
    bot.later(days=6)
    assert len(bot.rows(DeadLetterRow)) == 1
    bot.later(days=2)
    assert bot.rows(DeadLetterRow) == []
