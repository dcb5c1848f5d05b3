"""Who is quick answers a message before we have written down that it stands: the answer waits for that, but not for long."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from bot.chat import incoming as said
from bot.chat.adapter import Batch, Delivery
from bot.chat.refs import ChatRef, MessageRef
from bot.delivery import lane
from bot.delivery.boards import Rhythm
from bot.delivery.lane import Task
from bot.features import FEATURES
from bot.routing import early
from models import ArrivalRow, MemberRow, PromiseRow
from tests.support.ballots import Ballots
from tests.support.moot import Moot, enrol
from tests.support.pushed import PushedPlatform, works_off
from tests.support.room import FakePlatform

OTHER = ChatRef("telegram", "-100777")


@dataclass
class Slow(FakePlatform):
    """Everybody sees a message at once; the bot learns of it when it is allowed to."""

    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, delivery: Delivery) -> MessageRef:
        ref = await super().deliver(delivery)
        await self.told.wait()
        return ref


@pytest.fixture
def ballots() -> Ballots:
    return Ballots()


def moot(house: str, ballots: Ballots, platform: FakePlatform) -> Moot:
    return Moot(house, platforms=[platform], features=(*FEATURES, ballots.feature))


@pytest.fixture
def slow(house: str, ballots: Ballots) -> Iterator[Moot]:
    platform = Slow()
    platform.told.set()
    with closing(moot(house, ballots, platform)) as bot:
        enrol(bot, "Anna")
        platform.told.clear()
        yield bot


def answer(bot: Moot, message_id: str) -> said.Replied:
    return said.Replied(bot.origin("Anna"), "Not before spring.", said.Quoted(message_id, mine=True))


async def handed_in(bot: Moot, event: said.Incoming) -> list[said.Answer]:
    intake = bot.app.intakes["telegram"]
    return list(await intake.take(Batch(await intake.fetch(), (bot.received(event),), drained=True)))


async def answered_at_once(bot: Moot, message_id: str | None) -> int:
    """The board is asked for, stands, and is answered before the bot knows. Returns how often it had to look."""
    platform, intake, glances = bot.platforms[0], bot.app.intakes["telegram"], 0
    assert isinstance(platform, Slow)

    async def glance() -> None:
        nonlocal glances
        glances += 1
        platform.told.set()
        await sending

    await handed_in(bot, said.CommandSent(bot.origin("Anna"), "ask"))
    sending = asyncio.create_task(bot.app.sender.flush())
    while not platform.room(bot.group)[-1].text.startswith("Shall we?"):
        await asyncio.sleep(0)
    intake.glance = glance
    event = answer(bot, platform.room(bot.group)[-1].id if message_id is None else message_id)
    await handed_in(bot, event)
    platform.told.set()
    await sending
    return glances


def test_words_in_reply_to_a_board_that_is_just_being_sent_reach_it(slow: Moot, ballots: Ballots) -> None:
    assert slow.run(answered_at_once(slow, None)) == 1
    assert ballots.words == [("group", "Anna", "Not before spring.")]


def test_words_that_name_no_message_wait_for_the_newest(slow: Moot, ballots: Ballots) -> None:
    assert slow.run(answered_at_once(slow, "")) == 1
    assert ballots.words == [("group", "Anna", "Not before spring.")]


def test_words_about_an_older_message_wait_for_nothing(slow: Moot, ballots: Ballots) -> None:
    [older] = [standing.id for standing in slow.platforms[0].room(slow.group) if "hat" in standing.text][:1]
    assert slow.run(answered_at_once(slow, older)) == 0


def being_sent(bot: Moot) -> Task:
    """The board is on its way: what the sender does first."""
    chat, now = bot.row(PromiseRow, state="waiting").chat_id, bot.clock.now()
    step = bot.database.transact(lane.next_task, chat, "telegram", now, bot.app.sender.faces, Rhythm(), now)
    assert isinstance(step, Task)
    return step


def test_it_waits_no_longer_than_that(slow: Moot, ballots: Ballots) -> None:
    glances: list[int] = []

    async def glance() -> None:
        glances.append(1)

    slow.run(handed_in(slow, said.CommandSent(slow.origin("Anna"), "ask")))
    being_sent(slow)
    slow.app.intakes["telegram"].glance = glance
    slow.run(handed_in(slow, answer(slow, "never heard of")))
    assert len(glances) == early.GLANCES
    assert ballots.words == []


@pytest.mark.parametrize("bad", ["\0", "\ud800", "x" * 300])
def test_names_that_no_database_takes_are_names_all_the_same(slow: Moot, bad: str) -> None:
    slow.run(handed_in(slow, said.CommandSent(slow.origin("Anna"), "ask")))
    being_sent(slow)
    assert slow.database.transact(early.is_early, [answer(slow, bad)])


@pytest.fixture
def stored(house: str, ballots: Ballots) -> Iterator[Moot]:
    with closing(moot(house, ballots, PushedPlatform())) as bot:
        yield bot


def brought(bot: Moot, *events: said.Incoming) -> None:
    platform = bot.platforms[0]
    assert isinstance(platform, PushedPlatform)
    bot.take("telegram", *(platform.brings(event) for event in events))
    works_off(bot)


def looks_again(bot: Moot) -> None:
    bot.app.lanes.rest_is_over()
    works_off(bot)


def asks(bot: Moot) -> Task:
    brought(bot, said.CommandSent(bot.origin("Anna"), "join"))
    bot.run(bot.app.sender.flush())
    brought(bot, said.CommandSent(bot.origin("Anna"), "ask"))
    return being_sent(bot)


def test_what_is_stored_waits_as_well_and_holds_up_no_other_chat(stored: Moot, ballots: Ballots) -> None:
    task = asks(stored)
    brought(stored, answer(stored, "7"), said.CommandSent(stored.origin("Ben", OTHER), "join"))
    assert (len(stored.rows(MemberRow)), len(stored.rows(ArrivalRow)), ballots.words) == (2, 1, [])
    looks_again(stored)
    assert ballots.words == []
    stored.database.transact(lane.arrived, task, MessageRef(stored.group, "7"), stored.clock.now())
    looks_again(stored)
    assert (stored.rows(ArrivalRow), ballots.words) == ([], [("group", "Anna", "Not before spring.")])


def test_what_is_stored_waits_no_longer_either(stored: Moot, ballots: Ballots) -> None:
    asks(stored)
    brought(stored, answer(stored, "never heard of"))
    stored.clock.advance(early.PATIENCE)
    looks_again(stored)
    assert (stored.rows(ArrivalRow), ballots.words) == ([], [])
