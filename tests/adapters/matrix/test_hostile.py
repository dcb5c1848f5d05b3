"""What strangers and broken clients send is put aside; whatever comes with it is heard."""

import logging
from contextlib import suppress
from typing import Any

import pytest

from bot.chat.incoming import BotAdded, CommandSent, MemberJoined
from bot.chat.message import message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import EncryptedPerson, Failed, encrypted_person, person
from tests.support.synapse import Synapse

TO_DEVICE: list[Any] = [
    {},
    {"algorithm": "m.olm.v1.curve25519-aes-sha2"},
    {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "", "ciphertext": {}},
    *(
        {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "A" * 43, "ciphertext": {"MINE": {"type": kind, "body": body}}}
        for kind in (0, 1, 7, "0", None, [1])
        for body in ("!!!", "AAAA", "", "é", 5)
    ),
]
PAYLOADS = {
    "[1]": "Malformed",
    "5": "Malformed",
    "null": "Malformed",
    "[" * 44_000: "NotJson",
    "[" * 22_000 + "]" * 22_000: "Malformed",
    '{"type": "m.room.message", "content": [], "room_id": "ROOM"}': "Malformed",
    '{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!yes"}, "room_id": "!other:localhost"}': "AnotherRoom",
    '{"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!yes"}}': "AnotherRoom",
    '{"type": "m.room.member", "content": {"membership": "join"}, "room_id": "ROOM"}': "StateInPayload",
    '{"type": "m.room.power_levels", "state_key": "", "content": {}, "room_id": "ROOM"}': "StateInPayload",
    '{"type": "m.room.message", "state_key": "", "content": {"body": "!yes"}, "room_id": "ROOM"}': "StateInPayload",
}
EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("m.room.encrypted", {}),
    ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "", "sender_key": "", "ciphertext": "AAAA"}),
    ("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "session_id": [1], "ciphertext": {}}),
    ("m.room.encrypted", {"algorithm": 5, "session_id": "x", "ciphertext": None}),
    ("m.room.message", {}),
    ("m.room.message", {"msgtype": "m.text", "body": 5}),
    ("m.room.message", {"msgtype": "m.text", "body": "!yes", "m.relates_to": [1]}),
    ("m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": None}),
    ("m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": {"rel_type": "m.replace", "event_id": "$nothing"}}),
    ("m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": {"m.in_reply_to": {"event_id": 5}}}),
    ("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "key": {}, "event_id": "$nothing"}}),
    ("org.matrix.msc3381.poll.response", {"org.matrix.msc3381.poll.response": {"answers": [[]]}}),
]


async def encrypted_room(anna: EncryptedPerson, bot: Bot) -> str:
    room = await anna.creates_room(encrypted=True, invite=[bot])
    await bot.intake.until_some(BotAdded)
    await anna.says(room, "!hello")
    await bot.intake.until_some(CommandSent)
    return room


async def heard(anna: EncryptedPerson, bot: Bot, room: str) -> None:
    await anna.says(room, "!still")
    await bot.intake.until(lambda: any(said.command == "still" for said in bot.intake.of(CommandSent)))


