"""A Telegram room and a Matrix room become one group, and part again."""

from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from models import GroupRow, MemberRow, RoomLinkRow
from tests.support.linking import MATRIX, bring, code, in_garden, in_matrix, join, two_rooms
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    return two_rooms(moot)


def test_announced_in_both_rooms_and_in_force_after_an_hour(bot: Moot) -> None:
    bring(bot, code(bot))
    for text in (bot.seen("🔗").text, in_matrix(bot, "🔗")):
        assert "Mia asks that Garden (Matrix) joins the group of The moot (Telegram)." in text
        assert "It comes about at 21 Nov 2026 13:05 UTC" in text
    bot.later(minutes=59)
    assert bot.row(RoomLinkRow).state == "announced"
    bot.later(minutes=1)
    assert bot.seen("🔗 Garden").text.endswith("Garden (Matrix) and The moot (Telegram) are one group now.")
    assert in_matrix(bot, "🔗 Garden").endswith("are one group now.")
    assert not any("Object" in standing.labels for standing in bot.room + bot.room_of(MATRIX))
    bot.says("Ben", "/who")
    assert "4 names: Anna, Ben, Mia, and Noa" in bot.last().text


def test_they_bring_the_time_they_have_been_there(bot: Moot) -> None:
    join(bot)
    joined = {row.joined_at for row in bot.rows(MemberRow, group_id=1)}
    assert {row.joined_at for row in bot.rows(MemberRow, group_id=2)} <= joined
    assert len(bot.rows(MemberRow, group_id=1)) == 4


def test_one_round_in_both_rooms_with_one_tally_and_one_result(bot: Moot) -> None:
    join(bot)
    in_garden(bot, "Mia", "/propose We buy a dishwasher for 1 day")
    bot.taps("Anna", "Consent")
    bot.taps("Noa", "Stand aside", chat=MATRIX)
    bot.settle()
    for board in (bot.seen("📜").text, in_matrix(bot, "📜")):
        assert "Spoken: 2 of 4" in board
        assert "✅ Consent, 1: Anna" in board
    bot.later(days=2)
    assert sum(text.startswith("✅ D-1 is adopted") for text in bot.shows() + bot.shows(MATRIX)) == 2


@pytest.mark.parametrize("where", [None, MATRIX])
def test_one_objection_from_either_room_stops_it(bot: Moot, where: ChatRef | None) -> None:
    bring(bot, code(bot))
    name = "Noa" if where else "Ben"
    ack = bot.presses(name, bot.button("Object", chat=where), where, chat_title="Garden" if where else "The moot")
    assert ack is not None
    assert ack.text == "Noted: the rooms stay apart."
    bot.settle()
    assert f"{name} objected, so the rooms stay apart." in bot.seen("🔗 Garden").text
    assert f"{name} objected, so the rooms stay apart." in in_matrix(bot, "🔗 Two")
    bot.later(hours=2)
    assert bot.row(RoomLinkRow).state == "stopped"
    assert len(bot.rows(MemberRow, group_id=1)) == 2


def test_who_is_in_no_hat_cannot_object_and_too_late_is_too_late(bot: Moot) -> None:
    bring(bot, code(bot))
    data = bot.button("Object")
    refused = bot.presses("Stranger", data)
    bot.later(hours=1)
    late = bot.presses("Ben", data)
    assert refused is not None
    assert refused.text.startswith("Those in the hat may object.")
    assert late is not None
    assert late.refused
    assert bot.row(RoomLinkRow).state == "held"


def test_buttons_from_elsewhere_and_forged_ones_change_nothing(bot: Moot) -> None:
    bring(bot, code(bot))
    data = bot.button("Object")
    bot.says("Eve", "/join", ChatRef("telegram", "-9"))
    for forged, chat in ((data, ChatRef("telegram", "-9")), ("link.object:99", None), ("link.object", None)):
        ack = bot.presses("Eve", forged, chat)
        assert ack is not None
        assert ack.refused
    assert bot.row(RoomLinkRow).state == "announced"


def test_rooms_that_are_not_free(bot: Moot) -> None:
    own = code(bot, MATRIX, "Mia")
    ack = bring(bot, own)
    assert ack is not None
    assert ack.text.startswith("Both rooms belong to one group already.")
    first, second, third = code(bot), code(bot), code(bot)
    bring(bot, first)
    pending = bring(bot, second)
    bot.later(hours=1)
    assert pending is not None
    assert pending.text.startswith("Another link of one of these rooms is announced.")
    joined = bring(bot, code(bot, ChatRef("telegram", "-9"), "Eve"))
    assert joined is not None
    assert joined.text == "This room has joined another group. Say !unlink first."
    host = bot.says("Anna", f"/link {code(bot, ChatRef('telegram', '-9'), 'Eve')}")
    assert host is not None
    assert host.text.startswith("Other rooms belong to this one's group.")
    assert third


def test_what_is_open_in_the_room_that_joins_comes_first(bot: Moot) -> None:
    in_garden(bot, "Mia", "/poll Lunch? | Soup | Salad")
    bring(bot, code(bot))
    bot.later(hours=1)
    assert "It waits until D-1 is over in Garden (Matrix)." in bot.seen("🔗 Two").text
    in_garden(bot, "Mia", "/close")
    bot.later(seconds=30)
    assert bot.row(RoomLinkRow).state == "held"
    assert "one group now" in in_matrix(bot, "🔗 Two")


