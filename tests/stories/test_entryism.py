"""Many accounts that come at once, and what they can and cannot do to a group that was there before."""

from collections.abc import Sequence

import pytest

from models import ElectorateRow, TicketRow
from tests.support.moot import Moot, all_tap, enrol
from tests.support.seats import seat

OLD = ("Anna", "Ben", "Cleo", "Dana")
SOCKS = tuple(f"Sock {n}" for n in range(50))


@pytest.fixture
def grown(bot: Moot) -> Moot:
    """A group of four that has been there for a month."""
    enrol(bot, *OLD)
    bot.later(days=30)
    return bot


def accepted(answers: Sequence[object]) -> int:
    return sum(not getattr(answer, "refused", True) for answer in answers)


@pytest.mark.parametrize(("opening", "label"), [("/propose We sell the house", "Consent"), ("/poll Sell it? | Yes | No", "Yes")])
def test_fifty_accounts_that_join_and_vote_in_ten_minutes(grown: Moot, opening: str, label: str) -> None:
    grown.says("Anna", f"{opening} until in 2 days")
    enrol(grown, *SOCKS)
    grown.later(minutes=5)
    assert accepted(all_tap(grown, SOCKS, label)) == 0
    grown.says(SOCKS[0], f"{opening} until in 2 days")
    grown.later(minutes=5)
    assert accepted(all_tap(grown, SOCKS, label)) == 0
    assert [row.size for row in grown.rows(ElectorateRow)] == [4, 4]
    assert "50 of 54 on the roll had joined within a day. 50 are too new to take part." in "\n".join(grown.shows())
    assert accepted(all_tap(grown, OLD, label)) == 4


def test_nor_do_they_change_how_the_group_does_things_or_fill_its_hat(grown: Moot) -> None:
    enrol(grown, *SOCKS)
    for line in ("/settings tenure none", "/settings quorum 1", "/unlink", "/link"):
        ack = grown.says(SOCKS[0], line)
        assert ack is not None
        assert "You are new in the hat" in ack.text
    grown.says("Anna", "/draw treasurer")
    grown.settle()
    assert len(grown.rows(TicketRow)) == 4
    seat(grown, "Anna", "auditor")
    ack = grown.says(SOCKS[0], "/recall Anna auditor because we say so")
    assert ack is not None
    assert ack.refused


def test_a_day_later_they_are_members_like_all_others(grown: Moot) -> None:
    enrol(grown, *SOCKS)
    grown.later(days=1, minutes=1)
    grown.says("Anna", "/propose We buy a kettle until in 2 days")
    assert grown.rows(ElectorateRow)[-1].size == 54
    assert "had joined within a day" not in "\n".join(grown.shows())


def test_a_group_that_wants_everybody_at_once_is_told_what_came(grown: Moot) -> None:
    grown.says("Anna", "/settings tenure none")
    enrol(grown, *SOCKS[:9])
    grown.says("Anna", "/propose We buy a kettle until in 2 days")
    assert "9 of 13 on the roll had joined within a day." in "\n".join(grown.shows())
    assert "too new" not in "\n".join(grown.shows())
    assert grown.rows(ElectorateRow)[-1].size == 13


def test_in_a_young_group_everybody_takes_part_at_once(bot: Moot) -> None:
    enrol(bot, *OLD, *SOCKS[:20])
    bot.says("Anna", "/poll Where? | Here | There until in 2 days")
    assert bot.rows(ElectorateRow)[-1].size == 24
    assert "within a day" not in bot.last().text


def test_a_few_new_people_wait_for_nothing(grown: Moot) -> None:
    enrol(grown, *SOCKS[:4])
    grown.says("Anna", "/poll Where? | Here | There until in 2 days")
    assert grown.rows(ElectorateRow)[-1].size == 8


def test_a_groups_tenure_holds_in_polls_and_elections_as_well(grown: Moot) -> None:
    grown.says("Anna", "/settings tenure 2 weeks")
    enrol(grown, "Eli")
    for line in ("/poll Where? | Here | There until in 2 days", "/nominate cook"):
        grown.says("Anna", line)
        assert grown.rows(ElectorateRow)[-1].size == 4


def test_leaving_and_coming_back_does_not_make_anybody_older(grown: Moot) -> None:
    grown.says("Anna", "/settings tenure 1 week")
    grown.says("Ben", "/leave")
    grown.says("Ben", "/join")
    grown.says("Anna", "/poll Where? | Here | There until in 2 days")
    assert not grown.taps("Cleo", "Here").refused  # type: ignore[union-attr]
    assert grown.taps("Ben", "Here").refused  # type: ignore[union-attr]
