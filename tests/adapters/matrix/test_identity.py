"""The bot's device: signed, kept over restarts, replaced when its keys are lost, and refused when it is gone."""

import base64
import json
import stat
from typing import Any

import pytest
from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from adapters.matrix.cipher import Cipher
from bot.chat.adapter import CannotListen
from bot.chat.incoming import BotAdded, CommandSent
from bot.chat.message import message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import EncryptedPerson, Person, encrypted_person, person
from tests.support.synapse import Synapse


def signed_by(key: str, body: dict[str, Any], signature: str) -> bool:
    """An independent reading of the rules for signing JSON."""
    bare = {name: value for name, value in body.items() if name not in ("signatures", "unsigned")}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    public = eddsa.import_public_key(base64.b64decode(key + "="))
    assert isinstance(public, ECC.EccKey)
    try:
        eddsa.new(public, "rfc8032").verify(text, base64.b64decode(signature + "=="))
    except ValueError:
        return False
    return True


async def known_keys(anna: Person, bot: Bot) -> dict[str, Any]:
    return await anna.asks("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.id: []}})


async def trusted_device(anna: Person, bot: Bot) -> str:
    """The bot's one device with keys, checked along the chain of signatures as another client checks it."""
    known = await known_keys(anna, bot)
    (device,) = known["device_keys"][bot.id].values()
    master, own = known["master_keys"][bot.id], known["self_signing_keys"][bot.id]
    (master_key,), (own_key,) = master["keys"].values(), own["keys"].values()
    assert signed_by(master_key, own, own["signatures"][bot.id][f"ed25519:{master_key}"])
    assert signed_by(own_key, device, device["signatures"][bot.id][f"ed25519:{own_key}"])
    device_key = device["keys"][f"ed25519:{device['device_id']}"]
    assert signed_by(device_key, device, device["signatures"][bot.id][f"ed25519:{device['device_id']}"])
    if anna.id == bot.id:  # homeservers show it to nobody else
        assert signed_by(device_key, master, master["signatures"][bot.id][f"ed25519:{device['device_id']}"])
    return str(device["device_id"])


async def test_the_device_is_signed_and_stays_the_same(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse) as anna, person(synapse, "Owner", bot.account) as owner:
        async with bot.runs():
            device = await trusted_device(anna, bot)
            assert await trusted_device(owner, bot) == device
        async with bot.runs():
            assert await trusted_device(anna, bot) == device
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [bot.store, *bot.store.iterdir()]}
    assert modes.pop("store") == 0o700
    assert set(modes.values()) == {0o600}
    assert {"keys.db", "session.json", "identity.json", "pickle.key"} <= modes.keys()


async def test_a_lost_key_store_means_a_new_device(synapse: Synapse, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs():
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            old = await trusted_device(anna, bot)
        await anna.says(room, "!lost")
        (bot.store / "keys.db").unlink()
        async with bot.runs() as adapter:
            assert await trusted_device(anna, bot) != old
            assert "logging in as a new device" in caplog.text
            await bot.intake.until(lambda: bot.intake.waiting)
            await bot.sends(adapter, room, message("Here again."))
            assert (await anna.sees(room, "Here again.")).encrypted
            await anna.says(room, "!found")
            (said,) = await bot.intake.until_some(CommandSent)
            assert said.command == "found"


@pytest.mark.parametrize("harm", ["not a database", "another key", "all but the session"])
async def test_a_broken_key_store_is_a_lost_one(synapse: Synapse, bot: Bot, harm: str) -> None:
    async with person(synapse) as anna:
        async with bot.runs():
            old = await trusted_device(anna, bot)
        if harm == "not a database":
            (bot.store / "keys.db").write_bytes(b"\0" * 5_000)
        elif harm == "another key":
            (bot.store / "pickle.key").write_text("another")
        else:
            for name in ("keys.db", "identity.json", "pickle.key"):
                (bot.store / name).unlink()
        async with bot.runs():
            assert await trusted_device(anna, bot) != old


async def test_a_login_by_token(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse) as anna, person(synapse, "Owner", bot.account) as owner:
        token = {"password": None, "access_token": owner.token, "device_id": owner.device_id}
        async with bot.runs(**token):
            assert await trusted_device(anna, bot) == owner.device_id
        (bot.store / "keys.db").unlink()
        with pytest.raises(CannotListen) as caught:
            await bot.adapter(**token).listen(bot.intake)
        assert caught.value.why == "store lost"
        with pytest.raises(CannotListen) as caught:
            await bot.adapter(**token | {"device_id": "ANOTHER"}).listen(bot.intake)
        assert caught.value.why == "login refused"


async def test_a_wrong_password(bot: Bot) -> None:
    with pytest.raises(CannotListen) as caught:
        await bot.adapter(password="wrong").listen(bot.intake)
    assert caught.value.why == "login refused"


async def test_a_login_that_is_revoked_ends_listening_and_keeps_its_state(synapse: Synapse, bot: Bot) -> None:
    async with person(synapse, "Owner", bot.account) as owner, bot.runs() as adapter:
        assert adapter.live is not None
        old = adapter.live.cipher.device_id
        proof = {"type": "m.login.password", "password": owner.account.password}
        auth = proof | {"identifier": {"type": "m.id.user", "user": owner.id}}
        await owner.asks("POST", "/_matrix/client/v3/delete_devices", {"devices": [old], "auth": auth})
        with pytest.raises(CannotListen) as caught:
            await bot.listening
        assert caught.value.why == "login refused"
    with pytest.raises(CannotListen):
        await bot.adapter().listen(bot.intake)
    assert old not in {each["device_id"] for each in await owner_devices(synapse, bot)}
    assert json.loads((bot.store / "session.json").read_text())["device_id"] == old


async def owner_devices(synapse: Synapse, bot: Bot) -> list[dict[str, Any]]:
    async with person(synapse, "Owner", bot.account) as owner:
        return list((await owner.asks("GET", "/_matrix/client/v3/devices"))["devices"])


async def test_newcomers_reach_the_bot_when_its_keys_are_used_up(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=True, invite=[bot])
        await bot.intake.until_some(BotAdded)
        assert adapter.live is not None
        cipher = adapter.live.cipher
        for _ in range(60):
            await claim(anna, bot, cipher)
        await anna.says(room, "!hello")
        await bot.intake.until_some(CommandSent)
        assert (await claim(anna, bot, cipher)).get("fallback") is None


async def test_newcomers_reach_the_bot_while_it_is_away(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            assert adapter.live is not None
            cipher = adapter.live.cipher
        for _ in range(60):
            await claim(anna, bot, cipher)
        await anna.says(room, "!hello")
        async with bot.runs():
            await bot.intake.until_some(CommandSent)


async def claim(anna: EncryptedPerson, bot: Bot, cipher: Cipher) -> dict[str, Any]:
    wanted = {bot.id: {cipher.device_id: "signed_curve25519"}}
    answer = await anna.asks("POST", "/_matrix/client/v3/keys/claim", {"one_time_keys": wanted})
    ((key,),) = (device.values() for device in answer["one_time_keys"][bot.id].values())
    return dict(key)
