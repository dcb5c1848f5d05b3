"""Whatever the level, our logs hold no words of people, no tokens and no keys."""

import logging
from pathlib import Path

import pytest

from bot.chat.incoming import BotAdded, CommandSent, KeyPressed
from bot.chat.message import message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import encrypted_person
from tests.support.synapse import Synapse

WORDS = ("Anna Blume", "the moot of the willows", "chestnut", "marzipan", "our answer")


async def test_logs_are_silent_about_people(synapse: Synapse, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with encrypted_person(synapse, "Anna Blume") as anna, bot.runs() as adapter:
        room = await anna.creates_room("the moot of the willows", encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        await anna.says(room, "!draw chestnut")
        await bot.intake.until_some(CommandSent)
        ref = await bot.sends(adapter, room, message("our answer"))
        await anna.replies(room, ref.id, "1")
        await bot.intake.until_some(KeyPressed)
        await anna.sends_payload(room, '{"type": "m.room.message", "content": ["marzipan"]}')
        await bot.intake.until(lambda: bot.intake.faults)
        assert adapter.live is not None
        secrets = [adapter.live.server.token, bot.account.password, *keys_of(bot.store)]
    ours = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if not of_the_client(record))
    assert "an encrypted event was rejected" in ours
    assert [told for told in (*WORDS, *secrets) if told in ours] == []


def keys_of(store: Path) -> list[str]:
    return [(store / "pickle.key").read_text()]


def of_the_client(record: logging.LogRecord) -> bool:
    """Anna's own client is an ordinary one and talks about her."""
    return record.name.startswith(("nio.client", "nio.rooms", "nio.events"))
