"""Settling into a room: the welcome, the settings, help, and what is said to nobody."""

import json
import re

import pytest

from bot.chat import incoming as said
from bot.chat.message import plain
from bot.chat.refs import ChatRef
from bot.commons import register
from models import ChatRow, GroupRow, PromiseRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

PRIVATE = ChatRef("telegram", "1001")


def told(bot: Moot, text: str) -> str:
    bot.says("Anna", text)
    return bot.last().text


def answers(bot: Moot, text: str) -> str:
    """An answer that may be longer than one message."""
    before = len(bot.room)
    bot.says("Anna", text)
    return "\n".join(bot.shows()[before:])


# welcome


def test_added_to_a_group_the_bot_says_who_it_is(bot: Moot) -> None:
    bot.hand(said.BotAdded(bot.origin("Anna")))
    assert bot.last().labels == ["Count me in"]
    assert len(bot.last().text.splitlines()) == 6
    assert "Telegram" in bot.last().text
    bot.taps("Ben", "Count me in")
    assert bot.last().text.endswith("In the hat: Ben.")


def test_the_welcome_says_who_can_read_it(moot: MakeMoot) -> None:
    bot = moot(platforms=[matrix_like()])
    bot.hand(said.BotAdded(bot.origin("Anna")))
    assert "this room's homeservers" in bot.last().text
    assert "!draw facilitator" in bot.last().text
    bot.hand(said.ChatEncrypted(bot.origin("Anna")))
    bot.says("Anna", "/start")
    assert "Reactions travel unencrypted" in bot.last().text
    assert bot.platforms[0].attempts[-1].encrypted
    assert not bot.platforms[0].attempts[0].encrypted


def test_alone_with_somebody_the_bot_says_where_it_works(bot: Moot) -> None:
    bot.says("Anna", "/start", PRIVATE, kind="private")
    assert bot.last(PRIVATE).text.startswith("I am Folkmoot. I live in group chats")
    for text in ("/join", "/leave", "/who", "/draw facilitator", "/verify", "/settings", "/settings zone Europe/Berlin"):
        ack = bot.says("Anna", text, PRIVATE, kind="private")
        assert ack is not None
        assert bot.last(PRIVATE).text == ack.text == "This works in a group. Add me to your group's chat and say it there."
    assert bot.rows(GroupRow) == []
    before = len(bot.shows(PRIVATE))
    bot.says("Anna", "/help", PRIVATE, kind="private")
    assert bot.shows(PRIVATE)[before].startswith("What you can say to me")
    bot.says("Anna", "/status", PRIVATE, kind="private")
    assert "health: all is well" in bot.last(PRIVATE).text


# settings


def test_the_settings_are_shown(bot: Moot) -> None:
    shown = told(bot, "/settings")
    assert "• language: English\n• zone: UTC\n• window: 30 seconds in which the hat goes round" in shown


CHANGES = {
    "zone europe/berlin": "zone: Europe/Berlin",
    "time zone Asia/Kolkata": "zone: Asia/Kolkata",
    "tz America/Argentina/Buenos Aires": "zone: America/Argentina/Buenos_Aires",
    "window 45s": "window: 45 seconds",
    "hat window 2 min": "window: 2 minutes",
    "WINDOW 1d": "window: 1 day",
    "window 5s": "window: 5 seconds",
    "language Español": "language: Español",
}


def test_a_change_is_told_and_kept(bot: Moot) -> None:
    for place, (change, line) in enumerate(CHANGES.items(), start=1):
        bot.says("Anna", f"/settings {change}")
        assert line.partition(": ")[2] in bot.last().text
        entry = bot.entries()[-1]
        facts = json.loads(entry.public)
        assert (facts["kind"], facts["place"], register.read(entry).personal) == ("settings", place, {"by": "tg:1001"})
        assert "tg:1001" not in entry.public
        bot.says("Anna", f"/settings {change}")
        assert len(bot.entries()) == place, "it was set that way already"
    assert told(bot, "/settings language en").startswith("Anna changed a setting of this group. It is now:")
    assert told(bot, "/settings language en") == "It is set that way already."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("colour blue", "I have no such setting."),
        ("time", "I have no such setting."),
        ("<b>", "I have no such setting."),
        ("zone", "I do not know this time zone."),
        ("zone Mars/Olympus", "I do not know this time zone."),
        ("zone ../../etc/passwd", "I do not know this time zone."),
        ("zone " + "x" * 4000, "I do not know this time zone."),
        ("window", "The window is between 5 seconds and a day."),
        ("window 4s", "The window is between 5 seconds and a day."),
        ("window 0m", "The window is between 5 seconds and a day."),
        ("window -1h", "The window is between 5 seconds and a day."),
        ("window 25h", "The window is between 5 seconds and a day."),
        ("window 2d", "The window is between 5 seconds and a day."),
        ("window PT1e9S", "The window is between 5 seconds and a day."),
        ("window 99999999 days", "The window is between 5 seconds and a day."),
        ("window NaN s", "The window is between 5 seconds and a day."),
        ("language", "I do not speak this language yet. I speak English and Español."),
        ("language tlh", "I do not speak this language yet. I speak English and Español."),
        ("language ../es", "I do not speak this language yet. I speak English and Español."),
    ],
)
def test_a_change_that_cannot_be(three_in: Moot, change: str, words: str) -> None:
    before = three_in.dump()
    assert told(three_in, f"/settings {change}").startswith(words)
    assert three_in.dump() == before