def test_unlink_takes_the_room_back_with_those_who_came_by_it(bot: Moot) -> None:
    join(bot)
    in_garden(bot, "Olga", "/join")
    in_garden(bot, "Mia", "/leave")
    in_garden(bot, "Noa", "/unlink")
    assert bot.last().text.endswith("Garden (Matrix) and The moot (Telegram) are two groups again.")
    assert bot.last(MATRIX).text == bot.last().text
    bot.says("Anna", "/who")
    assert bot.last().text.endswith("2 names: Anna and Ben.")
    in_garden(bot, "Noa", "/who")
    assert bot.last(MATRIX).text.endswith("2 names: Noa and Olga.")
    assert [row.group_id for row in bot.entries()] == [1, 1, 2, 2]


def test_unlink_before_it_holds_and_where_there_is_nothing_to_part(bot: Moot) -> None:
    bring(bot, code(bot))
    ack = bot.says("Anna", "/unlink")
    assert ack is not None
    assert ack.text.startswith("This room has joined no other group.")
    in_garden(bot, "Mia", "/unlink")
    bot.later(hours=2)
    assert bot.row(RoomLinkRow).state == "undone"


def test_each_room_keeps_its_language(bot: Moot) -> None:
    in_garden(bot, "Mia", "/settings language es")
    join(bot)
    bot.says("Anna", "/who")
    assert bot.last().text.startswith("In the hat")
    in_garden(bot, "Mia", "/who")
    assert bot.last(MATRIX).text.startswith("En el sombrero")
    in_garden(bot, "Mia", "/settings language en")
    in_garden(bot, "Mia", "/who")
    assert bot.last(MATRIX).text.startswith("In the hat")
    in_garden(bot, "Mia", "/unlink")
    assert {row.id: row.language for row in bot.rows(GroupRow)} == {1: "en", 2: "es"}


def test_reviews_and_recurring_polls_rest_while_the_room_is_elsewhere(bot: Moot) -> None:
    in_garden(bot, "Mia", "/propose We buy a dishwasher for 1 hour quorum 1 review in 2 days")
    bot.taps("Mia", "Consent", chat=MATRIX)
    bot.later(hours=2)
    in_garden(bot, "Mia", "/poll Lunch? | Soup | Salad\nevery day 9:00")
    join(bot)
    before = len(bot.shows(MATRIX))
    bot.later(days=5)
    assert len(bot.shows(MATRIX)) == before
    in_garden(bot, "Mia", "/unlink")
    bot.later(days=1)
    assert any(text.startswith("📊") for text in bot.shows(MATRIX)[before:])
    assert any("D-1" in text for text in bot.shows(MATRIX)[before:])


def test_a_room_that_the_bot_has_left_joins_nothing(bot: Moot) -> None:
    bring(bot, code(bot))
    bot.change("UPDATE chats SET state = 'closed' WHERE platform = 'matrix'")
    bot.later(hours=1)
    assert bot.row(RoomLinkRow).state == "lapsed"
    assert "It did not come about" in bot.seen("🔗 Garden").text


def test_an_hour_that_ends_while_presses_may_be_lost_begins_anew(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    enrol(bot, "Anna", "Ben")
    in_garden(bot, "Mia", "/join")
    bring(bot, code(bot))
    bot.restart(hours=2)
    assert bot.row(RoomLinkRow).state == "announced"
    bot.taps("Ben", "Object")
    assert bot.row(RoomLinkRow).state == "stopped"


def test_who_leaves_the_other_room_stays_in_the_hat(bot: Moot) -> None:
    join(bot)
    bot.walks_out("Anna", MATRIX)
    bot.says("Ben", "/who")
    assert "4 names" in bot.last().text
    bot.walks_out("Anna")
    bot.says("Ben", "/who")
    assert "3 names" in bot.last().text


def test_many_that_are_open_are_not_all_named(bot: Moot) -> None:
    for n in range(10):
        in_garden(bot, "Mia", f"/poll Question {n}? | Yes | No")
    bring(bot, code(bot))
    bot.later(hours=1)
    assert "It waits until D-1, D-2, D-3, D-4, D-5, D-6, D-7, D-8, … is over" in bot.seen("🔗 Two").text


def test_both_databases_tell_the_same_story(sqlite_house: str, postgres_house: str) -> None:
    told = []
    for url in (sqlite_house, postgres_house):
        with closing(Moot(url, platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])) as bot:
            enrol(bot, "Anna", "Ben")
            in_garden(bot, "Mia", "/join")
            join(bot)
            in_garden(bot, "Mia", "/propose We buy a dishwasher for 1 day")
            bot.taps("Anna", "Consent")
            in_garden(bot, "Mia", "/unlink")
            told.append((bot.shows(), bot.shows(MATRIX), [row.public for row in bot.entries()]))
    assert told[0] == told[1]
    assert "This room has left the group that asked this" in str(told[0][1])
