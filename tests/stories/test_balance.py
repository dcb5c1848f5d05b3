"""Once a month the room hears, without names, when the same few carry most."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.commons import mandates, roles
from bot.commons.mandates import Beginning
from bot.routing.house import House
from models import GroupRow, MandateRow, MemberRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")
SAID = "⚖️ Of 4 mandates that run now, one or two people carry 4."


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    return moot(platforms=[FakePlatform(keeps_taps_for=None)])


def carrying(bot: Moot, holders: Sequence[str], term: str = "1 year") -> None:
    """Five in the hat, and each of these has a role."""
    enrol(bot, *PEOPLE)
    bot.settle()
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        for n, name in enumerate(holders):
            role = roles.ensure(db, group, f"role {n}", bot.clock.now())
            role.term = term
            holder = db.get_one(MemberRow, 1 + PEOPLE.index(name))
            mandates.begin(db, group, role, holder, Beginning("draw", 1), bot.clock.now(), House("test", dice=bot.dice))


def said(bot: Moot) -> list[str]:
    return [text for text in bot.shows() if text.startswith("⚖️")]


def test_it_is_said_once_a_month_and_names_nobody(bot: Moot) -> None:
    carrying(bot, ["Anna", "Anna", "Anna", "Ben"])
    assert said(bot) == []
    bot.later(days=11)  # the group's day is the 2nd
    assert len(said(bot)) == 1
    assert said(bot)[0].startswith(SAID)
    assert "(/draw)" in said(bot)[0]
    assert not any(name in said(bot)[0] for name in PEOPLE)
    bot.later(days=29)
    assert len(said(bot)) == 1
    bot.later(days=2)
    assert len(said(bot)) == 2


def test_nothing_is_said_where_it_is_shared_or_switched_off(bot: Moot) -> None:
    carrying(bot, ["Anna", "Ben", "Cleo", "Dana"])
    bot.later(days=11)
    assert said(bot) == []
    bot.change("UPDATE mandates SET member_id = 1")
    bot.says("Ben", "/settings balance off")
    assert "balance: off, I do not say when the same few carry most" in bot.last().text
    bot.later(days=31)
    assert said(bot) == []
    bot.says("Ben", "/settings balance on")
    bot.later(days=31)
    assert len(said(bot)) == 1


def test_a_setting_that_cannot_be(bot: Moot) -> None:
    ack = bot.says("Anna", "/settings balance sometimes")
    assert ack is not None
    assert ack.text == "It can be one of these: on and off. Please name one."


def test_mandates_that_are_over_weigh_nothing(bot: Moot) -> None:
    carrying(bot, ["Anna", "Anna", "Anna", "Anna"], term="1 week")
    bot.later(days=11)
    assert said(bot) == []


def test_after_two_months_away_it_is_said_once_and_not_at_night(bot: Moot) -> None:
    carrying(bot, ["Anna", "Anna", "Ben", "Ben"])
    bot.restart(days=70, hours=14)  # two in the morning
    assert said(bot) == []
    bot.later(hours=6)
    assert len(said(bot)) == 1
    bot.later(hours=1)
    assert len(said(bot)) == 1
    assert bot.row(GroupRow).balance_at == datetime(2027, 2, 2, 10, 0, tzinfo=UTC)


def test_a_pool_that_rests_is_no_pool_to_share_with(bot: Moot) -> None:
    carrying(bot, ["Anna", "Anna", "Ben", "Ben"])
    for name in PEOPLE[2:]:
        bot.says(name, "/rest 3 weeks")
    bot.later(days=11)
    assert said(bot) == []


def test_both_databases_find_the_day(house: str) -> None:
    with closing(Moot(house)) as bot:
        carrying(bot, ["Anna", "Anna", "Anna", "Ben"])
        bot.later(days=11)
        assert len(said(bot)) == 1
        assert len(bot.rows(MandateRow)) == 4
