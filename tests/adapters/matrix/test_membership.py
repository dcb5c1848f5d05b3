"""Who comes and goes, the bot among them; and by whose word it comes."""

import asyncio
import logging

import pytest

from bot.chat.incoming import (
    BotAdded,
    BotRemoved,
    ChatEncrypted,
    CommandSent,
    InviteRefused,
    MemberJoined,
    MemberLeft,
    TakenBack,
    Unsuitable,
)
from bot.chat.message import message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import encrypted_person, person
from tests.support.synapse import Synapse


async def test_kicked_banned_and_invited_again(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot])
        await bot.intake.until_some(BotAdded)
        await anna.says(room, "!before")
        await anna.kicks(room, bot)
        (removed,) = await bot.intake.until_some(BotRemoved)
        assert (removed.origin.chat.id, removed.origin.person.id) == (room, anna.id)
        await anna.says(room, "!between")
        await anna.invites(room, bot)
        await bot.intake.until_some(BotAdded, 2)
        await bot.sends(adapter, room, message("Here again."))
        await anna.sees(room, "Here again.")
        await anna.bans(room, bot)
        await bot.intake.until_some(BotRemoved, 2)
        await anna.unbans(room, bot)
        await anna.invites(room, bot)
        await bot.intake.until_some(BotAdded, 3)
        await anna.says(room, "!after")
        await bot.intake.until_some(CommandSent, 2)
        assert [said.command for said in bot.intake.of(CommandSent)] == ["before", "after"]


async def test_kicked_while_away(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(invite=[bot])
            await bot.intake.until_some(BotAdded)
        await anna.says(room, "!before")
        await anna.kicks(room, bot)
        await anna.invites(room, bot)
        async with bot.runs():
            await bot.intake.until_some(BotAdded, 2)
            await anna.says(room, "!after")
            await bot.intake.until(lambda: bot.intake.of(CommandSent)[-1:] and bot.intake.of(CommandSent)[-1].command == "after")


async def test_what_was_said_before_the_bot_came_is_not_for_it(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await anna.creates_room()
        for number in range(15):
            await anna.says(room, f"!old {number}")
        await anna.invites(room, bot)
        (added,) = await bot.intake.until_some(BotAdded)
        await anna.says(room, "!new")
        await bot.intake.until_some(CommandSent)
        assert [said.command for said in bot.intake.of(CommandSent)] == ["new"]
        assert added.origin.person.id == anna.id


async def test_an_account_that_was_in_rooms_before_it_was_ours(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Owner", bot.account) as owner:
        room = await anna.creates_room("Old room", encrypted=True, invite=[bot])
        await owner.joins(room)
        await asyncio.gather(*(anna.says(room, "!old") for _ in range(5)))
        bot.intake.cursor = None
        async with bot.runs():
            (added,) = bot.intake.of(BotAdded)
            assert (added.origin.chat.id, added.origin.chat_title) == (room, "Old room")
            assert len(bot.intake.of(ChatEncrypted)) == 1
        async with bot.runs():
            assert len(bot.intake.of(BotAdded)) == 1


@pytest.mark.parametrize("many", [8, pytest.param(200, marks=pytest.mark.long)])
async def test_only_those_on_the_list_may_invite(synapse: Synapse, bot: Bot, many: int, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever else invites it is told no, and the log nothing: what was turned away is summed up there (see routing/turned.py)."""
    caplog.set_level(logging.INFO)
    async with person(synapse, "Anna") as anna, person(synapse, "Mallory") as mallory:
        bot.allow = (anna.id,)
        async with bot.runs() as adapter:
            rooms = [await mallory.creates_room("Come in") for _ in range(many)]
            await asyncio.gather(*(mallory.invites(room, bot) for room in rooms))
            refused = await bot.intake.until_some(InviteRefused, many)
            assert len(refused) == many
            assert {each.origin.person.id for each in refused} == {mallory.id}
            room = await anna.creates_room(invite=[bot])
            await bot.intake.until_some(BotAdded)
            assert adapter.live is not None
            joined = await adapter.live.server.get("/_matrix/client/v3/joined_rooms")
            assert joined == {"joined_rooms": [room]}
            assert not bot.intake.of(BotRemoved)
    assert [record.name for record in caplog.records if record.name.startswith("adapters")] == []


async def test_an_invitation_that_came_while_the_bot_was_away(synapse: Synapse, bot: Bot) -> None:
    bot.allow = ("*:localhost",)
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            pass
        room = await anna.creates_room(invite=[bot])
        async with bot.runs() as adapter:
            await bot.intake.until_some(BotAdded)
            await bot.sends(adapter, room, message("Hello."))
            await anna.sees(room, "Hello.")


async def test_a_talk_of_two_is_private(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room("", direct=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            await anna.says(room, "!hello")
            (said,) = await bot.intake.until_some(CommandSent)
            assert (said.origin.kind, said.addressed) == ("private", True)
        async with bot.runs():
            await anna.says(room, "!again")
            said = (await bot.intake.until_some(CommandSent, 2))[1]
            assert said.origin.kind == "private"


async def test_members_come_and_go(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Ben") as ben, bot.runs():
        room = await anna.creates_room(invite=[bot, ben])
        await bot.intake.until_some(BotAdded)
        await ben.joins(room)
        (joined,) = await bot.intake.until_some(MemberJoined)
        assert (joined.origin.person.id, joined.origin.name) == (ben.id, "Ben")
        await ben.sets(room, "m.room.member", {"membership": "join", "displayname": "Benjamin"}, ben.id)
        await ben.leaves(room)
        (left,) = await bot.intake.until_some(MemberLeft)
        assert (left.origin.person.id, left.origin.name) == (ben.id, "Benjamin")
        assert len(bot.intake.of(MemberJoined)) == 1


async def test_edits_and_redactions(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Ben") as ben, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot, ben])
        await ben.joins(room)
        await bot.intake.until_some(BotAdded)
        vote = await anna.says(room, "!vote 1")
        await ben.edits(room, vote, "!vote 2")
        await anna.edits(room, vote, "!vote 2")
        (edited,) = await bot.intake.until_some(Unsuitable)
        assert (edited.why, edited.origin.person.id, edited.origin.message_id) == ("edited vote", anna.id, vote)
        board = await bot.sends(adapter, room, message("Board"))
        tap = await ben.reacts(room, board.id, "🎩")
        await anna.redacts(room, tap)
        await anna.redacts(room, vote)
        taken = await bot.intake.until_some(TakenBack, 2)
        assert [(each.of, each.by_author) for each in taken] == [(tap, False), (vote, True)]
        assert [said.text for said in bot.intake.of(CommandSent)] == ["1"]
