"""A homeserver that is slow, cut off, away or busy: what was promised arrives once, what was said is heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.action import action
from bot.chat.adapter import Delivery, OutcomeUnknown, TryLater
from bot.chat.incoming import BotAdded, CommandSent
from bot.chat.message import Button, message
from bot.chat.refs import ChatRef
from tests.adapters.matrix.conftest import Bot, fault_of, persistently
from tests.support.cutting import line_to
from tests.support.matrix_people import encrypted_person, person
from tests.support.synapse import Synapse

HAT = Button("Shake the hat", "🎩", action("draw.shake", 1))


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("cut", [b"/send/m.room", b"/send/m.reaction"])
async def test_cut_off_after_the_server_accepted(synapse: Synapse, bot: Bot, encrypted: bool, cut: bytes) -> None:
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=encrypted, invite=[bot])
            await bot.intake.until_some(BotAdded)
            delivery = Delivery(ChatRef("matrix", room), message("Once.").with_rows((HAT,)), "op")
            line.cut += [cut, cut]  # aiohttp itself asks once more
            fault = await fault_of(lambda: persistently(lambda: adapter.deliver(delivery)))
            assert isinstance(fault, OutcomeUnknown)
            assert fault.repeatable
            assert line.lost == 2
            ref = await adapter.deliver(delivery)
            (shown,) = [each for each in await anna.reads(room) if each.sender == bot.id]
            assert (shown.id, shown.reactions) == (ref.id, {"🎩": {bot.id}})


async def test_a_sync_whose_answer_is_lost_is_asked_again(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs():
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            line.cut.append(b"/sync?")
            for number in range(5):
                await anna.says(room, f"!vote {number}")
            said = await bot.intake.until_some(CommandSent, 5)
            assert [each.text for each in said] == ["0", "1", "2", "3", "4"]
            await bot.intake.until(lambda: line.lost or bot.intake.failures)


async def test_a_homeserver_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    synapse = Synapse(tmp_path / "server")
    synapse.start()
    try:
        bot, early = Bot(synapse.register(), tmp_path / "store"), Bot(synapse.register(), tmp_path / "early")
        async with person(synapse, "Anna") as anna, bot.runs() as adapter:
            room = await anna.creates_room(invite=[bot])
            await bot.intake.until_some(BotAdded)
            first = await bot.sends(adapter, room, message("Before."), op="op")
            synapse.stop()
            await bot.intake.until(lambda: bot.intake.failures)
            assert bot.intake.failures[-1] == "unreachable"
            fault = await fault_of(lambda: adapter.deliver(Delivery(ChatRef("matrix", room), message("After."), "op-2")))
            assert isinstance(fault, TryLater)
            assert fault.everywhere
            async with starting(early):
                await early.intake.until(lambda: early.intake.failures)
                await asyncio.to_thread(synapse.start)
                await early.intake.until(lambda: early.intake.batches)
            await anna.says(room, "!back")
            await bot.intake.until_some(CommandSent)
            assert await bot.sends(adapter, room, message("Before."), op="op") == first
    finally:
        synapse.stop()


@asynccontextmanager
async def starting(bot: Bot) -> AsyncIterator[None]:
    """A bot that starts, whether its homeserver is there or not."""
    adapter = bot.adapter()
    listening = asyncio.create_task(adapter.listen(bot.intake))
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await adapter.close()


async def test_told_to_slow_down(synapse: Synapse, bot: Bot) -> None:
    admin = synapse.register(admin=True)
    async with person(synapse, "Admin", admin) as operator, person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot])
        await bot.intake.until_some(BotAdded)
        limit = {"messages_per_second": 1, "burst_count": 1}
        await operator.asks("POST", f"/_synapse/admin/v1/users/{bot.id}/override_ratelimit", limit)
        await bot.sends(adapter, room, message("One."))
        fault = await fault_of(lambda: adapter.deliver(Delivery(ChatRef("matrix", room), message("Two."), "two")))
        assert isinstance(fault, TryLater)
        assert 0 < fault.seconds <= 3
        assert not fault.everywhere
        await bot.sends(adapter, room, message("Two."), op="two")
        assert [shown.body for shown in await anna.reads(room)] == ["One.", "Two."]
