"""The hat for one role: into it, out of it, and who is in for what."""

from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from models import HatRow, MemberRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like

MATRIX = ChatRef("matrix", "!room")


def told(bot: Moot, name: str, text: str) -> str:
    bot.says(name, text)
    return bot.last().text


def hats(bot: Moot) -> dict[str, bool]:
    return {f"{row.member_id} {row.role_key}": row.willing for row in bot.rows(HatRow)}


def test_in_the_hat_for_one_role_only(bot: Moot) -> None:
    assert told(bot, "Anna", "/join  Note-Taker").splitlines() == [
        "Anna is in the hat for Note-Taker, and for no other role. It holds 1 name.",
        "There is no role of this name yet; it begins with its first draw.",
    ]
    assert told(bot, "Anna", "/join note-taker").startswith("Anna, your name is in the hat for note-taker already.")
    assert told(bot, "Ben", "/who note-taker") == "In the hat for note-taker, 1 name: Anna."
    assert told(bot, "Ben", "/who") == "Nobody is in the hat for all roles.\n• note-taker: also Anna"
    assert told(bot, "Ben", "/who cook") == "The hat for cook is empty. /join cook puts your name in."


def test_one_role_after_the_other_and_then_all(bot: Moot) -> None:
    for role in ("note-taker", "cook"):
        bot.says("Anna", f"/join {role}")
    assert "Anna is in the hat for cook. It holds 1 name." in bot.last().text
    assert hats(bot) == {"1 note-taker": True, "1 cook": True}
    assert told(bot, "Anna", "/join") == "Anna is in the hat. It holds 1 name."
    assert hats(bot) == {}
    assert told(bot, "Anna", "/join all") == "Anna, your name is in the hat already."


def test_out_of_one_hat_and_still_in_all_others(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo")
    assert told(bot, "Ben", "/leave treasurer") == (
        "Ben's name is out of the hat for treasurer, and nothing else changes. It holds 2 names."
    )
    assert told(bot, "Ben", "/leave Treasurer") == ("Ben, your name is not in the hat for Treasurer. /join Treasurer puts it in.")
    bot.says("Dana", "/join treasurer")
    assert told(bot, "Anna", "/who") == "In the hat, 3 names: Anna, Ben, and Cleo.\n• treasurer: also Dana, not Ben"
    assert told(bot, "Anna", "/who treasurer") == "In the hat for treasurer, 3 names: Anna, Cleo, and Dana."
    assert "Ben is in the hat for treasurer." in told(bot, "Ben", "/join treasurer")
    assert hats(bot) == {"4 treasurer": True}


def test_out_of_the_last_hat_one_still_takes_part(bot: Moot) -> None:
    bot.says("Anna", "/join cook")
    bot.says("Anna", "/leave cook")
    assert told(bot, "Ben", "/who") == "Nobody is in the hat for all roles.\nTaking part, but in no hat: Anna."
    assert bot.row(MemberRow, id=1).left_at is None


def test_who_leaves_altogether_leaves_no_word_about_roles(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.says("Anna", "/leave cook")
    bot.says("Anna", "/leave")
    assert hats(bot) == {}
    assert told(bot, "Anna", "/leave cook") == "Anna, your name is not in the hat for cook. /join cook puts it in."
    bot.says("Ben", "/join cook")
    bot.walks_out("Ben")
    assert hats(bot) == {}


def test_the_button_puts_into_all_hats(bot: Moot) -> None:
    bot.says("Anna", "/start")
    bot.says("Ben", "/join cook")
    ack = bot.taps("Ben", "Count me in")
    assert ack is not None
    assert ack.text == "Your name is in the hat."
    assert told(bot, "Anna", "/who") == "In the hat, 1 name: Ben."


def test_who_rests_is_told_so(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/rest 1 week")
    bot.says("Anna", "/leave cook")
    assert "You are resting until 28 Nov 2026 12:00 UTC. /back ends your rest." in told(bot, "Anna", "/join cook")
    assert told(bot, "Ben", "/who cook") == "In the hat for cook, 2 names: Anna and Ben. 1 of them is resting."


@pytest.mark.parametrize("text", ["\u200b", "   ", "\u2066"])
def test_a_role_of_which_nothing_can_be_seen_is_none(bot: Moot, text: str) -> None:
    assert told(bot, "Anna", f"/join {text}") == "Anna is in the hat. It holds 1 name."


def test_a_role_that_is_too_long(bot: Moot) -> None:
    before = bot.dump()
    for command in ("join", "leave", "who"):
        assert told(bot, "Anna", f"/{command} {'x' * 65}") == "This name for a role is too long. Use at most 64 characters."
    assert bot.dump()["members"] == before["members"]


def test_one_person_with_two_accounts_is_in_the_hats_of_both(house: str) -> None:
    platforms = [FakePlatform(keeps_taps_for=None), matrix_like()]
    with closing(Moot(house, platforms=platforms)) as bot:
        enrol(bot, "Anna")
        bot.says("Ben", "/join cook")
        bot.says("Ben", "/join treasurer")
        bot.says("Ben", "/who", MATRIX)
        bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
        bot.says("Ben", "/join", MATRIX)
        bot.says("Ben", "/leave treasurer", MATRIX)
        bot.says("Ben", "/leave keeper", MATRIX)
        home, away = ChatRef("telegram", "alone"), ChatRef("matrix", "!alone")
        bot.says("Ben", "/link", home, kind="private", chat_title="")
        code = next(word for word in bot.last(home).text.split() if word[:4].isalnum() and word[4:5] == "-")
        bot.says("Ben", f"/link {code.strip('.,')}", away, kind="private", chat_title="")
        kept = next(member for member in bot.rows(MemberRow) if member.left_at is None and member.id != 1)
        assert kept.in_hat
        assert {row.role_key: row.willing for row in bot.rows(HatRow, member_id=kept.id)} == {"keeper": False}
