"""Rooms that have topics, move, are lost and come back; and two rooms of one group."""

import pytest

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from bot.verifying.draw import check
from models import ChatRow, DrawRow, GroupRow, PromiseRow, TicketRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

NEW = ChatRef("telegram", "-1009")
MATRIX = ChatRef("matrix", "!room")


@pytest.fixture
def drawing(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    return bot


# topics


def test_everything_about_a_draw_stays_in_its_topic(bot: Moot) -> None:
    bot.says("Anna", "/join", thread="7")
    bot.says("Ben", "/join", thread="8")
    bot.says("Anna", "/draw facilitator", thread="7")
    bot.taps("Anna", "Draw now")
    bot.taps(bot.asked()[0], "Decline")
    bot.taps(bot.asked()[0], "Decline")
    assert [standing.thread for standing in bot.room] == ["7", "8", "7", "7", "7", "7"]
    bot.says("Ben", "/draw")
    assert bot.last().thread is None


def test_a_topic_that_is_gone_gives_way_to_the_general_one(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator", thread="7")
    bot.platforms[0].lost_threads.add("7")
    bot.taps("Anna", "Draw now")
    assert bot.last().text.startswith("The topic in which this belongs is closed or deleted, so I say it here.\n🎲")
    assert bot.last().thread is None
    assert [row.state for row in bot.rows(PromiseRow)] == ["sent"] * 4


# a chat that moves


def test_a_chat_that_moves_keeps_its_group_and_puts_its_boards_up_anew(drawing: Moot) -> None:
    drawing.says("Anna", "/start")
    drawing.hand(said.ChatMoved(drawing.origin("Anna"), NEW))
    (chat,) = drawing.rows(ChatRow)
    assert (chat.ref, chat.state) == (NEW.id, "open")
    assert len(drawing.rows(GroupRow)) == 1
    assert sorted(standing.text[:2] for standing in drawing.room_of(NEW)) == ["I ", "🎩 "]

    drawing.taps("Anna", "Shake the hat", chat=NEW)
    drawing.taps("Ben", "Shake the hat", chat=NEW)
    receipt_of(drawing, NEW)
    assert drawing.row(DrawRow).state == "drawn"


def receipt_of(bot: Moot, chat: ChatRef) -> None:
    bot.says("Anna", "/verify", chat)
    check(bot.last(chat).message.attachments[-1].content.decode())


def test_the_move_is_told_by_the_platform_while_sending(drawing: Moot) -> None:
    drawing.platforms[0].new_ids[drawing.group.id] = NEW.id
    drawing.taps("Anna", "Shake the hat")
    assert drawing.shows(NEW)[-1].startswith("🎩")
    assert "Shaken by, in this order: Anna." in drawing.shows(NEW)[-1]
    drawing.taps("Ben", "Shake the hat", chat=NEW)
    assert drawing.shows(NEW)[-1].startswith("🎲")
    assert drawing.shows(NEW).count(drawing.shows(NEW)[-1]) == 1


def test_the_move_is_heard_of_twice_and_from_both_sides(drawing: Moot) -> None:
    drawing.says("Ben", "/who", NEW)
    for _ in range(2):
        drawing.hand(said.ChatMoved(drawing.origin("Anna"), NEW))
    assert drawing.says("Anna", "/verify", NEW) is not None
    assert "D-1 has not been drawn yet" in drawing.last(NEW).text
    assert drawing.row(ChatRow, ref=NEW.id).group_id == drawing.row(DrawRow).group_id


def test_there_and_back_again(drawing: Moot) -> None:
    """Each time somebody speaks under the new id before the move is told."""
    here, there = drawing.group, NEW
    for _ in range(3):
        drawing.says("Ben", "/who", there)
        drawing.hand(said.ChatMoved(drawing.origin("Anna", here), there))
        here, there = there, here
    drawing.says("Anna", "/verify", here)
    assert "D-1 has not been drawn yet" in drawing.last(here).text


def test_message_ids_of_the_old_chat_mean_nothing_in_the_new(bot: Moot) -> None:
    """The new chat counts its messages from 1 again: nothing that stands there is overwritten or pressed by mistake."""
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    bot.taps(bot.asked()[0], "Accept")
    bot.says("Anna", "/draw note-taker")
    bot.hand(said.ChatMoved(bot.origin("Anna"), NEW))
    for text in ("/who", "/help", "/status", "/who", "/who"):
        bot.says("Anna", text, NEW)
    (board,) = [standing for standing in bot.room_of(NEW) if standing.labels]
    bot.says("Anna", "/settings language es", NEW)
    assert [standing.versions for standing in bot.room_of(NEW) if standing is not board] == [1] * 6
    assert all(standing.reply_to != "m5" for standing in bot.room_of(NEW))


# a room that is lost and comes back


def test_removed_the_bot_is_silent_and_added_again_it_says_what_is_true(drawing: Moot) -> None:
    drawing.hand(said.BotRemoved(drawing.origin("Mallory")))
    drawing.platforms[0].closed.add(drawing.group.id)
    assert drawing.row(ChatRow).state == "closed"
    tries = len(drawing.platforms[0].attempts)
    drawing.later(seconds=30)
    drawing.later(hours=1)
    assert drawing.row(DrawRow).state == "drawn"
    assert len(drawing.platforms[0].attempts) == tries, "it spoke in a room that it was removed from"

    drawing.platforms[0].closed.clear()
    drawing.hand(said.BotAdded(drawing.origin("Anna")))
    assert drawing.row(ChatRow).state == "open"
    assert "🎲" in [text[0] for text in drawing.shows()]
    drawing.taps(drawing.asked()[0], "Accept")
    assert drawing.row(TicketRow, answer="accepted").place == 1


def test_a_room_that_refuses_us_parks_its_lane(drawing: Moot) -> None:
    drawing.platforms[0].closed.add(drawing.group.id)
    tries = len(drawing.platforms[0].attempts)
    drawing.taps("Anna", "Draw now")
    for _ in range(5):
        drawing.later(minutes=10)
    assert len(drawing.platforms[0].attempts) == tries + 1
    drawing.platforms[0].closed.clear()
    drawing.says("Anna", "/who")
    assert drawing.last().text.startswith("In the hat")
    assert drawing.room[-2].text.startswith("🎲")


def test_being_removed_from_a_room_that_was_never_heard_of(bot: Moot) -> None:
    bot.hand(said.BotRemoved(bot.origin("Mallory")))
    bot.hand(said.ChatMoved(bot.origin("Mallory"), NEW))
    assert bot.rows(ChatRow) == []


# two rooms of one group


@pytest.fixture
def two_rooms(moot: MakeMoot) -> Moot:
    """One group in a Telegram and a Matrix room."""
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    enrol(bot, "Anna")
    bot.says("Mia", "/who", MATRIX)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    bot.says("Mia", "/join", MATRIX)
    return bot


def test_a_draw_stands_in_both_rooms_and_is_pressed_in_both(two_rooms: Moot) -> None:
    two_rooms.says("Anna", "/draw facilitator", thread="7")
    assert two_rooms.last().text == two_rooms.last(MATRIX).text
    assert (two_rooms.last().thread, two_rooms.last(MATRIX).thread) == ("7", None)
    two_rooms.taps("Anna", "Shake the hat")
    assert "Shaken by, in this order: Anna." in two_rooms.last(MATRIX).text
    two_rooms.taps("Mia", "Shake the hat", chat=MATRIX)
    assert "Check it: /verify D-1" in two_rooms.last().text
    assert "Check it: !verify D-1" in two_rooms.last(MATRIX).text
    receipt_of(two_rooms, MATRIX)
    receipt_of(two_rooms, two_rooms.group)


def test_a_result_waits_for_the_room_that_is_closed(two_rooms: Moot) -> None:
    two_rooms.says("Anna", "/draw facilitator")
    two_rooms.hand(said.BotRemoved(two_rooms.origin("Mia", MATRIX)))
    two_rooms.taps("Anna", "Draw now")
    assert two_rooms.last().text.startswith("🎲")
    assert two_rooms.last(MATRIX).text.startswith("🎩")
    two_rooms.hand(said.BotAdded(two_rooms.origin("Mia", MATRIX)))
    assert two_rooms.room_of(MATRIX)[-2].text.startswith("🎲")