async def test_broken_messages_to_the_device(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Mallory") as mallory, encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await encrypted_room(anna, bot)
        assert adapter.live is not None
        cipher = adapter.live.cipher
        for number, letter in enumerate(TO_DEVICE):
            sealed = dict.fromkeys([cipher.identity["curve25519"]], letter.get("ciphertext", {}).get("MINE"))
            body = {bot.id: {cipher.device_id: letter | {"ciphertext": sealed}}}
            await mallory.asks("PUT", f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{number}", {"messages": body})
        await heard(anna, bot, room)
        assert not bot.intake.failures


async def test_payloads_that_nobody_should_believe(synapse: Synapse, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await encrypted_room(anna, bot)
        for payload in PAYLOADS:
            await anna.sends_payload(room, payload.replace("ROOM", room))
        said = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!still"}}
        await anna.sends_payload(room, said)  # a plain nio client does not survive to say it
        await bot.intake.until_some(CommandSent, 2)
        assert bot.intake.faults == list(PAYLOADS.values())
        assert [said.command for said in bot.intake.of(CommandSent)] == ["hello", "still"]
        assert not bot.intake.of(MemberJoined)
        assert adapter.live is not None
        assert adapter.live.rooms[room].joined.keys() == {anna.id, bot.id}
    assert "an encrypted event was rejected" in caplog.text
    assert not bot.intake.failures


async def test_relations_inside_and_outside_differ(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await encrypted_room(anna, bot)
        inside = {"m.relates_to": {"m.in_reply_to": {"event_id": "$one"}}}
        said = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!yes"} | inside}
        await anna.sends_payload(room, said, **{"m.relates_to": {"m.in_reply_to": {"event_id": "$two"}}})
        await heard(anna, bot, room)
        assert bot.intake.faults == ["TwoRelations"]


async def test_ciphertext_said_again_by_another(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, encrypted_person(synapse, "Ben") as ben, bot.runs():
        room = await anna.creates_room(encrypted=True, invite=[bot, ben])
        await ben.joins(room)
        await bot.intake.until_some(BotAdded)
        await anna.says(room, "!yes")
        await bot.intake.until_some(CommandSent)
        stolen = (await ben.asks("GET", f"/_matrix/client/v3/rooms/{room}/messages", dir="b", limit="1"))["chunk"][0]
        await super(EncryptedPerson, ben).sends(room, "m.room.encrypted", stolen["content"])
        await super(EncryptedPerson, anna).sends(room, "m.room.encrypted", stolen["content"])
        await heard(anna, bot, room)
        assert sorted(bot.intake.faults) == ["AnotherSender", "Replay"]


async def test_events_of_all_shapes(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs():
        room = await encrypted_room(anna, bot)
        for kind, content in EVENTS:
            with suppress(Failed):  # some of them are not let through by this homeserver
                await super(EncryptedPerson, anna).sends(room, kind, content)
        await heard(anna, bot, room)
        assert [said.command for said in bot.intake.of(CommandSent)] == ["hello", "yes", "still"]
        assert bot.intake.faults == ["Malformed"] * 4
        assert not bot.intake.failures


async def test_devices_with_broken_keys_do_not_keep_the_bot_from_speaking(synapse: Synapse, bot: Bot) -> None:
    """vodozemac panics over an Ed25519 key of 33 bytes, and nio raises over most others."""
    async with encrypted_person(synapse, "Anna") as anna, person(synapse, "Mallory") as mallory, bot.runs() as adapter:
        room = await encrypted_room(anna, bot)
        for number, key in enumerate(["A" * 44, "!!!", "", "A" * 42]):
            await publish_broken_device(mallory, key, number)
        anna.asks_for_devices = False
        await anna.invites(room, mallory)
        await mallory.joins(room)
        await bot.intake.until_some(MemberJoined)
        await bot.sends(adapter, room, message("Good morning."))
        assert (await anna.sees(room, "Good morning.")).encrypted


async def publish_broken_device(who: Any, key: str, number: int) -> None:
    """Log in once more, with keys that are none."""
    identifier = {"type": "m.id.user", "user": who.id}
    proof = {"type": "m.login.password", "identifier": identifier, "password": who.account.password}
    login = await who.asks("POST", "/_matrix/client/v3/login", proof)
    device = login["device_id"]
    keys = {f"{kind}:{device}": key for kind in ("ed25519", "curve25519")}
    signatures = {"signatures": {who.id: {f"ed25519:{device}": "B" * 86 if number % 2 else "?"}}}
    body = {"user_id": who.id, "device_id": device, "algorithms": [], "keys": keys} | signatures
    before, who.token = who.token, login["access_token"]
    await who.asks("POST", "/_matrix/client/v3/keys/upload", {"device_keys": body})
    who.token = before
