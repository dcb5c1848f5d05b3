"""Several of the bot's accounts on one platform: each serves the chats in which it was first, and only those."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from bot.chat import incoming as said
from bot.chat.adapter import Delivery, Undeliverable
from bot.chat.incoming import Ack, Incoming
from bot.chat.refs import ChatRef
from models import ChatRow, IntakeRow, MemberRow
from tests.support.moot import Moot
from tests.support.room import FakePlatform

OTHER = ChatRef("telegram", "-100999")


@dataclass
class NamedPlatform(FakePlatform):
    name: str = ""

    @property
    def account(self) -> str:
        return f"telegram.{self.name}" if self.name else "telegram"


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, platforms=[NamedPlatform(), NamedPlatform(name="north")])) as made:
        yield made


def hears(bot: Moot, account: str, event: Incoming) -> Ack | None:
    """One of them is told, and whoever has something to say says it."""
    [ack] = bot.take(account, bot.received(event))
    bot.run(bot.app.sender.flush())
    return ack


def joins(bot: Moot, name: str, chat: ChatRef | None = None) -> said.CommandSent:
    return said.CommandSent(bot.origin(name, chat), "join")


def shown(bot: Moot, chat: ChatRef) -> list[int]:
    """How many messages each of them has said there."""
    return [len(platform.room(chat)) for platform in bot.platforms]


def test_each_serves_its_own_chats(bot: Moot) -> None:
    hears(bot, "telegram", joins(bot, "Anna"))
    hears(bot, "telegram.north", joins(bot, "Ben", OTHER))
    assert [chat.served_by for chat in bot.rows(ChatRow)] == ["telegram", "telegram.north"]
    assert shown(bot, bot.group) == [1, 0]
    assert shown(bot, OTHER) == [0, 1]
    assert {row.platform for row in bot.rows(IntakeRow)} == {"telegram", "telegram.north"}


def test_what_the_other_hears_there_is_passed_over(bot: Moot) -> None:
    hears(bot, "telegram", joins(bot, "Anna"))
    assert hears(bot, "telegram.north", joins(bot, "Ben")) is None
    assert len(bot.rows(MemberRow)) == 1
    assert hears(bot, "telegram.north", said.CommandSent(bot.origin("Ben"), "nonsense", "", addressed=True)) is None
    hears(bot, "telegram.north", said.BotRemoved(bot.origin("Ben")))
    assert bot.row(ChatRow).state == "open"
    assert shown(bot, bot.group) == [1, 0]


def test_when_it_has_been_taken_out_another_may_come(bot: Moot) -> None:
    hears(bot, "telegram", joins(bot, "Anna"))
    hears(bot, "telegram", said.CommandSent(bot.origin("Anna"), "poll", "Lunch? | Soup | Salad"))
    hears(bot, "telegram", said.BotRemoved(bot.origin("Anna")))
    hears(bot, "telegram.north", joins(bot, "Ben"))
    assert bot.row(ChatRow).account == "telegram.north"
    assert len(bot.rows(MemberRow)) == 2
    assert any("Lunch?" in standing.text for standing in bot.platforms[1].room(bot.group))


def test_what_is_just_being_sent_when_another_comes_is_said_by_that_one(bot: Moot) -> None:
    """The first was put out: it says no more, and its failure does not close the room to the other."""

    def taken_over(delivery: Delivery) -> Undeliverable:
        bot.change("UPDATE chats SET account = 'telegram.north'")
        return Undeliverable("closed")

    bot.platforms[0].fail = taken_over
    hears(bot, "telegram", joins(bot, "Anna"))
    assert bot.row(ChatRow).state == "open"
    assert len(bot.platforms[0].attempts) == 1
    bot.run(bot.app.sender.flush())
    assert shown(bot, bot.group) == [0, 1]


def test_a_private_chat_is_with_whom_they_last_spoke(bot: Moot) -> None:
    mine = ChatRef("telegram", bot.person("Anna").id)
    for account in ("telegram", "telegram.north", "telegram"):
        hears(bot, account, said.CommandSent(bot.origin("Anna", mine, kind="private"), "help"))
    assert bot.row(ChatRow).served_by == "telegram"
    assert shown(bot, mine) == [2, 1]


def test_a_refused_word_in_a_new_chat_is_answered_by_who_heard_it(bot: Moot) -> None:
    hears(bot, "telegram.north", said.CommandSent(bot.origin("Ben", OTHER), "nonsense", "", addressed=True))
    assert bot.row(ChatRow).account == "telegram.north"
    assert shown(bot, OTHER) == [0, 1]
