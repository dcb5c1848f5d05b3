"""Who goes next where only one may go at a time."""

import asyncio
import random

import pytest

from bot.delivery.turns import Turns


class Queue:
    """Lanes that want a turn each, one after the other, while the first still has its own."""

    def __init__(self, lanes: int) -> None:
        self.hurried: set[int] = set()
        self.turns, self.went = Turns(self.hurried), list[int]()
        self.held = asyncio.Event()
        self.tasks = {chat: asyncio.create_task(self.go(chat)) for chat in range(lanes)}

    async def go(self, chat: int) -> None:
        async with self.turns.of(chat):
            self.went.append(chat)
            await self.held.wait()

    async def let_go(self) -> list[int]:
        self.held.set()
        await asyncio.wait_for(asyncio.gather(*self.tasks.values(), return_exceptions=True), 10)
        return self.went


async def queue(lanes: int) -> Queue:
    made = Queue(lanes)
    await asyncio.sleep(0)
    return made


async def test_they_go_as_they_came() -> None:
    assert await (await queue(5)).let_go() == [0, 1, 2, 3, 4]


async def test_who_is_asked_goes_first_even_if_it_came_last() -> None:
    made = await queue(5)
    made.hurried |= {4, 2}
    assert await made.let_go() == [0, 2, 4, 1, 3]


@pytest.mark.parametrize("seed", range(20))
async def test_who_gives_up_at_whatever_moment_holds_up_nobody(seed: int) -> None:
    made, dice = await queue(12), random.Random(seed)
    given_up = dice.sample(range(1, 12), 5)
    for chat in given_up:
        if dice.random() < 0.3:
            made.held.set()
            await asyncio.sleep(0)
        made.tasks[chat].cancel()
    went = await made.let_go()
    assert set(went) >= set(range(12)) - set(given_up)
    assert len(went) == len(set(went))
    assert not made.turns.taken
