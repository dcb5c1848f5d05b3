"""What a reply or a command quotes: the message as it stands now, known, looked up, or as the reply tells it."""

import pytest

from adapters.matrix.spoken import quoted_words
from bot.chat.incoming import BotAdded, CommandSent
from bot.chat.message import message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import encrypted_person
from tests.support.synapse import Synapse


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("> <@ben:example.org> Plant hazels.\n\n!propose", "Plant hazels."),
        ("> <@ben:example.org> Plant\n> hazels.\n\n!propose", "Plant\nhazels."),
        ("> * <@ben:example.org> plants hazels.\n\n!propose", "plants hazels."),
        ("> a line of one's own\n!propose", ""),
        ("!propose", ""),
    ],
)
def test_what_older_clients_put_before_a_reply(body: str, quoted: str) -> None:
    assert quoted_words(body) == quoted


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("restarted", [False, True], ids=["known", "looked up"])
async def test_an_edited_message_is_quoted_as_it_stands_now(synapse: Synapse, bot: Bot, encrypted: bool, restarted: bool) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=encrypted, invite=[bot])
            await bot.intake.until_some(BotAdded)
            await bot.sends(adapter, room, message("I am here."))
            words = await anna.says(room, "Plant hazel.")
            await anna.edits(room, words, "Plant hazels.")
            if not restarted:
                await anna.replies(room, words, "!propose")
                await bot.intake.until_some(CommandSent)
            else:
                await anna.says(room, "!help")
                await bot.intake.until_some(CommandSent)
        if restarted:
            async with bot.runs():
                await anna.replies(room, words, "!propose")
                await bot.intake.until_some(CommandSent, 2)
    event = bot.intake.of(CommandSent)[-1]
    assert event.command == "propose"
    assert event.quoted is not None
    assert (event.quoted.text, event.quoted.mine) == ("Plant hazels.", False)
