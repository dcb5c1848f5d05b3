"""Recalls that cannot be, supporters who change, one person with two accounts, and peace after one that came to nothing."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef, PersonRef
from models import ElectorRow, MandateRow, ProposalRow, RecallRow, StanceRow, SupportRow
from tests.support.moot import Moot, enrol
from tests.support.recalls import OTHERS, anna_serves, board, consenting, mandate, recall, replies, supported, time_is_up
from tests.support.room import FakePlatform, matrix_like
from tests.support.seats import seat

MATRIX, HOME, AWAY = ChatRef("matrix", "!room"), ChatRef("telegram", "alone"), ChatRef("matrix", "!alone")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        yield made


def refused(bot: Moot, name: str, words: str, **more: Any) -> str:
    """The answer in the room; nothing else has changed."""
    before = bot.dump(), len(bot.room)
    command, _, rest = words[1:].partition(" ")
    ack = bot.hand(said.CommandSent(bot.origin(name), command, rest, **more))
    assert ack is not None
    assert (ack.refused, bot.dump(), len(bot.room)) == (True, before[0], before[1] + 1)
    return ack.text


MAKE_NO_RECALL = (
    ("Anna", "/recall Anna treasurer", "You can give your own mandate back at any time, without anybody else: /resign."),
    ("Ben", "/recall Cleo treasurer", "Cleo holds no mandate here at the moment, so there is none to end."),
    ("Ben", "/recall Anna cook", "Anna serves as treasurer. Say which one, such as /recall Anna treasurer."),
    ("Ben", "/recall Anna " + "x" * 4000, "Anna serves as treasurer. Say which one, such as /recall Anna treasurer."),
    ("Ben", "/recall Anna treasurer " + "x" * 1001, "That is too long: 1000 characters at most. Please say it shorter."),
    ("Ben", "/recall Zora treasurer", "I know nobody here called “Zora”."),
    ("Ben", "/recall @zora treasurer", "I know nobody here called “@zora”."),
    ("Ben", "/recall", "Whom do you mean?"),
    ("Ben", "/recall \u202e\u200b", "Whom do you mean?"),
    ("Gus", "/recall Anna treasurer", "This is for those who have joined."),
    ("Ben", "/answer I did nothing", "No recall of a mandate of yours is open, so there is nothing to answer."),
    ("Ben", "/settings recall by force", "It can be one of these: consent, majority, and secret majority."),
    ("Ben", "/settings recall-supporters 0", "Write a number from 1 to 1000"),
    ("Ben", "/settings recall-supporters -1", "Write a number from 1 to 1000"),
    ("Ben", "/settings recall-supporters ½", "Write a number from 1 to 1000"),
    ("Ben", "/settings recall-mandate never", "It can be one of these: stands and rests."),
)


def test_what_makes_no_recall(bot: Moot) -> None:
    anna_serves(bot)
    bot.says("Gus", "/join")
    bot.says("Gus", "/leave")
    for name, words, answer in MAKE_NO_RECALL:
        assert refused(bot, name, words).startswith(answer)


def test_the_bot_and_a_stranger_are_not_recalled(bot: Moot) -> None:
    anna_serves(bot)
    me = PersonRef("telegram", "77")
    assert refused(bot, "Ben", "/recall @folkmoot_bot treasurer", me=me, mentions=(("@folkmoot_bot", me),)).startswith("That is me")
    stranger = PersonRef("telegram", "4711")
    assert refused(bot, "Ben", "/recall the boss", mentions=(("the boss", stranger),)).startswith("I do not know this person yet.")


def test_of_two_of_one_name_the_one_who_is_meant(bot: Moot) -> None:
    anna_serves(bot, *OTHERS, "Ann")
    bot.change("UPDATE accounts SET name = 'Anna' WHERE ref = :ref", ref=bot.people["Ann"])
    assert refused(bot, "Ben", "/recall Anna treasurer").startswith(
        "There are several: Anna (Telegram, 1001) and Anna (Telegram, 1007)."
    )
    assert refused(bot, "Ben", "/recall Anna (Telegram, 1007) treasurer").startswith("Anna (Telegram, 1007) holds no mandate")
    bot.says("Ben", "/recall Anna (Telegram, 1001) treasurer")
    assert "the mandate of Anna (Telegram, 1001) as treasurer" in board(bot).text


def test_by_answering_a_message_of_theirs_without_naming_the_role(bot: Moot) -> None:
    anna_serves(bot)
    quoted = said.Quoted("m1", "The books are closed.", by=PersonRef("telegram", "1001"))
    bot.hand(said.CommandSent(bot.origin("Ben"), "recall", "because of this", quoted=quoted))
    assert "> this" in board(bot).text


def test_of_several_mandates_the_named_one(bot: Moot) -> None:
    anna_serves(bot)
    seat(bot, "Anna", "note taker")
    assert "Anna serves as treasurer and note taker." in refused(bot, "Ben", "/recall Anna")
    bot.says("Ben", "/recall Anna note taker: the minutes are late")
    assert "as note taker ends now." in board(bot).text
    assert "> the minutes are late" in board(bot).text


def test_support_is_for_those_who_were_there_and_for_the_others(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    bot.later(minutes=1)
    enrol(bot, "Gus")
    for name, words in (
        ("Anna", "D-1 is about your mandate, so the others speak."),
        ("Gus", "This is for those who had a say here when it was opened."),
        ("Hal", "This is for those who have joined."),
    ):
        ack = bot.presses(name, "recall.support:1")
        assert ack is not None
        assert ack.text.startswith(words)
    assert bot.taps("Cleo", "Support") == Ack("You support it already.")
    assert bot.taps("Cleo", "No longer support") == Ack("You do not support it any more.")
    again = bot.taps("Cleo", "No longer support")
    assert again is not None
    assert again.refused
    assert "Supported by 1 of the 3 that it takes: Ben." in board(bot).text


FORGED = ("recall.support", "recall.support:x", "recall.support:2", "recall.support:1:1", "recall.answer:99")


def test_forged_buttons(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    before = bot.dump()
    for ack in (*(bot.presses("Dana", data) for data in FORGED), bot.presses("Dana", "recall.support:1", MATRIX)):
        assert ack is not None
        assert ack.refused
    after = bot.dump()
    assert [after[table] == before[table] for table in ("recalls", "recall_supports", "entries")] == [True, True, True]


def test_a_supporter_who_leaves_supports_it_no_longer(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    bot.walks_out("Cleo")
    bot.taps("Dana", "Support")
    assert (recall(bot).state, "Supported by 2 of the 3" in board(bot).text) == ("gathering", True)
    bot.taps("Emil", "Support")
    assert recall(bot).state == "deciding"


def test_when_the_others_leave_those_who_are_left_are_enough(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    for name in ("Dana", "Emil", "Fay"):
        bot.walks_out(name)
    bot.later(days=7, seconds=1)
    assert recall(bot).state == "deciding"


def test_in_a_group_of_two_the_other_decides(bot: Moot) -> None:
    anna_serves(bot, "Ben")
    bot.says("Ben", "/recall Anna")
    assert recall(bot).state == "deciding"
    bot.taps("Ben", "Consent")
    time_is_up(bot)
    assert mandate(bot).ended_why == "recalled"


def test_a_tenth_of_many_or_as_many_as_the_group_wants(bot: Moot) -> None:
    anna_serves(bot, *(f"P{n}" for n in range(32)))
    bot.says("P1", "/recall Anna")
    assert recall(bot).needed == 4
    bot.says("P1", "/withdraw")
    bot.says("P2", "/settings recall-supporters 2")
    seat(bot, "P3", "cook")
    bot.says("P2", "/recall P3 cook")
    assert recall(bot).needed == 2


def test_the_last_two_supports_at_once_ask_once(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    data = bot.button("Support")
    acks = bot.at_once(*(said.ButtonTapped(bot.origin(name), data) for name in ("Dana", "Emil", "Dana")))
    assert [ack.refused for ack in acks if ack] == [False, True, True]
    assert len(bot.rows(ProposalRow)) == 1


def test_peace_after_one_that_came_to_nothing(bot: Moot) -> None:
    anna_serves(bot, *OTHERS, "Gus", "Hal")
    supported(bot, "Cleo")
    bot.later(days=7, seconds=1)
    words = refused(bot, "Ben", "/recall Anna treasurer")
    assert words.startswith("You had this asked in D-1, which came to nothing. You can open it again from 28 Dec 2026 12:00 UTC;")
    bot.says("Cleo", "/recall Anna treasurer")
    assert recall(bot).needed == 6
    bot.says("Cleo", "/withdraw")
    bot.says("Dana", "/recall Anna treasurer")
    assert recall(bot).needed == 7
    bot.says("Dana", "/withdraw")
    bot.later(days=31)
    bot.says("Ben", "/recall Anna treasurer")
    assert (recall(bot).needed, recall(bot).state) == (3, "gathering")


def test_in_secret_only_where_a_secret_can_be_kept(bot: Moot) -> None:
    anna_serves(bot, "Ben", "Cleo", "Dana", "Emil")
    bot.says("Ben", "/settings recall secret majority")
    assert "for which it takes 5 others, and there are 4." in refused(bot, "Ben", "/recall Anna")


def linked(bot: Moot, name: str) -> Ack | None:
    """Their Matrix account, a member of the same group, becomes theirs."""
    bot.says(name, "/link", HOME, kind="private", chat_title="")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(HOME).text)
    assert code
    ack = bot.says(name, f"/link {code[0]}", AWAY, kind="private", chat_title="")
    bot.settle()
    return ack


@pytest.fixture
def two_rooms(bot: Moot) -> Moot:
    """Anna and Ben are in a Matrix room of the same group as well, as other people."""
    anna_serves(bot)
    for _ in range(2):
        for name in ("Anna", "Ben"):
            bot.says(name, "/join", MATRIX)
        bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.later(minutes=1)
    return bot


def test_a_twin_of_the_holder_supports_nothing_once_they_are_one(two_rooms: Moot) -> None:
    supported(two_rooms, "Cleo", whom="Anna (Telegram)")
    two_rooms.presses("Anna", "recall.support:1", MATRIX)
    assert recall(two_rooms).state == "deciding"
    two_rooms.presses("Anna", two_rooms.button("Consent"), MATRIX)
    before = len(two_rooms.rows(ElectorRow))
    linked(two_rooms, "Anna")
    assert len(two_rooms.rows(ElectorRow)) == before - 1
    ack = two_rooms.presses("Anna", two_rooms.button("Consent"), MATRIX)
    assert ack is not None
    assert ack.refused
    assert [row.member_id for row in two_rooms.rows(SupportRow)] == [2, 3]
    assert two_rooms.rows(StanceRow) == []


def test_who_has_two_accounts_supports_it_once(two_rooms: Moot) -> None:
    supported(two_rooms, "Cleo", whom="Anna (Telegram)")
    linked(two_rooms, "Ben")
    two_rooms.presses("Ben", "recall.support:1", MATRIX)
    assert [row.member_id for row in two_rooms.rows(SupportRow)] == [2, 3]


def test_who_turns_out_to_recall_themselves_has_it_dropped(two_rooms: Moot) -> None:
    two_rooms.says("Anna", "/recall 1001 treasurer", MATRIX)
    assert not two_rooms.rows(RecallRow)
    two_rooms.says("Anna", "/recall Anna (Telegram) treasurer", MATRIX)
    for name in ("Cleo", "Dana"):
        two_rooms.taps(name, "Support")
    linked(two_rooms, "Anna")
    assert (recall(two_rooms).state, two_rooms.row(ProposalRow).state) == ("unneeded", "withdrawn")
    assert two_rooms.row(MandateRow).state == "running"


def test_a_newcomer_has_no_say_where_the_group_wants_it_so(bot: Moot) -> None:
    anna_serves(bot)
    bot.says("Ben", "/settings tenure 2 weeks")
    assert "had a say here when it was opened" in refused(bot, "Ben", "/recall Anna")
    bot.later(days=15)
    bot.says("Ben", "/recall Anna")
    assert recall(bot).state == "gathering"


def test_words_of_people_stay_words(bot: Moot) -> None:
    anna_serves(bot)
    bot.says("Ben", "/recall Anna treasurer because </b><a href='tg://user?id=1'>x</a> \u202e@room\n\n*now*")
    replies(bot, "Anna", "<b>no</b>\n`why`")
    told = board(bot).text
    assert "> </b><a href='tg://user?id=1'>x</a> @room *now*" in told
    assert "> <b>no</b> `why`" in told


def test_after_a_recall_only_the_group_can_give_it_back_before_time(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot)
    consenting(bot)
    time_is_up(bot)
    for name in OTHERS:
        bot.says(name, "/leave")
    bot.says("Anna", "/draw treasurer")
    assert [row.state for row in bot.rows(MandateRow)] == ["ended"]
    assert not any(label == "Accept" for label in bot.last().labels)
