"""A room that is upgraded goes on in its replacement, if both say so."""

from bot.chat.incoming import BotAdded, ChatEncrypted, ChatMoved, CommandSent, MemberLeft
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import EncryptedPerson, Person, encrypted_person, in_room, person
from tests.support.synapse import Synapse


async def upgrades(who: Person, room: str) -> str:
    return str((await who.asks("POST", in_room(room, "upgrade"), {"new_version": "10"}))["replacement_room"])


async def founds(who: Person, bot: Bot, **more: object) -> str:
    room = await who.creates_room("Moot", invite=[bot], **more)  # type: ignore[arg-type]
    await bot.intake.until_some(BotAdded)
    return room


async def test_the_bot_follows_where_it_is_invited(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna:
        async with bot.runs():
            old = await founds(anna, bot)
            await anna.says(old, "!before")
            new = await upgrades(anna, old)
            await anna.says(old, "!still")
            await bot.intake.until_some(CommandSent, 2)
            assert bot.intake.of(ChatMoved) == []
            await anna.invites(new, bot)
            (moved,) = await bot.intake.until_some(ChatMoved)
            assert (moved.origin.chat.id, moved.to.id, moved.origin.person.id) == (old, new, anna.id)
            await anna.says(old, "!wrong place")
            await anna.says(new, "!after")
            await bot.intake.until_some(CommandSent, 3)
        async with bot.runs():
            await anna.leaves(old)
            await anna.says(new, "!later")
            await bot.intake.until_some(CommandSent, 4)
        assert [said.command for said in bot.intake.of(CommandSent)] == ["before", "still", "after", "later"]
        assert (len(bot.intake.of(BotAdded)), len(bot.intake.of(ChatMoved)), len(bot.intake.of(MemberLeft))) == (1, 1, 0)


async def test_a_room_that_was_upgraded_while_the_bot_was_away(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs():
            old = await founds(anna, bot, encrypted=True)
        await anna.says(old, "!before")
        new = await upgrades(anna, old)
        await anna.invites(new, bot)
        async with bot.runs():
            await bot.intake.until_some(ChatMoved)
            await says_to(bot, anna, new)
            order = [type(event) for event in bot.intake.events]
        assert order.index(CommandSent) < order.index(ChatMoved)
        assert {(each.origin.chat.id) for each in bot.intake.of(ChatEncrypted)} == {old, new}


async def says_to(bot: Bot, who: EncryptedPerson, room: str) -> None:
    await bot.intake.until(lambda: any(each.origin.chat.id == room for each in bot.intake.of(ChatEncrypted)))
    await who.says(room, "!after")
    await bot.intake.until_some(CommandSent, 2)


async def test_a_killed_join_is_made_good_after_the_start(synapse: Synapse, bot: Bot) -> None:
    """The homeserver had let the bot in, and the bot died before it heard so."""
    async with person(synapse, "Anna") as anna, person(synapse, "Bot", bot.account) as itself:
        async with bot.runs():
            old = await founds(anna, bot)
            new = await upgrades(anna, old)
            await anna.says(old, "!known")
            await bot.intake.until_some(CommandSent)
        await anna.invites(new, bot)
        await itself.joins(new)
        async with bot.runs():
            (moved,) = await bot.intake.until_some(ChatMoved)
        assert moved.to.id == new
        assert len(bot.intake.of(BotAdded)) == 1


async def test_neither_room_alone_is_believed(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Anna") as anna, person(synapse, "Mallory") as mallory, bot.runs():
        room = await founds(anna, bot)
        claims = {"room_id": room, "event_id": "$any"}
        await mallory.creates_room("Come here", invite=[bot], creation_content={"predecessor": claims})
        await bot.intake.until_some(BotAdded, 2)
        other = await mallory.creates_room("Go there", invite=[bot])
        await bot.intake.until_some(BotAdded, 3)
        await mallory.sets(other, "m.room.tombstone", {"body": "Moved", "replacement_room": room})
        await mallory.says(other, "!here")
        await bot.intake.until_some(CommandSent)
        assert bot.intake.of(ChatMoved) == []
