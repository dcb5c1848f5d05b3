"""What the doctor is told of an account, well or ill."""

from adapters.matrix.examine import examine
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import person
from tests.support.synapse import Synapse
from tests.support.waiting_port import free_port


async def told(bot: Bot, **more: str) -> dict[str, str]:
    login = {"homeserver": bot.account.homeserver, "password": bot.account.password} | more
    facts = await examine(user_id=bot.id, store_dir=bot.store, **login)
    return {fact.name: "" if fact.ok else fact.code for fact in facts}


async def test_before_the_first_start(synapse: Synapse, bot: Bot) -> None:
    assert await told(bot) == {"homeserver": "", "login": ""}
    assert await told(bot, password="wrong") == {"homeserver": "", "login": "login refused"}
    assert not bot.store.exists()
    async with person(synapse, "Owner", bot.account) as owner:
        devices = (await owner.asks("GET", "/_matrix/client/v3/devices"))["devices"]
        assert "Folkmoot" not in {device["display_name"] for device in devices}


async def test_all_is_well_then_not(bot: Bot) -> None:
    async with bot.runs():
        well = await told(bot)
    assert set(well.values()) == {""}
    assert well.keys() == {"homeserver", "login", "key store, for this user only", "encryption keys", "device, signed"}
    (bot.store / "keys.db").chmod(0o644)
    assert (await told(bot))["key store, for this user only"] == "readable by others"
    (bot.store / "keys.db").unlink()
    assert (await told(bot))["encryption keys"] == "keys lost"


async def test_nobody_there(bot: Bot) -> None:
    assert (await told(bot, homeserver=f"http://127.0.0.1:{free_port()}"))["homeserver"] == "unreachable"
