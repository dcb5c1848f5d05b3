"""A term ends by itself, as of its date, and in one short message that thanks whoever served."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.mandates import store
from models import MandateRow, RoleRow
from tests.support.moot import START, MakeMoot, Moot, all_tap, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat, standing

DAY = timedelta(days=1)
THANKS = "🌿 Thank you, Anna. Your term as treasurer ended on {}."


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def thanks(bot: Moot) -> list[str]:
    return [text for text in bot.shows() if text.startswith("🌿")]


def test_a_term_ends_by_itself(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    bot.later(days=14, seconds=-1)
    assert standing(bot, mandate).state == "running"
    bot.later(seconds=1)
    ended = standing(bot, mandate)
    assert (ended.state, ended.ended_why, ended.ended_at) == ("ended", "expired", START + 14 * DAY)
    assert thanks(bot) == [f"{THANKS.format('5 Dec 2026')}\nThe seat is free. /draw treasurer fills it by lot."]
    assert bot.last().message.mentions[0].name == "Anna"
    assert [json.loads(entry.public)["kind"] for entry in bot.entries()][-1] == "mandate ends"


def test_a_term_that_ended_overnight_while_the_bot_was_down(bot: Moot) -> None:
    """As of its date, and one message, although both reminders fell into the night as well."""
    mandate = seat(bot, "Anna", term="5 days", notice=[3, 1])
    before = len(bot.room)
    bot.restart(days=9)
    bot.restart()
    bot.later(days=1)
    assert standing(bot, mandate).ended_at == START + 5 * DAY
    assert bot.shows()[before:] == thanks(bot)
    assert thanks(bot)[0].startswith(THANKS.format("26 Nov 2026"))


def test_whoever_came_after_is_named(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks")
    bot.later(days=10)
    seat(bot, "Ben")
    bot.later(days=4)
    assert thanks(bot) == [f"{THANKS.format('5 Dec 2026')}\nBen has the seat now."]


def test_a_colleague_is_no_successor(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks", seats=2)
    bot.later(days=1)
    seat(bot, "Ben")
    bot.later(days=13)
    assert thanks(bot)[0].endswith("The seat is free. /draw treasurer fills it by lot.")


def test_of_two_people_with_one_name_the_right_one_is_thanked(bot: Moot) -> None:
    bot.people["Anna "] = "2002"
    enrol(bot, "Anna ")
    seat(bot, "Anna", term="2 weeks")
    bot.later(days=14)
    (text,) = thanks(bot)
    assert text.startswith("🌿 Thank you, Anna (Telegram, 1001).")
    assert bot.last().message.mentions[0].person.id == "1001"


def test_many_that_end_at_once_are_told_in_one_message(bot: Moot) -> None:
    people = [f"P{n}" for n in range(25)]
    enrol(bot, *people)
    for person in people:
        seat(bot, person, "gardener", term="2 weeks", seats=25)
    seat(bot, "Anna", term="2 weeks")
    bot.later(days=14)
    (text,) = thanks(bot)
    lines = text.splitlines()
    assert lines[0] == "🌿 These terms are over. Thank you, all of you."
    assert lines[1] == "• P0: gardener, until 5 Dec 2026."
    assert lines[-2:] == ["• 6 more", "Free seats: gardener and treasurer. /draw fills them by lot."]
    assert {row.state for row in bot.rows(MandateRow)} == {"ended"}


def test_more_than_fit_into_one_transaction_all_end(bot: Moot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TOGETHER", 2)
    for name in ("Anna", "Ben", "Cleo"):
        seat(bot, name, seats=3, term="2 weeks")
    bot.later(days=14)
    assert {row.state for row in bot.rows(MandateRow)} == {"ended"}
    assert len(thanks(bot)) == 2


def test_all_rooms_hear_of_it_each_in_its_language(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks")
    bot.says("Anna", "/settings language español")
    bot.later(days=14)
    assert "🌿 Gracias, Anna. Tu mandato en treasurer terminó el 5 dic 2026." in bot.last().text


def test_a_kill_between_the_end_and_its_message(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks")
    bot.clock.advance(timedelta(days=14))
    bot.hear()
    bot.run(bot.app.sweeper.sweep())
    assert thanks(bot) == []
    bot.restart()
    bot.restart()
    assert len(thanks(bot)) == 1


def test_a_role_that_was_ended_meanwhile_is_not_offered(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks")
    bot.change("UPDATE roles SET state = 'ended'")
    bot.later(days=14)
    assert thanks(bot) == [THANKS.format("5 Dec 2026")]
    assert bot.row(RoleRow).state == "ended"


ZONES = {
    "Europe/Berlin": ("2027-03-20", "2027-10-20"),
    "America/New_York": ("2027-03-08", "2027-10-30"),
    "Australia/Sydney": ("2027-03-28", "2027-09-27"),
    "America/Santiago": ("2027-03-28", "2027-08-30"),
    "Asia/Beirut": ("2027-03-22", "2027-10-25"),
}


@pytest.mark.parametrize("zone", ZONES)
def test_across_a_change_of_clocks_a_term_ends_at_the_same_hour(moot: MakeMoot, zone: str) -> None:
    """Twice a year; the second time while the bot is away."""
    bot, wall = moot(), ZoneInfo(zone)
    enrol(bot, "Anna")
    bot.says("Anna", f"/settings zone {zone}")
    for away, day in enumerate(ZONES[zone]):
        begins = datetime.fromisoformat(f"{day}T21:30").replace(tzinfo=wall)
        bot.clock.at = begins.astimezone(UTC)
        mandate = seat(bot, "Anna", f"role {away}", term="2 weeks")
        ends = begins + 14 * DAY  # by what the clocks show
        assert ends.utcoffset() != begins.utcoffset()
        bot.clock.at = ends.astimezone(UTC) - timedelta(seconds=1)
        bot.settle()
        assert standing(bot, mandate).state == "running"
        bot.restart(days=away, seconds=1)
        assert standing(bot, mandate).ended_at == ends


@pytest.mark.parametrize(
    ("begins", "term", "ends"),
    [
        ("2028-02-29T12:00", "1 year", "2029-02-28T12:00"),
        ("2027-11-30T12:00", "3 months", "2028-02-29T12:00"),
        ("2028-02-28T12:00", "1 day", "2028-02-29T12:00"),
        ("2028-02-29T12:00", "1 month", "2028-03-29T12:00"),
        ("2028-01-31T12:00", "1 month", "2028-02-29T12:00"),
    ],
)
def test_leap_days(moot: MakeMoot, begins: str, term: str, ends: str) -> None:
    bot, over = moot(), datetime.fromisoformat(f"{ends}+00:00")
    bot.clock.at = datetime.fromisoformat(f"{begins}+00:00")
    mandate = seat(bot, "Anna", term=term, notice=[])
    bot.clock.at = over - timedelta(seconds=1)
    bot.settle()
    assert standing(bot, mandate).state == "running"
    bot.later(seconds=1)
    assert standing(bot, mandate).ended_at == over


# giving it back


def test_giving_it_back_ends_it_at_once(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    bot.later(days=2)
    bot.says("Anna", "/resign")
    ended = standing(bot, mandate)
    assert (ended.ended_why, ended.ended_at) == ("resigned", START + 2 * DAY)
    assert bot.last().text.splitlines() == [
        "🌿 Thank you, Anna, for your time as treasurer. You have given it back.",
        "The seat is free. /draw treasurer fills it by lot.",
    ]
    bot.later(days=20)
    assert len(thanks(bot)) == 1


def test_a_seat_that_was_drawn_goes_to_the_next_reserve(bot: Moot) -> None:
    bot.says("Anna", "/draw treasurer")
    all_tap(bot, ["Anna", "Ben", "Cleo"], "Shake the hat")
    bot.settle()
    holder = bot.asked()[0]
    bot.taps(holder, "Accept")
    bot.says(holder, "/resign treasurer")
    assert thanks(bot)[0].endswith("The next in the order of the draw is asked for the rest of the term.")
    assert bot.row(MandateRow, ended_why="resigned").vacancy == "open"


def test_whoever_has_several_says_which(bot: Moot) -> None:
    seat(bot, "Anna", "treasurer")
    mandate = seat(bot, "Anna", "note-taker of the house")
    ack = bot.says("Anna", "/resign")
    assert ack is not None
    assert ack.text.startswith("Which one do you mean? You serve as treasurer and note-taker of the house.")
    bot.says("Anna", "/resign Note-Taker of the House, please")
    assert standing(bot, mandate).state == "ended"


@pytest.mark.parametrize("text", ["/resign", "/resign treasurer", "/resign \u202e", "/resign " + "x" * 5_000])
def test_whoever_holds_nothing_gives_nothing_back(bot: Moot, text: str) -> None:
    mandate = seat(bot, "Anna")
    ack = bot.says("Ben", text)
    assert ack is not None
    assert ack.text == "You hold no mandate here at the moment."
    assert standing(bot, mandate).state == "running"
