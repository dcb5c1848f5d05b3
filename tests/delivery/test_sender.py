"""The sender at work, on a real loop: woken, resting, stopped in the middle of everything."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.adapter import Delivery, TryLater
from bot.chat.refs import MessageRef
from bot.clock import SystemClock
from bot.delivery import lane
from bot.delivery.boards import Rhythm
from models import PromiseRow
from models.database import Database
from tests.delivery.conftest import MakePost
from tests.support.post import Post
from tests.support.room import FakePlatform


@dataclass
class SlowPlatform(FakePlatform):
    """Each delivery waits at the gate of its chat."""

    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    under_way: int = 0

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.under_way += 1
        await self.gates.setdefault(delivery.chat.id, asyncio.Event()).wait()
        self.under_way -= 1
        return await super().deliver(delivery)

    def open(self, *rooms: str) -> None:
        for room in rooms:
            self.gates.setdefault(room, asyncio.Event()).set()


async def until(condition: Callable[[], object]) -> None:
    while not condition():
        await asyncio.sleep(0.002)


async def a_few_turns() -> None:
    """Of the loop, so that whoever was cancelled knows."""
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def at_work(post: Post) -> AsyncIterator["asyncio.Task[None]"]:
    running = asyncio.create_task(post.sender.run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_it_sends_what_is_there_and_what_it_is_woken_for(post: Post) -> None:
    async def story() -> None:
        post.says("before")
        async with at_work(post):
            await until(lambda: post.shows("a") == ["before"])
            await until(lambda: not post.sender.lanes)
            for number, words in enumerate(("one", "two"), start=1):
                post.says(words, "b")
                post.sender.wake()
                await until(lambda number=number: len(post.shows("b")) == number)  # type: ignore[misc]

    post.run(story())
    assert post.shows("b") == ["one", "two"]


def test_words_wake_it_at_once_and_what_only_touches_boards_in_a_while(make_post: MakePost) -> None:
    post = make_post(FakePlatform(), rhythm=Rhythm())
    sender = post.sender

    async def story() -> None:
        post.board("nobody yet")
        async with at_work(post):
            await until(lambda: post.shows() == ["nobody yet"] and not sender.lanes)
            sender.wake_if_promised()  # for what the sender itself has written since it looked
            await until(lambda: not sender.news.is_set() and not sender.looking)
            post.now_shows("one")
            sender.wake_if_promised()
            assert (sender.news.is_set(), bool(sender.later)) == (False, True)
            post.says("words")
            sender.wake_if_promised()
            assert (sender.news.is_set(), bool(sender.later)) == (True, False)
            await until(lambda: "words" in post.shows())

    post.run(story())


def test_a_touched_board_is_shown_though_nobody_looks_at_once(post: Post) -> None:
    async def story() -> None:
        post.board("nobody yet")
        async with at_work(post):
            await until(lambda: post.shows() == ["nobody yet"] and not post.sender.lanes)
            post.now_shows("one")
            post.sender.wake_if_promised()
            await until(lambda: post.shows() == ["one"])

    post.run(story())


def test_a_lane_that_rests_is_woken_when_its_clock_is_turned(post: Post) -> None:
    post.platform.faults.append(TryLater(3600))

    async def story() -> None:
        post.says("words")
        async with at_work(post):
            await until(lambda: post.platform.attempts and not post.sender.busy)
            assert post.shows() == []
            post.clock.advance(timedelta(hours=1))
            post.sender.wake()
            await until(lambda: post.shows() == ["words"])

    post.run(story())


def test_a_lane_that_rests_wakes_by_itself(post: Post) -> None:
    post.platform.faults.append(TryLater(0))
    post.sender.clock = SystemClock()

    async def story() -> None:
        post.says("words")
        async with at_work(post):
            await until(lambda: post.shows() == ["words"])

    post.run(story())
    assert len(post.platform.attempts) == 2


def test_words_promised_while_another_lane_hangs_go_out(make_post: MakePost) -> None:
    post = make_post(SlowPlatform())
    platform = post.platform
    assert isinstance(platform, SlowPlatform)

    async def story() -> None:
        post.says("hangs", "a")
        async with at_work(post):
            await until(lambda: platform.under_way)
            platform.open("b")
            post.says("goes", "b")
            post.sender.wake()
            await until(lambda: post.shows("b") == ["goes"])
            assert post.shows("a") == []
            platform.open("a")
            await until(lambda: post.shows("a") == ["hangs"])

    post.run(story())


@pytest.mark.parametrize("limit", [None, 20])
def test_many_wakings_send_everything_once_and_in_order(make_post: MakePost, limit: int | None) -> None:
    post = make_post(FakePlatform(messages_a_minute=limit))

    def all_sent() -> bool:
        post.clock.advance(timedelta(seconds=1))
        post.sender.wake()
        return len(post.platform.attempts) == 12

    async def story() -> None:
        async with at_work(post):
            for n in range(12):
                post.says(str(n), "ab"[n % 2])
                post.sender.wake()
                await asyncio.sleep(0)
            await until(all_sent)

    post.run(story())
    assert (post.shows("a"), post.shows("b")) == ([str(n) for n in range(0, 12, 2)], [str(n) for n in range(1, 12, 2)])


# stopped in the middle


def test_what_is_being_sent_when_it_stops_is_known_as_sent(make_post: MakePost) -> None:
    post = make_post(SlowPlatform())
    platform = post.platform
    assert isinstance(platform, SlowPlatform)

    async def story() -> None:
        post.says("reminder")
        running = asyncio.create_task(post.sender.run())
        await until(lambda: platform.under_way)
        running.cancel()
        await a_few_turns()
        platform.open("a")
        await asyncio.gather(running, return_exceptions=True)

    post.run(story())
    post.hire()
    post.goes_out(hours=1)
    assert (post.shows(), post.states()) == (["reminder"], ["sent"])


class Hesitant(Database):
    """Comes back from choosing what to send next only when it is told to."""

    chosen = 0
    go_on: asyncio.Event

    async def run(self, work: Any, *args: Any, **kwargs: Any) -> Any:
        result = await super().run(work, *args, **kwargs)
        if work is lane.next_task:
            self.chosen += 1
            await self.go_on.wait()
        return result


def test_stopped_between_choosing_and_sending_nothing_is_lost_and_nothing_doubled(post: Post) -> None:
    """A reminder is never repeated, so being marked as tried without being tried would lose it."""
    database = Hesitant(post.database.url)
    post.sender.database = database
    post.says("reminder")

    async def story() -> None:
        database.go_on = asyncio.Event()
        running = asyncio.create_task(post.sender.run())
        await until(lambda: database.chosen)
        running.cancel()
        await a_few_turns()
        database.go_on.set()
        await asyncio.gather(running, return_exceptions=True)

    post.run(story())
    database.close()
    post.hire()
    post.goes_out(hours=1)
    assert post.shows() == ["reminder"]


def test_nothing_new_is_begun_once_it_stops(make_post: MakePost) -> None:
    post = make_post(SlowPlatform())
    platform = post.platform
    assert isinstance(platform, SlowPlatform)

    async def story() -> None:
        for n in range(5):
            post.says(str(n))
        running = asyncio.create_task(post.sender.run())
        await until(lambda: platform.under_way)
        running.cancel()
        await a_few_turns()
        platform.open("a")
        await asyncio.gather(running, return_exceptions=True)

    post.run(story())
    assert post.shows() == ["0"]
    post.hire()
    post.goes_out()
    assert post.shows() == ["0", "1", "2", "3", "4"]


def test_until_quiet_waits_for_all_that_may_go_at_once(make_post: MakePost) -> None:
    """The last words before the end, however the lanes stand when they are promised."""
    post = make_post(FakePlatform())

    async def story() -> None:
        async with at_work(post):
            for n in range(30):
                for room in ("a", "b"):
                    post.says(f"{n}", room, key=f"{room}:{n}")
                await post.sender.until_quiet()
                assert post.shows("a")[-1] == post.shows("b")[-1] == str(n)

    post.run(story())


def test_what_must_wait_keeps_nobody_from_the_end(post: Post) -> None:
    post.platform.faults.append(TryLater(3600))

    async def story() -> None:
        post.says("later")
        async with at_work(post):
            await asyncio.wait_for(post.sender.until_quiet(), 30)

    post.run(story())
    assert post.row(PromiseRow).state == "waiting"


def test_a_face_that_cannot_be_drawn_stops_its_own_lane_only(post: Post) -> None:
    async def story() -> None:
        post.board("1")
        del post.truth[1]
        post.says("elsewhere", "b")
        async with at_work(post):
            await until(lambda: post.shows("b") == ["elsewhere"])
            post.truth[1] = "1"
            post.clock.advance(timedelta(seconds=30))
            post.sender.wake()
            await until(lambda: post.shows("a") == ["1"])

    post.run(story())
