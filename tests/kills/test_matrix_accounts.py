"""Several accounts on Matrix, in one process and in two: each speaks in its own rooms, and whoever listens may die."""

import asyncio
import time
from pathlib import Path

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.leading import leader
from tests.kills.matrix_crowd import answered, doubled
from tests.kills.square import OK
from tests.support.matrix_people import Person, Shown, in_room, person
from tests.support.synapse import Account, Synapse
from tests.support.waiting import await_true
from tests.support.zygote import Zygote

WELCOME = "I am Folkmoot"


async def opens(anna: Person, bot: Account) -> str:
    """A room in which the bot has said who it is."""
    room = await anna.creates_room(invite=[bot])
    await anna.sees(room, lambda shown: shown.sender == bot.user_id and WELCOME in shown.body)
    return room


async def comes(anna: Person, room: str, bot: Account) -> None:
    await anna.invites(room, bot)
    async with asyncio.timeout(30):
        while bot.user_id not in (await anna.asks("GET", in_room(room, "joined_members")))["joined"]:
            await asyncio.sleep(0.03)


async def is_answered(anna: Person, room: str, bot: Account, words: str) -> None:
    asked = await anna.says(room, words)
    await anna.sees(room, lambda shown: shown.sender == bot.user_id and answered(shown.content) == asked)


async def said_by(anna: Person, room: str, bot: Account) -> list[Shown]:
    return [shown for shown in await anna.reads(room) if shown.sender == bot.user_id]


async def test_a_room_belongs_to_the_account_that_was_there_first(moot: House, synapse: Synapse) -> None:
    """What another account hears there it passes over, until that one is put out."""
    first, north = synapse.register(), synapse.register()
    life = moot.on_matrix(first).on_matrix(north, "matrix.north").starts_well()
    async with person(synapse, "Anna Secretname") as anna:
        room, elsewhere = await opens(anna, first), await opens(anna, north)
        await comes(anna, room, north)
        await is_answered(anna, room, first, "!join")
        await is_answered(anna, elsewhere, north, "!join")
        assert (await said_by(anna, room, north), await said_by(anna, elsewhere, first)) == ([], [])
        await anna.kicks(room, first)
        await_true(lambda: moot.rows("SELECT ref FROM chats WHERE state = 'closed'") == [(room,)], "it to be known")
        await is_answered(anna, room, north, "!who")
    assert life.terminate() == OK
    moot.is_discreet("Secretname")


async def test_whoever_listens_is_killed_and_the_other_takes_over(
    bots: Zygote, tmp_path: Path, postgres_url: str, synapse: Synapse, tell: Tell
) -> None:
    """Both accounts are heard and answered as before, and nothing is said twice."""
    first, north = synapse.register(), synapse.register()
    house = House(bots, tmp_path / "house", url=postgres_url).on_matrix(first).on_matrix(north, "matrix.north")
    house.sections["database"]["shared"] = True
    lives = [house.starts_well(), house.starts_well()]
    async with person(synapse, "Anna Secretname") as anna:
        rooms = [(await opens(anna, account), account) for account in (first, north)]
        await asyncio.gather(*(is_answered(anna, room, account, "!join") for room, account in rooms))
        dead = leader(house, *lives, account="matrix")
        dead.kill()
        killed_at = time.monotonic()
        await asyncio.gather(*(is_answered(anna, room, account, "!who") for room, account in rooms))
        took = time.monotonic() - killed_at
        assert [doubled(await said_by(anna, room, account)) for room, account in rooms] == [[], []]
    [other] = [life for life in lives if life is not dead]
    assert leader(house, other, account="matrix") is other
    assert other.terminate() == OK
    house.is_discreet("Secretname")
    tell(f"taken over on Matrix {took:.1f} s after kill -9")
