"""What the bot sends: once, in place, with files and buttons, and never in clear where people encrypt."""

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from nio.crypto.attachments import decrypt_attachment

from adapters.matrix import MatrixAdapter
from bot.chat.action import action
from bot.chat.adapter import Delivery, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.incoming import BotAdded, BotRemoved, TakenBack
from bot.chat.message import Attachment, Button, message
from bot.chat.refs import ChatRef
from tests.adapters.matrix.conftest import Bot, fault_of
from tests.support.cutting import line_to
from tests.support.matrix_people import EncryptedPerson, Shown, encrypted_person
from tests.support.synapse import Synapse

HAT = Button("Shake the hat", "🎩", action("draw.shake", 1))
NOW = Button("Draw now", "✋", action("draw.now", 1))
HEART = Button("Thanks", "❤️", action("thanks", 1))
Scene = tuple[EncryptedPerson, Bot, MatrixAdapter, str]


@pytest.fixture(params=["plain", "encrypted"])
async def scene(request: pytest.FixtureRequest, synapse: Synapse, bot: Bot) -> AsyncIterator[Scene]:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=request.param == "encrypted", invite=[bot])
        await bot.intake.until_some(BotAdded)
        yield anna, bot, adapter, room


async def from_bot(anna: EncryptedPerson, bot: Bot, room: str) -> list[Shown]:
    return [shown for shown in await anna.reads(room) if shown.sender == bot.id]


