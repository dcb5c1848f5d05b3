"""Two hundred people in a group, of whom a hundred and fifty answer at once, on both platforms."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import pytest

from bot.delivery.boards import Rhythm
from tests.conformance.matrix import MatrixPlace
from tests.conformance.places import sees
from tests.conformance.serving import serving
from tests.conformance.telegram import telegram_place
from tests.support.matrix_people import Person, encrypted_person, person
from tests.support.synapse import Synapse

NAMES = tuple(f"P{n}" for n in range(200))
T = TypeVar("T")
AT_ONCE = 8  # requests that are on their way to the homeserver


async def test_everybody_is_answered_and_the_board_is_edited_a_handful_of_times(sqlite_house: str) -> None:
    async with telegram_place(NAMES) as place, serving(sqlite_house, place.adapter(), rhythm=Rhythm()):
        await place.invite_bot()
        for name in NAMES:
            await place.says(name, "/join")
        await place.says("P0", "/propose We buy a dishwasher for 2 days")
        await sees(place, "Spoken: 0 of 200; 100 needed.")
        before = len(place.server.toasts)
        for n, name in enumerate(NAMES[:150]):
            await place.taps(name, ("Consent", "Stand aside")[n % 2])
        board = await place.room.sees(lambda post: "Spoken: 150 of 200; 100 needed." in post.text)
        await sees(place, lambda _: len(place.server.toasts) == before + 150)
    assert len(board.history) <= 6
    words = {f"Counted: {stance}. You can change it while the round is open." for stance in ("Consent", "Stand aside")}
    assert {answer.text for answer in place.server.toasts[before:]} == words


async def together(*steps: Coroutine[Any, Any, T]) -> list[T]:
    """A few at a time, as a homeserver can take them."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(step: Coroutine[Any, Any, T]) -> T:
        async with free:
            return await step

    return await asyncio.gather(*map(one, steps))


async def assembled(place: MatrixPlace, people: list[Person]) -> None:
    """In one room, open to whoever comes; the bot comes last."""
    first, *others = people
    place.room = await first.creates_room("The moot", encrypted=place.encrypted, preset="public_chat")
    await together(*(who.joins(place.room) for who in others))
    await first.invites(place.room, place.account)


@pytest.mark.long
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
async def test_on_a_homeserver_nobody_who_reacted_is_missing(
    encrypted: bool, synapse: Synapse, sqlite_house: str, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        people: list[Person] = [await stack.enter_async_context(encrypted_person(synapse, NAMES[0]))]
        people += await together(*(stack.enter_async_context(person(synapse, name)) for name in NAMES[1:]))
        place = MatrixPlace(synapse.register(), tmp_path / "store", {who.name: who for who in people}, encrypted)
        await stack.enter_async_context(serving(sqlite_house, place.adapter(), rhythm=Rhythm()))
        await assembled(place, people)
        welcome = await people[0].sees(place.room, lambda m: "Count me in" in m.buttons)
        await together(*(who.taps(place.room, welcome, "Count me in") for who in people))
        await place.says(NAMES[0], "!propose We buy a dishwasher for 2 days")
        board = await people[0].sees(place.room, lambda m: "Spoken: 0 of 200; 100 needed." in m.body)
        began = monotonic()
        await together(*(who.taps(place.room, board, ("Consent", "Stand aside")[n % 2]) for n, who in enumerate(people[:150])))
        print(f"150 reactions in {monotonic() - began:.1f} s", end=" ")
        board = await people[0].sees(place.room, lambda m: "Spoken: 150 of 200; 100 needed." in m.body)
        print(f"on the board after {monotonic() - began:.1f} s, by {board.edited} edits")
        assert board.edited <= 8
        await place.says(NAMES[0], "!close")
        await sees(place, "received 150 = counted 150")
