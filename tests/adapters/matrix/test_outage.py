"""What was said while the bot was away, or while its keys were, is heard once and in order."""

import asyncio

import pytest

from adapters.matrix import timeline
from bot.chat.incoming import BotAdded, CommandSent, KeyPressed, MemberJoined, Unreadable
from tests.adapters.matrix.conftest import Bot
from tests.support.intake import Killed
from tests.support.matrix_people import Person, encrypted_person, person
from tests.support.synapse import Synapse


async def test_five_hundred_events_while_away(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Ben") as ben:
        async with bot.runs():
            room = await anna.creates_room(invite=[bot, ben])
            await ben.joins(room)
            await bot.intake.until_some(BotAdded)
            await bot.intake.until_some(MemberJoined)
        await asyncio.gather(*(count_to(who, room, 250) for who in (anna, ben)))
        async with bot.runs():
            said = await bot.intake.until_some(CommandSent, 500)
            assert len(bot.intake.batches[-1].events) == 500
            for who in (anna, ben):
                assert [each.text for each in said if each.origin.person.id == who.id] == [str(number) for number in range(250)]


async def count_to(who: Person, room: str, end: int) -> None:
    for number in range(end):
        await who.says(room, f"!stance {number}")


@pytest.mark.parametrize("moment", ["kill_before_commit", "kill_after_commit"])
async def test_killed_around_the_commit(synapse: Synapse, bot: Bot, moment: str) -> None:
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(invite=[bot])
            await bot.intake.until_some(BotAdded)
            setattr(bot.intake, moment, True)
            await anna.says(room, "!yes")
            with pytest.raises(Killed):
                await asyncio.wait_for(bot.listening, 20)
        setattr(bot.intake, moment, False)
        async with bot.runs():
            await anna.says(room, "!no")
            await bot.intake.until(lambda: [each.command for each in bot.intake.of(CommandSent)] == ["yes", "no"])


async def test_a_key_that_comes_late(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        keys = await anna.says_without_key(room, "!yes", bot)
        await bot.intake.until(lambda: bot.intake.waiting)
        assert not bot.intake.of(CommandSent)
        await anna.sends_keys(keys)
        (said,) = await bot.intake.until_some(CommandSent)
        assert said.command == "yes"
        assert not bot.intake.waiting


async def test_a_key_that_comes_while_the_bot_is_away(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            keys = await anna.says_without_key(room, "!yes", bot)
            await bot.intake.until(lambda: bot.intake.waiting)
            (waiting,) = bot.intake.waiting.values()
            assert isinstance(waiting.event, Unreadable)
        await anna.sends_keys(keys)
        async with bot.runs():
            (said,) = await bot.intake.until_some(CommandSent)
            assert said.origin.message_id == waiting.id
            assert not bot.intake.waiting


async def test_what_waited_and_means_nothing_is_handed_in_as_nothing(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        keys = await anna.says_without_key(room, "Good morning", bot)
        await bot.intake.until(lambda: bot.intake.waiting)
        await anna.sends_keys(keys)
        await bot.intake.until(lambda: not bot.intake.waiting)
        assert bot.intake.taken[-1].event is None


async def test_encrypted_votes_from_before_a_restart(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
        for number in range(12):
            await anna.says(room, f"!{number}")
        async with bot.runs():
            pressed = await bot.intake.until_some(KeyPressed, 12)
            assert [each.key for each in pressed] == [str(number) for number in range(12)]
            assert not bot.intake.waiting


async def test_a_homeserver_that_does_not_know_where_we_stopped(
    synapse: Synapse, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a move to another kind of server. The room is an old one, of which no join is remembered any more."""
    monkeypatch.setattr(timeline, "FRESH", 0)
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(invite=[bot])
            await bot.intake.until_some(BotAdded)
        await anna.says(room, "!lost")
        bot.intake.cursor = "nonsense"
        bot.intake.seen.clear()
        async with bot.runs():
            await bot.intake.until(lambda: any(batch.lost for batch in bot.intake.batches))
            await anna.says(room, "!after")
            await bot.intake.until_some(CommandSent)
    assert [each.command for each in bot.intake.of(CommandSent)] == ["after"]
    assert (len(bot.intake.of(BotAdded)), bot.intake.failures) == (1, ["refused"] * 3)
    assert [batch.lost for batch in bot.intake.batches].count(True) == 1
