"""One vote, taken in by a process of its own that may be killed in the middle of it."""

import asyncio
from datetime import timedelta

from bot.app import Folkmoot
from bot.chat import incoming as said
from bot.chat.adapter import Batch
from bot.chat.incoming import Origin, Received
from bot.chat.refs import ChatRef, PersonRef
from bot.clock import StillClock
from bot.dice import SeededDice
from bot.routing.house import House
from models.database import Database
from tests.support.moot import AT_ONCE, START
from tests.support.room import FakePlatform

VOTE = "polls.mark:1:1"
BEN = Origin(ChatRef("telegram", "-100200300"), PersonRef("telegram", "1002"), "Ben", chat_title="The moot", message_id="m9")


def vote(database: Database) -> None:
    house = House("test", digest=("off", 18), dice=SeededDice("vote"))
    app = Folkmoot(database, [FakePlatform()], house, StillClock(START + timedelta(minutes=1)), AT_ONCE)
    asyncio.run(take(app))


async def take(app: Folkmoot) -> None:
    intake = app.intakes["telegram"]
    event = Received(("update:77", "tap:77"), "{}", said.ButtonTapped(BEN, VOTE))
    await intake.take(Batch(await intake.fetch(), (event,), drained=True))
