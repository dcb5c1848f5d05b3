"""A recall that runs while the term turns over goes on about the next term, which the group had consented to before."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from models import MandateRow, RecallRow
from tests.support.moot import Moot
from tests.support.recalls import OTHERS, anna_serves, consenting, recall, supported
from tests.support.room import FakePlatform


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        yield made


def renewed(bot: Moot, *consents: str) -> None:
    """Early, the others consent to another term."""
    bot.later(days=1)
    bot.says("Anna", "/settings round 1 hour")
    bot.says("Ben", "/renew treasurer")
    for name in consents or OTHERS:
        bot.taps(name, "Consent")
    bot.later(hours=1, seconds=1)
    bot.says("Anna", "/settings round 2 days")


@pytest.mark.parametrize(
    ("last", "state", "ended_why", "down"),
    [("Consent", "adopted", "recalled", False), ("Object", "blocked", "", False), ("Consent", "adopted", "recalled", True)],
)
def test_a_recall_follows_into_the_next_term(bot: Moot, last: str, state: str, ended_why: str, down: bool) -> None:
    """A mandate that rests meanwhile rests on, and is not lost if the recall comes to nothing."""
    anna_serves(bot, term="4 days", notice=[])
    bot.says("Anna", "/settings recall-mandate rests")
    renewed(bot)
    bot.later(days=2)
    supported(bot)
    consenting(bot, *OTHERS[1:])
    bot.taps("Ben", last)
    if not down:
        bot.later(hours=23)
        before, after = bot.rows(MandateRow)
        assert (before.ended_why, after.state, after.way) == ("expired", "running", "renewal")
        assert (recall(bot).state, recall(bot).mandate_id) == ("deciding", after.id)
        assert after.suspended_at == before.suspended_at is not None
        bot.says("Cleo", "/recall Anna treasurer")
        assert len(bot.rows(RecallRow)) == 1
    bot.restart(days=2)
    after = bot.rows(MandateRow)[-1]
    assert (recall(bot).state, after.ended_why) == (state, ended_why)
    assert (after.state, after.suspended_at is None) == (("ended", False) if ended_why else ("running", True))


def test_one_that_looks_for_supporters_follows_as_well(bot: Moot) -> None:
    anna_serves(bot, term="4 days", notice=[])
    renewed(bot)
    supported(bot, "Cleo")
    bot.later(days=3)
    assert recall(bot).mandate_id == bot.row(MandateRow, state="running").id
    assert bot.taps("Dana", "Support") == said.Ack("You support it, and that is enough: the others are asked in D-3.")
    consenting(bot)
    bot.later(days=2)
    assert bot.rows(MandateRow)[1].ended_why == "recalled"