async def test_the_same_op_is_the_same_message(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    said = message("Once.").with_rows((HAT,)).with_attachments(Attachment("pool.txt", "text/plain", b"draw-v1\n"))
    refs = [await bot.sends(adapter, room, said, op="op") for _ in range(3)]
    assert len(set(refs)) == 1
    words, file = await from_bot(anna, bot, room)
    assert (words.id, words.body, file.body) == (refs[0].id, "Once.\n\n🎩 1 · Shake the hat", "pool.txt")
    assert words.reactions == {"🎩": {bot.id}}


async def test_the_same_op_after_a_restart_of_the_bot(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            first = await bot.sends(adapter, room, message("Once."), op="op")
        async with bot.runs() as adapter:
            assert await bot.sends(adapter, room, message("Once."), op="op") == first
        assert len(await from_bot(anna, bot, room)) == 1


async def test_an_edit_takes_the_place_and_its_buttons_change(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    ref = await bot.sends(adapter, room, message("Open.").with_rows((HAT, NOW)))
    later = message("Half.").with_rows((NOW, HEART))
    assert await bot.sends(adapter, room, later, edits=ref.id, old_buttons=("🎩", "✋")) == ref
    shown = await anna.sees(room, lambda shown: "Half." in shown.body and "❤️" in shown.reactions)
    assert (shown.id, set(shown.reactions), shown.edited) == (ref.id, {"✋", "❤️"}, 1)
    await bot.sends(adapter, room, message("Done."), edits=ref.id, old_buttons=("✋", "❤"))
    shown = await anna.sees(room, "Done.")
    assert (shown.reactions, shown.content["m.mentions"]) == ({}, {})


async def test_files_arrive_as_they_were(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    await bot.sends(adapter, room, message().with_attachments(Attachment("pool-17.txt", "text/plain", b"tg:1001\n")))
    (file,) = await from_bot(anna, bot, room)
    assert (file.content["filename"], file.content["info"]) == ("pool-17.txt", {"mimetype": "text/plain", "size": 8})
    assert await downloaded(anna, file.content) == b"tg:1001\n"


async def test_a_picture_is_shown_as_one(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\1\xe0\x08"
    await bot.sends(adapter, room, message().with_attachments(Attachment("result.png", "image/png", head)))
    (picture,) = await from_bot(anna, bot, room)
    assert picture.content["msgtype"] == "m.image"
    assert picture.content["info"] == {"mimetype": "image/png", "size": len(head), "w": 640, "h": 480}
    assert "file" in picture.content if picture.encrypted else "url" in picture.content


async def test_a_pinned_message_joins_those_that_are(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    refused = await bot.sends(adapter, room, message("The bot may not pin yet."), pin=True)
    power = await anna.asks("GET", f"/_matrix/client/v3/rooms/{room}/state/m.room.power_levels")
    power["users"][bot.id] = 50
    await anna.sets(room, "m.room.power_levels", power)
    await anna.sets(room, "m.room.pinned_events", {"pinned": ["$other"]})
    for _ in range(2):
        ref = await bot.sends(adapter, room, message("Decided."), pin=True, op="op")
    pinned = await anna.asks("GET", f"/_matrix/client/v3/rooms/{room}/state/m.room.pinned_events")
    assert pinned["pinned"] == ["$other", ref.id]
    assert {refused.id, ref.id} <= {shown.id for shown in await from_bot(anna, bot, room)}


async def downloaded(anna: EncryptedPerson, content: dict[str, Any]) -> bytes:
    sealed = content.get("file")
    mxc = (sealed or content)["url"].removeprefix("mxc://")
    url = f"{anna.account.homeserver}/_matrix/client/v1/media/download/{mxc}"
    async with anna.session.get(url, headers={"Authorization": f"Bearer {anna.token}"}) as answer:
        body = await answer.read()
    if not sealed:
        return body
    assert body != b"tg:1001\n"
    padded = sealed["hashes"]["sha256"] + "=" * (-len(sealed["hashes"]["sha256"]) % 4)
    assert base64.b64decode(padded)
    return bytes(decrypt_attachment(body, sealed["key"]["k"], sealed["hashes"]["sha256"], sealed["iv"]))


async def test_answers_and_threads(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    root = await anna.says(room, "Shall we?")
    await bot.sends(adapter, room, message("Answer."), reply_to=root)
    await bot.sends(adapter, room, message("In the thread."), thread=root)
    answer, threaded = await from_bot(anna, bot, room)
    assert answer.content["m.relates_to"] == {"m.in_reply_to": {"event_id": root}}
    assert threaded.content["m.relates_to"]["rel_type"] == "m.thread"
    assert threaded.content["m.relates_to"]["event_id"] == root


async def test_a_message_that_was_taken_away_is_not_edited(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    ref = await bot.sends(adapter, room, message("Open."))
    await anna.redacts(room, ref.id)
    await bot.intake.until_some(TakenBack)
    fault = await fault_of(lambda: bot.sends(adapter, room, message("Done."), edits=ref.id))
    assert isinstance(fault, Undeliverable)
    assert fault.why == "message gone"


async def test_taken_away_while_the_bot_was_off(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            ref = await bot.sends(adapter, room, message("Open."))
            kept = await bot.sends(adapter, room, message("Stays."))
        await anna.redacts(room, ref.id)
        async with bot.runs() as adapter:
            fault = await fault_of(lambda: bot.sends(adapter, room, message("Done."), edits=ref.id))
            assert isinstance(fault, Undeliverable)
            assert fault.why == "message gone"
            await bot.sends(adapter, room, message("Stands."), edits=kept.id)
            assert (await anna.sees(room, "Stands.")).id == kept.id


@pytest.mark.parametrize("encrypted", [False, True])
async def test_after_a_day_the_room_is_asked_before_it_is_told_again(synapse: Synapse, bot: Bot, encrypted: bool) -> None:
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=encrypted, invite=[bot])
            await bot.intake.until_some(BotAdded)
            first = await bot.sends(adapter, room, message("Once."), op="known-op")
            await anna.says(room, "Meanwhile.")
            line.heads.clear()
            forgotten = Delivery(ChatRef("matrix", room), message("Once."), "known-op", first_tried=timedelta(hours=30))
            assert await adapter.deliver(forgotten) == first
            assert not [head for head in line.heads if b"/send/" in head]
            unknown = replace(forgotten, op="unknown-op")
            assert await adapter.deliver(unknown) != first


async def test_where_the_bot_may_not_speak(scene: Scene) -> None:
    anna, bot, adapter, room = scene
    await anna.kicks(room, bot)
    fault = await fault_of(lambda: bot.sends(adapter, room, message("Hello.")))
    assert isinstance(fault, Undeliverable)
    assert fault.why == "closed"
    await bot.intake.until_some(BotRemoved)
    fault = await fault_of(lambda: bot.sends(adapter, room, message("Hello.")))
    assert isinstance(fault, Undeliverable)
    assert fault.why == "closed"


async def test_a_room_once_encrypted_is_never_told_in_clear(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=False, invite=[bot])
        await bot.intake.until_some(BotAdded)
        await anna.sets(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
        await bot.sends(adapter, room, message("Secret."), encrypted=True)
        assert (await anna.sees(room, "Secret.")).encrypted


async def test_before_the_rooms_are_known_nothing_is_sent(bot: Bot) -> None:
    fault = await fault_of(lambda: bot.adapter().deliver(Delivery(ChatRef("matrix", "!x"), message("Hello."), "op")))
    assert isinstance(fault, TryLater)
    assert fault.everywhere


async def test_a_send_that_was_cut_off_does_not_lock_the_room(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, line_to(synapse.url) as line:
        bot.account = replace(bot.account, homeserver=line.url)
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            line.hold.append(b"/keys/claim")
            sending = asyncio.create_task(bot.sends(adapter, room, message("One."), op="one"))
            await line.held.wait()
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            line.hold.clear()
            await bot.sends(adapter, room, message("One."), op="one")
            assert (await anna.sees(room, "One.")).encrypted


async def test_too_large_is_refused(scene: Scene) -> None:
    _, bot, adapter, room = scene
    fault = await fault_of(lambda: bot.sends(adapter, room, message("x" * 70_000)))
    assert isinstance(fault, Undeliverable)
    assert fault.why == "refused"
    assert not isinstance(fault, OutcomeUnknown)
