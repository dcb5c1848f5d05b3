"""The whole bot on a real loop and a real clock: it listens, wakes at deadlines, and ends in good order."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest

from bot import app
from bot.app import Folkmoot
from bot.chat.adapter import CannotListen, Intake
from bot.clock import SystemClock
from bot.delivery.boards import Rhythm
from bot.dice import SeededDice
from bot.routing.house import House
from models import DrawRow, IntakeRow
from models.database import Database
from tests.support.live import LivePlatform, until
from tests.support.records import Records

SOON = Rhythm(timedelta(seconds=0.02), timedelta(seconds=0.1))


class Running(Records):
    """A bot that can be started and stopped on one database."""

    def __init__(self, url: str, *platforms: LivePlatform) -> None:
        self.database, self.platforms = Database(url), platforms
        self.ready = 0
        house = House("test", digest=("off", 18), draw_window=timedelta(seconds=0.3), dice=SeededDice("app"))
        self.app = Folkmoot(self.database, platforms, house, SystemClock(), SOON)

    def close(self) -> None:
        self.database.close()

    def say_ready(self) -> None:
        self.ready += 1

    @asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Task[None]"]:
        task = asyncio.create_task(self.app.run(self.say_ready))
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def telegram() -> LivePlatform:
    return LivePlatform()


@pytest.fixture
def bot(sqlite_house: str, telegram: LivePlatform) -> Iterator[Running]:
    with closing(Running(sqlite_house, telegram)) as made:
        yield made


async def test_a_whole_draw_by_the_clock(bot: Running, telegram: LivePlatform) -> None:
    """Nobody presses Draw now: the bot wakes at the deadline, asks the platform, and draws."""
    async with bot.running():
        await until(lambda: bot.ready)
        for name in ("Anna", "Ben"):
            telegram.says(name, "/join")
        telegram.says("Anna", "/draw facilitator")
        await until(lambda: any(text.startswith("🎩") for text in telegram.shows()))
        await until(lambda: any(text.startswith("🎲") for text in telegram.shows()))
        (asked,) = telegram.standing()[-1].message.mentions
        telegram.taps(asked.name, "Accept")
        await until(lambda: "accepted" in telegram.shows()[-1])
    draw = bot.row(DrawRow)
    assert draw.drawn_at is not None
    assert draw.drawn_at >= draw.closes_at
    assert bot.row(IntakeRow).drained_at is not None
    assert all(wait == int(wait) for wait in telegram.looks)


async def test_ready_is_said_once_when_all_are_listened_to(sqlite_house: str) -> None:
    telegram, matrix = LivePlatform(), LivePlatform("matrix")
    matrix.faults_of_listening.append(ConnectionError())
    with closing(Running(sqlite_house, telegram, matrix)) as bot:
        async with bot.running():
            await until(lambda: telegram.looks and not matrix.faults_of_listening)
            assert bot.ready == 0
            await until(lambda: bot.ready)
            telegram.says("Anna", "/who")
            await until(telegram.shows)
        assert bot.ready == 1


async def test_listening_goes_on_after_any_fault(bot: Running, telegram: LivePlatform) -> None:
    async with bot.running() as task:
        await until(lambda: bot.ready)
        telegram.faults_of_listening.append(KeyError("a bug"))
        telegram.says("Anna", "/who")
        telegram.says("Anna", "/who")
        await until(lambda: len(telegram.shows()) == 2)
        assert not task.done()


@pytest.mark.parametrize("why", ["login refused", "taken", "webhook set", "store lost"])
async def test_who_may_not_listen_from_the_start_ends(bot: Running, telegram: LivePlatform, why: str) -> None:
    telegram.faults_of_listening.append(CannotListen(why))  # type: ignore[arg-type]
    with pytest.raises(CannotListen) as over:
        await asyncio.wait_for(bot.app.run(bot.say_ready), 30)
    assert (over.value.why, bot.ready) == (why, 0)


async def test_a_platform_that_is_lost_later_leaves_the_other_at_work(sqlite_house: str) -> None:
    telegram, matrix = LivePlatform(), LivePlatform("matrix")
    with closing(Running(sqlite_house, telegram, matrix)) as bot:
        async with bot.running() as task:
            await until(lambda: bot.ready)
            matrix.faults_of_listening.append(CannotListen("login refused"))
            matrix.news.set()
            await until(lambda: not matrix.faults_of_listening)
            telegram.says("Anna", "/who")
            await until(telegram.shows)
            assert not task.done()


async def test_another_instance_ends_this_one(sqlite_house: str) -> None:
    telegram, matrix = LivePlatform(), LivePlatform("matrix")
    with closing(Running(sqlite_house, telegram, matrix)) as bot:
        task = asyncio.create_task(bot.app.run(bot.say_ready))
        await until(lambda: bot.ready)
        matrix.faults_of_listening.append(CannotListen("taken"))
        matrix.news.set()
        with pytest.raises(CannotListen):
            await asyncio.wait_for(task, 30)


async def test_what_was_promised_goes_out_before_the_end(bot: Running, telegram: LivePlatform) -> None:
    async with bot.running():
        await until(lambda: bot.ready)
        for n in range(40):
            telegram.says(f"Person {n}", "/join")
        await until(lambda: len(telegram.answers) == 40)
    assert len(telegram.shows()) == 40
    assert telegram.shows()[-1].endswith("It holds 40 names.")


async def test_it_ends_however_often_and_whenever_it_is_told_to(sqlite_house: str) -> None:
    """Also when the word comes together with news: a cancellation is never forgotten."""
    for turns in range(25):
        telegram = LivePlatform()
        with closing(Running(sqlite_house, telegram)) as bot:
            task = asyncio.create_task(bot.app.run(bot.say_ready))
            telegram.says("Anna", "/who")
            for _ in range(turns):
                await asyncio.sleep(0)
            bot.app.sender.wake()
            task.cancel()
            await asyncio.wait({task}, timeout=30)
            assert task.cancelled()


class Stubborn(LivePlatform):
    """Its listening hears no cancellation, until it is let go."""

    let_go = False

    async def listen(self, intake: Intake) -> None:
        while not self.let_go:
            with contextlib.suppress(asyncio.CancelledError):
                await super().listen(intake)


async def test_it_ends_in_time_whoever_does_not(sqlite_house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the others get their turn: what was promised elsewhere goes out."""
    for name, seconds in {"ENDS_WITHIN": 30.4, "FOR_WORDS": 30, "FOR_SENDING": 0.2, "FOR_CLOSING": 0.1}.items():
        monkeypatch.setattr(app, name, seconds)
    stubborn, matrix = Stubborn(), LivePlatform("matrix")
    with closing(Running(sqlite_house, stubborn, matrix)) as bot:
        async with bot.running() as task:
            await until(lambda: bot.ready)
            matrix.says("Anna", "/who")
            await until(lambda: matrix.answers)
            task.cancel()
            ended, _ = await asyncio.wait({task}, timeout=30)
            stubborn.let_go = True
            assert ended
            assert matrix.shows()


async def test_it_waits_for_no_last_words_of_a_sender_that_has_failed(bot: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails() -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(app, "ENDS_WITHIN", 3600.0)
    monkeypatch.setattr(bot.app.sender, "look_around", fails)
    with pytest.raises(KeyError):
        await asyncio.wait_for(bot.app.run(bot.say_ready), 30)


async def test_an_event_in_hand_when_it_ends_is_taken_once(sqlite_house: str) -> None:
    telegram = LivePlatform()
    telegram.says("Anna", "/join")
    for turns in range(12):
        with closing(Running(sqlite_house, telegram)) as bot:
            task = asyncio.create_task(bot.app.run(bot.say_ready))
            for _ in range(3 * turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    with closing(Running(sqlite_house, telegram)) as bot:
        async with bot.running():
            await until(lambda: bot.ready and not telegram.kept and telegram.shows())
    assert telegram.shows() == ["Anna is in the hat. It holds 1 name."]
