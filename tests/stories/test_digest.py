"""The digest: once a day what happened, from one entry to another, and what is about to close; nothing on a day with nothing."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.adapter import TryLater
from bot.chat.incoming import BotAdded, BotRemoved
from bot.chat.message import Link
from bot.chat.refs import ChatRef
from bot.commons import register
from models import GroupRow, PromiseRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, Standing

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")
DAILY = ("daily", 18)
LATE = "Took longer than a day to reach all rooms, as far as I know"


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None)], digest=DAILY)) as made:
        enrol(made, *PEOPLE)
        made.settle()
        yield made


def digests(bot: Moot, chat: ChatRef | None = None) -> list[Standing]:
    return [each for each in bot.room_of(chat or bot.group) if each.text.startswith(("📰 Digest", "📰 Resumen"))]


def links(said: Standing) -> list[str]:
    return [span.url for block in said.message.blocks for span in block.spans if isinstance(span, Link)]


def until(bot: Moot, at: datetime) -> None:
    bot.later(seconds=(at - bot.clock.now()).total_seconds())


def decide(bot: Moot, text: str) -> None:
    bot.says("Anna", f"/propose {text}")
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")


def test_a_day(bot: Moot) -> None:
    decide(bot, "We buy a dishwasher, review in 6 months")
    bot.says("Ben", "/propose We paint the stairs until Monday 9:00 quorum 3")
    bot.says("Cleo", "/poll Lunch? | Soup | Salad | until tomorrow 12:30")
    bot.taps("Dana", "Consent")
    until(bot, datetime(2026, 11, 21, 17, 59, tzinfo=UTC))
    assert digests(bot) == []
    bot.later(minutes=1)
    (said,) = digests(bot)
    assert said.text.splitlines()[:6] == [
        "📰 Digest, 21 Nov 2026",
        "Decided",
        "• D-1 is adopted: We buy a dishwasher",
        "Opened",
        "• D-2 We paint the stairs, until 23 Nov 2026 09:00 UTC; 2 more answers make the quorum",
        "• D-3 Lunch?, until 22 Nov 2026 12:30 UTC",
    ]
    with bot.database.transaction() as db:
        head = register.head(db, 1)
    assert f"number 1, its hash is {head}." in said.text
    assert said.labels == ["Open now"]
    boards = [each for each in bot.room if each.text.startswith(("✅ D-1", "📜 D-2", "📊 D-3")) and each.message.blocks]
    assert links(said) == [f"https://telegram.example/-100200300/{each.id}" for each in boards]


def test_what_closes_soon_is_told_once_more_and_then_nothing(bot: Moot) -> None:
    bot.says("Ben", "/propose We paint the stairs until Monday 9:00 quorum 1")
    bot.later(hours=6)
    bot.later(days=1)
    assert [each.text.splitlines()[1] for each in digests(bot)] == ["Opened", "Closing soon"]
    bot.later(days=1)
    assert "D-1 has no result" in digests(bot)[-1].text
    bot.later(days=5)
    assert len(digests(bot)) == 3


def test_nothing_on_a_day_with_nothing(bot: Moot) -> None:
    bot.later(days=3)
    assert digests(bot) == []


def test_days_offline_are_told_in_one_by_their_entries(bot: Moot) -> None:
    decide(bot, "One")
    bot.later(hours=6)
    decide(bot, "Two")
    bot.restart(days=4, hours=1)
    first, second = digests(bot)
    assert "D-1 is adopted" in first.text
    assert "D-2" not in first.text
    assert "D-2 is adopted" in second.text
    assert "D-1" not in second.text
    bot.restart(days=1)
    assert len(digests(bot)) == 2
    keys = [row.key for row in bot.rows(PromiseRow) if row.key.startswith("digest:")]
    assert [key.split(":")[2] for key in keys] == ["1-1", "2-2"]


def test_never_in_quiet_hours(bot: Moot) -> None:
    decide(bot, "One")
    bot.restart(hours=15)  # it is three in the morning
    assert digests(bot) == []
    until(bot, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    assert len(digests(bot)) == 1
    bot.says("Anna", "/settings digest daily 23")
    bot.later(hours=15)
    assert len(digests(bot)) == 1
    until(bot, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert "Anna changed a setting: digest" in digests(bot)[-1].text


def test_weekly_another_hour_and_off(bot: Moot) -> None:
    bot.says("Anna", "/settings digest weekly 9:00")
    assert "digest: weekly, on Mondays at 9:00, and not in quiet hours" in bot.last().text
    until(bot, datetime(2026, 11, 23, 8, 59, tzinfo=UTC))
    assert digests(bot) == []
    bot.later(minutes=1)
    assert len(digests(bot)) == 1
    bot.says("Anna", "/settings digest off")
    decide(bot, "One")
    bot.later(days=10)
    assert len(digests(bot)) == 1
    bot.says("Anna", "/settings digest daily")
    bot.later(days=1)
    assert "D-1" not in digests(bot)[-1].text
    for words in ("hourly", "daily 24", "daily soon", "weekly 9 Friday", "off 9 9"):
        bot.says("Anna", f"/settings digest {words}")
        assert bot.last().text.startswith("Write it like /settings digest daily 18")


def test_in_the_groups_zone_on_the_days_when_the_clocks_change(bot: Moot) -> None:
    """In Santiago midnight is skipped in spring; in Berlin 2:30 comes twice in autumn."""
    bot.says("Anna", "/settings quiet none")
    bot.says("Anna", "/settings zone America/Santiago")
    bot.says("Anna", "/settings digest daily 0")
    until(bot, datetime(2027, 9, 4, 12, 0, tzinfo=UTC))
    seen = len(digests(bot))
    decide(bot, "One")
    until(bot, datetime(2027, 9, 5, 3, 59, tzinfo=UTC))
    assert len(digests(bot)) == seen
    bot.later(minutes=2)
    assert len(digests(bot)) == seen + 1
    bot.says("Anna", "/settings zone Europe/Berlin")
    bot.says("Anna", "/settings digest daily 2")
    until(bot, datetime(2027, 10, 30, 12, 0, tzinfo=UTC))
    seen = len(digests(bot))
    for number in range(8):  # from two in the afternoon, through both hours from two to three
        bot.later(hours=3 if number < 4 else 1)
        bot.says("Anna", f"/settings round {number + 1} days")
    assert len(digests(bot)) == seen + 1


def test_one_digest_for_all_rooms_each_in_its_language(sqlite_house: str) -> None:
    platforms = [FakePlatform(keeps_taps_for=None), FakePlatform("matrix", keeps_taps_for=None)]
    with closing(Moot(sqlite_house, platforms, digest=DAILY)) as bot:
        there = ChatRef("matrix", "!room:example.org")
        enrol(bot, *PEOPLE)
        bot.says("Fay", "/join", there)
        bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats), language = 'es' WHERE platform = 'matrix'")
        bot.settle()
        decide(bot, "One")
        bot.later(hours=6)
        (here,), (yonder,) = digests(bot), digests(bot, there)
        assert "D-1 is adopted: One" in here.text
        assert "D-1 queda aprobada: One" in yonder.text
        assert here.text.split("its hash is ")[1][:64] == yonder.text.split("huella es ")[1][:64]


def test_a_long_day_is_folded(bot: Moot) -> None:
    for n in range(20):
        bot.says("Anna", f"/settings round {n + 1} days")
    bot.says("Anna", "/poll Lunch? | Soup | Salad | until tomorrow 12:30")
    bot.later(hours=6)
    (said,) = digests(bot)
    assert said.text.count("changed a setting") == 11
    assert "• 9 more, in the file" in said.text
    assert "Lunch?" in said.text
    (file,) = bot.last().message.attachments
    assert file.content.decode().count("changed a setting") == 20


def test_open_shows_all_that_is_open(bot: Moot) -> None:
    bot.says("Anna", "/open")
    assert bot.last().text == "Nothing is open at the moment."
    bot.says("Ben", "/propose We paint the stairs until Monday 9:00 quorum 3")
    bot.says("Cleo", "/poll Lunch? | Soup | Salad | until tomorrow 12:30")
    bot.says("Dana", "/council the kitchen for 6 weeks")
    bot.says("Eli", "/draw facilitator")
    bot.says("Anna", "/open")
    assert bot.last().text.splitlines() == [
        "📂 Open now, 4:",
        "• D-1 We paint the stairs, until 23 Nov 2026 09:00 UTC; 3 more answers make the quorum",
        "• D-2 Lunch?, until 22 Nov 2026 12:30 UTC",
        "• D-3 a council, the kitchen, until 2 Jan 2027 12:00 UTC",
        "• D-4 lots are drawn, facilitator, until 21 Nov 2026 12:00 UTC",
    ]


def test_the_button_below_a_digest_lists_it_once(bot: Moot) -> None:
    bot.says("Cleo", "/poll Lunch? | Soup | Salad | until Monday 12:30")
    bot.later(hours=6)
    (said,) = digests(bot)
    acks = [bot.taps(name, "Open now", said) for name in ("Anna", "Ben")]
    assert [ack.text for ack in acks if ack] == [
        "The list of what is open comes below.",
        "The list stands here already, a few messages up.",
    ]
    assert sum(text.startswith("📂 Open now") for text in bot.shows()) == 1
    bot.later(minutes=10)
    bot.taps("Anna", "Open now", said)
    assert sum(text.startswith("📂 Open now") for text in bot.shows()) == 2


def test_a_group_from_before_the_upgrade_is_not_told_its_history(bot: Moot) -> None:
    decide(bot, "One")
    bot.later(hours=6)
    with bot.database.transaction() as db:
        group = db.query(GroupRow).one()
        assert (group.digest_entry, group.digest_number) == (1, 1)
        assert group.digest_at == bot.clock.now() + timedelta(days=1)


def test_what_reached_a_room_late_is_named_once(sqlite_house: str) -> None:
    platforms = [FakePlatform(keeps_taps_for=None), FakePlatform("matrix", keeps_taps_for=None)]
    with closing(Moot(sqlite_house, platforms, digest=DAILY)) as bot:
        enrol(bot, *PEOPLE)
        bot.says("Fay", "/join", ChatRef("matrix", "!room:example.org"))
        bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        bot.settle()
        platforms[1].fail = lambda _: TryLater(3600)
        decide(bot, "One")
        bot.later(hours=6)
        for _ in range(4):
            bot.later(days=1)
        named = [
            each.text
            for each in digests(bot)
            if "Took longer than a day to reach all rooms, as far as I know\n• D-1 is adopted: One" in each.text
        ]
        assert len(named) == 1


def test_what_nobody_could_read_is_told_once_the_bot_is_back(bot: Moot) -> None:
    decide(bot, "One")
    bot.hand(BotRemoved(bot.origin("Anna")))
    bot.later(hours=6)
    bot.later(days=2)
    assert digests(bot) == []
    bot.hand(BotAdded(bot.origin("Anna")))
    bot.later(days=1)
    (told,) = digests(bot)
    assert "D-1 is adopted: One" in told.text
