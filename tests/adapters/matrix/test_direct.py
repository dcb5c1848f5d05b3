"""Talks of two that the bot opens: once, encrypted, and quiet about who presses what."""

import asyncio
from dataclasses import replace
from typing import Any

from adapters.matrix import MatrixAdapter
from bot.chat.action import action
from bot.chat.adapter import Delivery, DeliveryFault, Moved, TryLater, Undeliverable
from bot.chat.incoming import BotAdded, ChatEncrypted, KeyPressed, MemberJoined, MemberLeft, Replied
from bot.chat.message import Button, message
from bot.chat.refs import ChatRef
from tests.adapters.matrix.conftest import Bot, fault_of
from tests.support.cutting import line_to
from tests.support.matrix_people import EncryptedPerson, encrypted_person
from tests.support.synapse import Synapse

YES = Button("Yes", "👍", action("ballot.cast", 1, "yes"), private=True)
LATER = Button("Later", "🕓", action("ballot.later", 1))


async def opened(adapter: MatrixAdapter, user: str) -> str:
    """The room to which a delivery is sent on."""
    fault = await fault_of(lambda: adapter.deliver(to(user)))
    assert isinstance(fault, Moved), fault
    return fault.to.id


def to(user: str) -> Delivery:
    return Delivery(ChatRef("matrix", f"dm:{user}"), message("Hello."), "op")


async def invited(anna: EncryptedPerson) -> dict[str, Any]:
    sync = await anna.asks("GET", "/_matrix/client/v3/sync", timeout="0")
    return dict(sync.get("rooms", {}).get("invite", {}))


async def test_one_talk_is_opened_however_often_and_in_whichever_run(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        rooms = []
        for _ in range(2):
            async with bot.runs() as adapter:
                rooms += [await opened(adapter, anna.id) for _ in range(2)]
        assert len(set(rooms)) == 1
        assert list(await invited(anna)) == [rooms[0]]
        told = next(
            event for event in (await invited(anna))[rooms[0]]["invite_state"]["events"] if event["content"].get("is_direct")
        )
        assert (told["state_key"], told["sender"]) == (anna.id, bot.id)
    assert bot.intake.of(BotAdded) == []


async def test_what_is_said_before_they_come_can_be_read_by_them(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await opened(adapter, anna.id)
        await bot.sends(adapter, room, message("Your ballot.").with_rows((YES, LATER)))
        await anna.joins(room)
        shown = await anna.sees(room, "Your ballot.")
        assert (shown.encrypted, shown.body) == (True, "Your ballot.\n\n1 · Yes\n🕓 2 · Later")
        assert set((await anna.sees(room, lambda each: each.reactions)).reactions) == {"🕓"}
        (joined,) = await bot.intake.until_some(MemberJoined)
        assert joined.origin.kind == "private"
        assert bot.intake.of(ChatEncrypted)
        await anna.says(room, "1")
        await anna.says(room, "Because of the frost.")
        (press,) = await bot.intake.until_some(KeyPressed)
        (words,) = await bot.intake.until_some(Replied)
    assert (press.key, press.typed, press.message_id, press.origin.kind) == ("1", True, None, "private")
    assert (words.text, words.quoted.message_id) == ("Because of the frost.", "")


async def test_who_left_gets_another_only_when_another_is_asked_for(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        first = await opened(adapter, anna.id)
        await anna.joins(first)
        await anna.leaves(first)
        await bot.intake.until_some(MemberLeft)
        assert await opened(adapter, anna.id) != first


async def test_a_room_that_somebody_else_made_is_not_taken_for_it(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        trap = await anna.creates_room(invite=[bot], creation_content={"org.folkmoot.direct": anna.id})
        await bot.intake.until_some(BotAdded)
        assert await opened(adapter, anna.id) != trap


async def test_nobody_of_that_name(bot: Bot) -> None:
    async with bot.runs() as adapter:
        fault = await fault_of(lambda: adapter.deliver(to("@nobody:not a server")))
    assert isinstance(fault, Undeliverable)


async def test_an_answer_that_is_lost_opens_no_second_talk(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs() as adapter:
            line.cut.append(b"/createRoom")
            fault: DeliveryFault = await fault_of(lambda: adapter.deliver(to(anna.id)))
            assert isinstance(fault, TryLater)
            async with asyncio.timeout(20):
                while not (rooms := await invited(anna)):
                    await asyncio.sleep(0.05)
            assert adapter.live is not None
            async with asyncio.timeout(20):  # a room appears before the invitation that belongs to it
                while not all(room in adapter.live.rooms and anna.id in adapter.live.rooms[room].readers for room in rooms):
                    await asyncio.sleep(0.05)
            assert await opened(adapter, anna.id) == next(iter(rooms))
        assert len(await invited(anna)) == 1
