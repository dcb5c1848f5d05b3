"""Who is meant by a mention, a handle, a name or an answer; and what is said to words that name nobody, or several."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import incoming as said
from bot.chat.refs import ChatRef, PersonRef
from bot.commons import naming, roll
from bot.features import FEATURES
from bot.routing.feature import Call, Command, Feature, Manual
from models import MandateRow, MemberRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like

MATRIX, ME = ChatRef("matrix", "!room"), PersonRef("telegram", "77")
FOUND: list[tuple[str, str]] = []


def who(call: Call) -> None:
    member, rest = naming.named(call, call.text)
    FOUND.append((roll.ref_of(member).label, rest))


WHO = Feature("who is meant", (Command("whom", who, lambda v: Manual("", "")),))


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    FOUND.clear()
    platforms = [FakePlatform(keeps_taps_for=None), matrix_like()]
    with closing(Moot(either_house, platforms, features=(*FEATURES, WHO))) as made:
        enrol(made, "Anna", "Ben", "Anna Maria")
        yield made


def asks(bot: Moot, words: str, chat: ChatRef | None = None, **more: Any) -> tuple[str, str] | str:
    """Whom Ben names with these words, and what is left of them; or what is answered."""
    FOUND.clear()
    origin = bot.origin("Ben", chat)
    ack = bot.hand(said.CommandSent(origin, "whom", words, me=ME, **more))
    return FOUND[0] if FOUND else ack.text if ack else ""


NAMED = (
    ("Anna treasurer", ("tg:1001", "treasurer")),
    ("@Anna treasurer because of the keys", ("tg:1001", "treasurer because of the keys")),
    ("ANNA: treasurer", ("tg:1001", "treasurer")),
    ("“Anna Maria” treasurer", ("tg:1003", "treasurer")),
    ("anna  maria, note-taker\nfor good", ("tg:1003", "note-taker\nfor good")),
    ("treasurer @Ben now", ("tg:1002", "treasurer now")),
    ("Anna", ("tg:1001", "")),
)


def test_names(bot: Moot) -> None:
    assert [asks(bot, words) for words, _ in NAMED] == [expected for _, expected in NAMED]


def test_a_mention_says_who_is_meant_whatever_they_are_called(bot: Moot) -> None:
    anna = PersonRef("telegram", "1001")
    assert asks(bot, "the boss treasurer", mentions=(("the boss", anna),)) == ("tg:1001", "treasurer")
    assert asks(bot, "treasurer: the boss", mentions=(("the boss", anna),)) == ("tg:1001", "treasurer:")
    stranger = PersonRef("telegram", "4711")
    assert "I do not know this person yet" in asks(bot, "Anna", mentions=(("Anna", stranger),))
    assert "That is me" in asks(bot, "@folkmoot_bot treasurer", mentions=(("@folkmoot_bot", ME),))


def test_a_handle_goes_before_a_name(bot: Moot) -> None:
    bot.hand(said.CommandSent(bot.origin("Cleo", handle="anna"), "join"))
    assert asks(bot, "@anna treasurer") == ("tg:1004", "treasurer")
    assert asks(bot, "anna treasurer") == ("tg:1001", "treasurer")


def test_whose_message_is_answered(bot: Moot) -> None:
    by_anna = said.Quoted("m1", "I have the keys.", by=PersonRef("telegram", "1001"))
    assert asks(bot, "treasurer", quoted=by_anna) == ("tg:1001", "treasurer")
    assert asks(bot, "", quoted=by_anna) == ("tg:1001", "")
    assert asks(bot, "Ben treasurer", quoted=by_anna) == ("tg:1002", "treasurer")
    assert "called “treasurer”" in asks(bot, "treasurer", quoted=said.Quoted("m1", "", mine=True, by=ME))


def test_nobody(bot: Moot) -> None:
    assert "Whom do you mean?" in asks(bot, "")
    assert "I know nobody here called “Zora”." in asks(bot, "Zora treasurer")
    assert "called “@zora”" in asks(bot, "@zora treasurer")


def test_two_of_one_name_are_told_apart_and_can_be_named_so(bot: Moot) -> None:
    enrol(bot, "Ann")
    bot.change("UPDATE accounts SET name = 'Anna' WHERE ref = '1004'")
    answer = asks(bot, "Anna treasurer")
    assert "There are several: Anna (Telegram, 1001) and Anna (Telegram, 1004)." in answer
    assert asks(bot, "Anna (Telegram, 1004) treasurer") == ("tg:1004", "treasurer")
    bot.walks_out("Ann")
    assert asks(bot, "Anna treasurer") == ("tg:1001", "treasurer")
    bot.says("Anna", "/leave")
    assert "There are several" in asks(bot, "Anna treasurer")


def test_whoever_holds_a_mandate_can_be_named_after_leaving(bot: Moot) -> None:
    bot.says("Ben", "/draw treasurer")
    for name in ("Anna", "Ben", "Anna Maria"):
        bot.taps(name, "Shake the hat")
    bot.taps(bot.asked()[0], "Accept")
    member = bot.row(MemberRow, id=bot.row(MandateRow).member_id)
    holder = next(name for name, number in bot.people.items() if number == str(1000 + member.id))
    bot.walks_out(holder)
    assert asks(bot, f"{holder} treasurer") == (f"tg:{1000 + member.id}", "treasurer")


def test_by_either_account_of_one_person(bot: Moot) -> None:
    bot.says("Mia", "/join", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.change("UPDATE accounts SET person_id = 1, handle = 'mia:example.org' WHERE platform = 'matrix'")
    assert asks(bot, "Mia treasurer") == ("tg:1001", "treasurer")
    assert asks(bot, "@mia:example.org treasurer") == ("tg:1001", "treasurer")


NAMES = st.sampled_from(["Anna", "Anna Maria", "@Anna", "Ben", "(", "Z", "\u202e", "  "])


@given(st.lists(NAMES | st.text(max_size=8), max_size=6).map(" ".join))
def test_any_words_are_understood_or_not(words: str) -> None:
    everybody = naming.Known({"anna": {1}, "anna maria": {3}, "ben": {2}}, {"anna": {4}})
    found = naming.at_start(everybody, words)
    if found is not None:
        ids, rest = found
        assert ids in ({1}, {2}, {3}, {4})
        assert rest == rest.strip()
        assert words.rstrip().endswith(rest)
