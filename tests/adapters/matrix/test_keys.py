"""Room keys reach everybody who may read along, and come back after something went wrong on the way."""

from dataclasses import replace
from typing import Any

from bot.chat.adapter import Delivery, TryLater
from bot.chat.incoming import BotAdded, CommandSent, MemberJoined, MemberLeft
from bot.chat.message import message
from bot.chat.refs import ChatRef
from tests.adapters.matrix.conftest import Bot, fault_of
from tests.support.cutting import line_to
from tests.support.matrix_people import encrypted_person
from tests.support.synapse import Synapse


async def test_who_comes_later_reads_what_comes_later(synapse: Synapse, bot: Bot) -> None:
    async with (
        encrypted_person(synapse, "Anna") as anna,
        encrypted_person(synapse, "Ben") as ben,
        bot.runs() as adapter,
    ):
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        await bot.sends(adapter, room, message("Early."))
        await anna.invites(room, ben)
        await ben.joins(room)
        await bot.intake.until_some(MemberJoined)
        await bot.sends(adapter, room, message("Late."))
        assert (await ben.sees(room, "Late.")).encrypted
        assert [shown.body for shown in await ben.reads(room) if shown.encrypted] == ["Late."]
        await ben.leaves(room)
        await bot.intake.until_some(MemberLeft)
        await bot.sends(adapter, room, message("Gone."))
        assert (await anna.sees(room, "Gone.")).encrypted


async def test_a_second_device_reads_along(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        await bot.sends(adapter, room, message("One device."))
        async with encrypted_person(synapse, "Anna", anna.account) as phone:
            assert adapter.live is not None
            devices = adapter.live.cipher.olm.device_store
            await anna.says(room, "!go on")
            await bot.intake.until_some(CommandSent)
            await until_known(bot, anna, room, lambda: phone.device_id in devices[anna.id])
            await bot.sends(adapter, room, message("Two devices."))
            assert (await phone.sees(room, "Two devices.")).encrypted


async def until_known(bot: Bot, anna: Any, room: str, passes: Any) -> None:
    """Device lists are learnt on the side, after a sync."""
    count = 1
    while not passes():
        count += 1
        await anna.says(room, "!go on")
        await bot.intake.until_some(CommandSent, count)


async def test_keys_that_could_not_be_sent_are_sent_before_the_message(synapse: Synapse, bot: Bot) -> None:
    """nio itself sends the message all the same, and nobody can read it."""
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            line.cut += [b"/sendToDevice", b"/sendToDevice"]
            delivery = Delivery(ChatRef("matrix", room), message("Hello."), "op")
            fault = await fault_of(lambda: adapter.deliver(delivery))
            assert isinstance(fault, TryLater)
            await bot.sends(adapter, room, message("Hello."), op="op")
            assert (await anna.sees(room, "Hello.")).encrypted


async def test_a_wedged_session_is_mended(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        await anna.says(room, "!one")
        await bot.intake.until_some(CommandSent)
        await bot.sends(adapter, room, message("Heard."))
        await anna.sees(room, "Heard.")
        assert adapter.live is not None
        sessions = adapter.live.cipher.olm.session_store
        forgotten = anna.nio.olm.account.identity_keys["curve25519"]
        sessions[forgotten].clear()
        anna.nio.invalidate_outbound_session(room)
        await anna.says(room, "!lost")
        await bot.intake.until(lambda: bot.intake.waiting)
        while not sessions[forgotten]:
            await anna.says(room, "!lost too")
            await bot.intake.until(lambda: bot.intake.waiting)
        await anna.catches_up()
        anna.nio.invalidate_outbound_session(room)
        await anna.says(room, "!found")
        await bot.intake.until(lambda: "found" in [said.command for said in bot.intake.of(CommandSent)])
