"""When a decision was published: once the last of the group's rooms has been told, and late after 24 hours."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat.adapter import OutcomeUnknown, TryLater
from bot.chat.message import Link, plain
from bot.chat.refs import ChatRef
from bot.commons import publication
from bot.commons.publication import Published, Share
from tests.support.moot import START, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

GARDEN = ChatRef("matrix", "!garden")
HOUR = timedelta(hours=1)


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """One group in two rooms."""
    with closing(Moot(either_house, platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        enrol(made, "Anna", "Ben")
        made.says("Mia", "/join", GARDEN)
        made.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        yield made


def decided(bot: Moot, text: str = "We buy a dishwasher") -> None:
    bot.says("Anna", f"/propose {text} quorum 1")
    bot.taps("Ben", "Consent")
    bot.says("Anna", "/close")


def made(bot: Moot, since: float = -1, until: float = 1000) -> list[Published]:
    with bot.database.transaction() as db:
        return publication.between(db, 1, START + since * HOUR, START + until * HOUR)


def late(bot: Moot, since: float, until: float) -> list[int]:
    with bot.database.transaction() as db:
        return [each.place for each in publication.late(db, 1, START + since * HOUR, START + until * HOUR)]


def share(bot: Moot) -> Share:
    with bot.database.transaction() as db:
        return publication.share(db, 1, bot.clock.now())


def garden_is_out_of_reach(bot: Moot, out: bool = True) -> None:
    bot.platforms[1].fail = lambda _: TryLater(60) if out else None


def test_what_every_room_was_told_is_published_at_once(bot: Moot) -> None:
    decided(bot)
    assert made(bot) == [Published(1, START, START)]
    assert share(bot) == Share(1, 1)


def test_it_is_published_when_the_last_room_has_been_told(bot: Moot) -> None:
    garden_is_out_of_reach(bot)
    decided(bot)
    assert made(bot) == [Published(1, START, None)]
    assert share(bot) == Share(0, 0), "its 24 hours are not over"
    garden_is_out_of_reach(bot, False)
    bot.later(hours=23)
    assert made(bot) == [Published(1, START, START + 23 * HOUR)]
    assert (late(bot, 0, 48), share(bot)) == ([], Share(1, 1))


def test_one_that_came_later_than_24_hours_is_late_exactly_once(bot: Moot) -> None:
    decided(bot)
    garden_is_out_of_reach(bot)
    decided(bot, "We buy two")
    bot.later(hours=30)
    assert [late(bot, 0, 23), late(bot, 23, 24), late(bot, 24, 30)] == [[], [2], []]
    garden_is_out_of_reach(bot, False)
    bot.later(hours=1)
    assert [late(bot, 0, 23), late(bot, 23, 24), late(bot, 24, 31)] == [[], [2], []]
    assert share(bot) == Share(1, 2)
    assert made(bot)[1].at == START + 31 * HOUR


def test_what_may_not_have_arrived_is_told_again_by_the_digest(bot: Moot) -> None:
    """Telegram does not say whether it arrived, twice: that is not known, until the next digest stands there."""
    bot.says("Anna", "/settings digest daily 18")
    bot.platforms[0].fail = lambda delivery: OutcomeUnknown(False) if "✅ D-1" in plain(delivery.message) else None
    decided(bot)
    bot.later(minutes=5)
    place = bot.entries()[-1].place
    assert made(bot)[-1] == Published(place, START, None, unknown=True)
    bot.says("Anna", "/decision 1")
    assert "Whether it reached all rooms is not known: a platform has not said." in bot.last().text
    bot.platforms[0].fail = lambda _: None
    bot.later(hours=5, minutes=55)
    assert bot.seen("📰").text.splitlines()[1:3] == ["Decided", "• D-1 is adopted: We buy a dishwasher"]
    assert made(bot)[-1] == Published(place, START, START + 6 * HOUR)
    bot.says("Anna", "/decision 1")
    links = [span.url for block in bot.last().message.blocks for span in block.spans if isinstance(span, Link)]
    assert links == [f"https://telegram.example/{bot.group.id}/{bot.seen('📰').id}"]


def test_a_room_that_does_not_hear_the_bot_any_more_does_not_count(bot: Moot) -> None:
    bot.platforms[1].closed.add("!garden")
    decided(bot)
    assert made(bot) == [Published(1, START, START)]


def test_all_that_the_group_is_told_of_is_noted(bot: Moot) -> None:
    bot.says("Anna", "/settings zone Europe/Berlin")
    bot.says("Anna", "/poll Where? | Garden | Roof")
    bot.taps("Ben", "Roof")
    bot.says("Anna", "/close")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    bot.says("Anna", "/role note-taker term 1 month")
    bot.says("Anna", "/circle kitchen Anna, Ben")
    places = [each.place for each in made(bot) if each.at == START]
    assert places == [entry.place for entry in bot.entries() if '"kind":"draw accepted"' not in entry.public]
    assert len(places) == 5


def test_a_result_says_where_it_stands(bot: Moot) -> None:
    decided(bot)
    with bot.database.transaction() as db:
        copies = [(copy.chat.ref, copy.message_id) for copy in publication.copies(db, 1, 1)]
    assert copies == [(bot.group.id, bot.seen("✅ D-1").id), (GARDEN.id, bot.room_of(GARDEN)[-2].id)]