def test_all_rooms_of_the_group_are_told(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(), matrix_like()])
    other = ChatRef("matrix", "!room")
    enrol(bot, "Anna")
    bot.says("Ben", "/who", other)
    bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
    bot.says("Ben", "/join", other)
    bot.says("Ben", "/settings window 1h", other)
    assert bot.last().text == bot.last(other).text
    assert "window: 1 hour" in bot.last().text


def test_the_window_holds_for_the_next_draw(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.says("Anna", "/settings zone Asia/Kolkata")
    bot.says("Anna", "/settings window 10m")
    bot.says("Anna", "/draw facilitator")
    assert "I draw at 17:40:00" in bot.last().text


def test_a_room_in_spanish(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    board = bot.last()
    assert "Anna" in told(bot, "/settings language español")
    assert board.text.startswith("🎩 D-1: ")
    assert "Shake the hat" not in board.labels
    assert not set(board.text.split()) & {"the", "Pool", "Nobody"}
    bot.taps("Anna", board.labels[1], board)
    assert "will you serve" not in bot.last().text
    refusal = told(bot, "/draw")
    assert refusal.startswith("¿")
    told(bot, "/settings language en")
    assert told(bot, "/who").startswith("In the hat, 2 names")


# help, and what nobody answers


def test_help_lists_all_commands_and_explains_each(bot: Moot) -> None:
    overview = answers(bot, "/help")
    assert len(overview) < 1500, "a room full of people reads along"
    chapters = "".join(answers(bot, f"/help {word}") for word in re.findall(r"/help (\w+)", overview)[:-1])
    for name in bot.app.routes.commands:
        assert f"/{name}" in overview
        assert f"• /{name} " in chapters
        assert told(bot, f"/help {name}").startswith(f"/{name}")
        assert told(bot, f"/help /{name.upper()} please").startswith(f"/{name}")


def test_help_for_what_there_is_not(three_in: Moot) -> None:
    for asked in ("x", "draw@otherbot", "<b>", "\u202ewhose are you", "'", "/", "!"):
        expected = "What you can say to me" if asked in "/!" else "I know no command "
        assert answers(three_in, f"/help {asked}").startswith(expected)
        assert "\u202e" not in three_in.last().text
    assert told(three_in, "/help help help").startswith("/help [command]")


def test_an_unknown_command_is_answered_only_when_it_can_only_mean_this_bot(bot: Moot) -> None:
    assert bot.says("Anna", "/dance") is None
    assert bot.room == []
    ack = bot.says("Anna", "/dance", addressed=True)
    assert ack is not None
    assert bot.last().text == ack.text == "I do not know /dance. /help lists what I can do."
    bot.says("Anna", "/dance", PRIVATE, kind="private")
    assert bot.last(PRIVATE).text.startswith("I do not know /dance.")


def test_a_hostile_command_comes_back_tidied(bot: Moot) -> None:
    bot.says("Anna", "/\u202e<b>\0" + "x" * 4000, addressed=True)
    assert bot.last().text.startswith("I do not know /<b> " + "x" * 20)
    assert len(bot.last().text) < 120


@pytest.mark.parametrize("why", ["anonymous", "channel", "edited vote"])
def test_who_cannot_be_told_apart_is_refused_in_words(three_in: Moot, why: str) -> None:
    before = three_in.dump()
    ack = three_in.hand(said.Unsuitable(three_in.origin("Group"), why))  # type: ignore[arg-type]
    assert ack is not None
    assert three_in.last().text == ack.text
    assert three_in.dump() == before


@pytest.mark.parametrize(("commands", "ours"), [(("vote", "draw"), True), (("weather",), False), ((), True)])
def test_an_edit_is_spoken_of_only_if_it_was_meant_for_the_bot(three_in: Moot, commands: tuple[str, ...], ours: bool) -> None:
    """Another bot's command that was edited is no business of this one."""
    before = len(three_in.room)
    ack = three_in.hand(said.Unsuitable(three_in.origin("Anna"), "edited vote", commands))
    assert (ack is not None, len(three_in.room) - before) == (ours, int(ours))


def test_words_in_reply_to_the_bot_are_nobodys_business_yet(bot: Moot) -> None:
    enrol(bot, "Anna")
    before = len(bot.room)
    reply = said.Replied(bot.origin("Anna"), "well done", said.Quoted(bot.last().id, mine=True))
    assert bot.hand(reply) is None
    assert len(bot.room) == before


def test_an_uninvited_bot_founds_no_room(bot: Moot) -> None:
    assert bot.hand(said.InviteRefused(bot.origin("Mallory"))) is None
    assert bot.rows(ChatRow) == []


def test_status_tells_how_it_is_going(bot: Moot) -> None:
    assert told(bot, "/status") == (
        "Folkmoot test\n• health: all is well\n• rooms: 1\n• messages waiting to be sent: 0\n"
        "• events I could not handle: 0\n• last backup: none yet"
    )


def test_an_answer_is_promised_once_and_where_it_was_asked(bot: Moot) -> None:
    event = said.CommandSent(bot.origin("Anna", thread="7"), "who")
    for _ in range(3):
        bot.hand(event, ids=("update:1", "m:1"))
    assert len(bot.rows(PromiseRow)) == 1
    assert (bot.last().thread, bot.last().reply_to) == ("7", event.origin.message_id)
    assert plain(bot.last().message).startswith("The hat is empty")
