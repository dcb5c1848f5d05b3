"""A bot in plain and encrypted rooms: invited, spoken to, tapped, answered."""

import pytest

from bot.chat.action import action
from bot.chat.incoming import Ack, BotAdded, ChatEncrypted, CommandSent, KeyPressed
from bot.chat.message import Button, Mention, message, paragraph
from bot.chat.refs import PersonRef
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import encrypted_person
from tests.support.synapse import Synapse

HAT = Button("Shake the hat", "🎩", action("draw.shake", 1))
NOW = Button("Draw now", "✋", action("draw.now", 1))


@pytest.mark.parametrize("encrypted", [False, True])
async def test_a_whole_talk(synapse: Synapse, bot: Bot, encrypted: bool) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room("Moot", encrypted=encrypted, invite=[bot])
        (added,) = await bot.intake.until_some(BotAdded)
        assert (added.origin.person.id, added.origin.name, added.origin.chat_title) == (anna.id, "Anna", "Moot")
        assert bool(bot.intake.of(ChatEncrypted)) == encrypted

        await anna.says(room, "!draw facilitator 2")
        (said,) = await bot.intake.until_some(CommandSent)
        assert (said.command, said.text, said.origin.kind) == ("draw", "facilitator 2", "group")

        words = message(paragraph("A draw for ", Mention(PersonRef("matrix", anna.id), "Anna"), ".")).with_rows((HAT, NOW))
        ref = await bot.sends(adapter, room, words, reply_to=said.origin.message_id)
        seen = await anna.sees(room, lambda shown: len(shown.reactions) == 2)
        assert (seen.id, seen.encrypted, seen.buttons) == (ref.id, encrypted, {"Shake the hat": "🎩", "Draw now": "✋"})
        assert seen.content["m.mentions"] == {"user_ids": [anna.id]}

        await anna.taps(room, seen, "Shake the hat")
        (tap,) = await bot.intake.until_some(KeyPressed)
        assert (tap.key, tap.message_id, tap.typed) == ("🎩", ref.id, False)
        await anna.replies(room, seen, "2")
        tap = (await bot.intake.until_some(KeyPressed, 2))[1]
        assert (tap.key, tap.message_id, tap.typed) == ("2", ref.id, True)


async def test_a_refused_press_is_told(synapse: Synapse, bot: Bot) -> None:
    bot.intake.answers = lambda received: Ack("This is closed.", refused=True)
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await anna.creates_room("Moot", invite=[bot])
        await bot.intake.until_some(BotAdded)
        await anna.says(room, "!2")
        told = await anna.sees(room, "This is closed.")
        assert told.body == "Anna: This is closed."
