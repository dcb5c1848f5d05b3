"""Polls that are asked again and again: each time once, also after the bot was down."""

from datetime import UTC, datetime

import pytest

from models import PollRow, PollSeriesRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import matrix_like


@pytest.fixture
def people(moot: MakeMoot) -> Moot:
    """It is Saturday, 21 November 2026, 12:00; the platform keeps everything for a bot that is away."""
    made = moot(platforms=[matrix_like()])
    enrol(made, "Anna", "Ben")
    return made


def opened(bot: Moot) -> list[datetime]:
    return [row.opened_at for row in bot.rows(PollRow)]


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_each_working_day_has_its_poll(people: Moot) -> None:
    people.says("Anna", "/poll Who is here today? every weekday 9:00 for 2 hours")
    assert people.last().text.split("\n") == [
        "D-1: I will ask “Who is here today?” every weekday 9:00, first on 23 Nov 2026 09:00 UTC.",
        "!poll stop D-1 ends that.",
    ]
    people.later(hours=45)
    assert people.last().text.startswith("📊 D-2: Who is here today?\n")
    assert "Open until 23 Nov 2026 11:00 UTC. Asked every weekday 9:00; !poll stop D-2 ends that." in people.last().text
    people.taps("Ben", "Yes")
    people.later(hours=2)
    assert "Chosen: Yes." in people.last().text
    people.later(hours=22)
    assert opened(people) == [november(23, 9), november(24, 9)]


def test_after_downtime_it_is_asked_once_and_only_if_it_is_not_over(people: Moot) -> None:
    people.says("Anna", "/poll Who is here today? | Me | Not me | every day 9:00 | for 2 hours")
    people.restart(days=3)
    assert opened(people) == [], "that of 9:00 has ended at 11:00"
    people.later(hours=20)
    people.restart(days=2, hours=2)
    assert opened(people) == [november(27, 10)]
    people.settle()
    people.restart(minutes=1)
    assert len(opened(people)) == 1
    assert people.row(PollRow).closes_at.hour == 11


def test_it_goes_on_from_poll_to_poll_without_an_end_of_its_own(people: Moot) -> None:
    people.says("Anna", "/poll Mood? | Sun | Rain | every day 9:00")
    people.later(hours=21)
    people.later(days=1)
    first, second = people.rows(PollRow)
    assert (first.closes_at, first.state) == (second.opened_at, "closed")
    assert second.closes_at == november(24, 9)


def test_it_is_stopped_by_whoever_began_it(people: Moot) -> None:
    people.says("Anna", "/poll Mood? | Sun | Rain | every day 9:00")
    people.says("Ben", "/poll stop D-1")
    assert people.last().text.startswith("Only whoever asked D-1, or the facilitator, can do this.")
    people.later(hours=21)
    people.says("Anna", "/poll stop D-2")
    assert people.last().text == "D-2 will not be asked again by itself."
    people.later(days=2)
    assert len(people.rows(PollRow)) == 1
    assert people.row(PollSeriesRow).state == "stopped"
    people.says("Anna", "/poll stop D-1")
    assert people.last().text.startswith("D-1 is not asked again and again")


def test_an_empty_hat_skips_a_day(people: Moot) -> None:
    people.says("Anna", "/poll Mood? | Sun | Rain | every day 9:00")
    people.says("Anna", "/leave")
    people.says("Ben", "/leave")
    people.later(hours=21)
    assert opened(people) == []
    people.says("Ben", "/join")
    people.later(days=1)
    assert opened(people) == [november(23, 9)]


@pytest.mark.parametrize("ends", ["every day 9:00 | until tomorrow", "until tomorrow | for 3 days"])
def test_two_ends_are_refused(people: Moot, ends: str) -> None:
    people.says("Anna", f"/poll Mood? | Sun | Rain | {ends}")
    assert people.last().text.startswith("Give one end")
