"""Several processes on one PostgreSQL share the work: whoever dies, nothing is lost or doubled, and another takes over soon."""

import asyncio
import random
import signal
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models import AccountRow, ChatRow, GroupRow, MemberRow, NoteRow, PersonRow
from models.database import Database
from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.leading import leader
from tests.kills.series import Series
from tests.kills.square import OK, SECOND, Square, all_counted, counted
from tests.kills.telegram_crowd import TelegramCrowd
from tests.support.botapi.remote import Remote
from tests.support.moot import START
from tests.support.waiting import await_true
from tests.support.zygote import Life, Zygote


@pytest.fixture
def shared(bots: Zygote, tmp_path: Path, postgres_url: str, remote: Remote) -> House:
    house = House(bots, tmp_path / "house", url=postgres_url).on_telegram(remote)
    house.sections["database"]["shared"] = True
    return house


def test_two_share_the_work_and_stop_in_order(shared: House, square: Square) -> None:
    first, second = shared.starts_well(), shared.starts_well()
    square.taps()
    await_true(lambda: all_counted(shared), "all presses counted once")
    assert {first.terminate(), second.terminate()} == {OK}
    shared.is_discreet("Sparrow", "square")


def test_whoever_listens_is_killed_and_the_other_takes_over(shared: House, square: Square, tell: Tell) -> None:
    lives = [shared.starts_well(), shared.starts_well()]
    square.welcome()
    first = leader(shared, *lives)
    first.kill()
    killed_at = time.monotonic()
    square.taps()
    await_true(lambda: counted(shared) > 0, "a press that counts")
    took = time.monotonic() - killed_at
    await_true(lambda: all_counted(shared), "all presses counted once")
    [other] = [life for life in lives if life is not first]
    assert other.terminate() == OK
    tell(f"taken over {took:.1f} s after kill -9")


class Pair(Series):
    """Two lives at a time; now the one, now the other is cut short, and another takes its place."""

    lives: list[Life]

    async def lives_shortly(self) -> None:
        while len(self.lives) < 2:
            self.lives.append(self.house.starts())
        life = self.lives.pop(self.rng.randrange(2))
        await self.passes(life, await self.age_at_death(life))
        assert not life.over, f"it ended by itself with {life.code}:\n{life.said()}"
        life.kill()
        self.figures.kills += 1

    async def ends_well(self) -> None:
        """With three at work."""
        await super().ends_well()
        for life in self.lives:
            assert await asyncio.to_thread(life.terminate) == OK, life.said()


async def pair(house: House, remote: Remote, rng: random.Random, kills: int, groups: int) -> str:
    series = Pair(house, [TelegramCrowd(remote, rng, groups=groups)], rng)
    series.lives = []
    figures = await series.run(kills)
    return figures.told()


async def test_one_of_two_is_killed_now_and_then(shared: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(await pair(shared, remote, rng, kills=8, groups=6))


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_one_of_two_is_killed_two_hundred_times(shared: House, remote: Remote, rng: random.Random, tell: Tell) -> None:
    tell(await pair(shared, remote, rng, kills=200, groups=40))


def test_whoever_listens_hangs_and_the_other_takes_over(shared: House, square: Square, tell: Tell) -> None:
    """When it comes to itself again, it has lost its turn, and does nothing twice."""
    lives = [shared.starts_well(), shared.starts_well()]
    square.welcome()
    hung = leader(shared, *lives)
    hung.signal(signal.SIGSTOP)
    hung_at = time.monotonic()
    square.taps()
    await_true(lambda: counted(shared) > 0, "a press that counts")
    took = time.monotonic() - hung_at
    await_true(lambda: all_counted(shared), "all presses counted once")
    hung.signal(signal.SIGCONT)
    asked = square.remote.says(square.people[0], square.chat, "/who")
    await_true(lambda: square.answered(asked), "an answer")
    assert all_counted(shared)
    assert {life.terminate() for life in lives} == {OK}
    tell(f"taken over {took:.1f} s after it hung")


def due_in(house: House, groups: int, each: int) -> None:
    """Notes to which nobody objected for a day, in so many groups."""
    with closing(Database(house.url)) as database:
        database.transact(fill, groups, each)


def fill(db: Session, groups: int, each: int) -> None:
    for n in range(groups):
        group = GroupRow(title="", created_at=START, last_number=each)
        who = AccountRow(platform="telegram", ref=f"9{n}", name="Sparrow", person=PersonRow(created_at=START))
        db.add_all([group, who])
        db.flush()
        chat = ChatRow(platform="telegram", ref=f"-9{n}", kind="group", group=group, created_at=START)
        member = MemberRow(group_id=group.id, person_id=who.person_id, account_id=who.id, joined_at=START)
        db.add_all([chat, member])
        db.flush()
        about = {"group_id": group.id, "chat_id": chat.id, "by_id": member.id, "kind": "note", "text": "We met in the square."}
        db.add_all(NoteRow(**about, number=number, noted_at=START, holds_at=START) for number in range(1, each + 1))


def settled(house: House) -> int:
    """How many notes stand by now; none of them was entered twice."""
    [[stand, entered]] = house.rows("SELECT (SELECT count(*) FROM notes WHERE state = 'stands'), (SELECT count(*) FROM entries)")
    assert stand == entered
    return int(stand)


def more_than(house: House, some: int) -> bool:
    return settled(house) > some


def test_what_is_due_is_done_once_by_one_of_two(shared: House, remote: Remote, tell: Tell) -> None:
    tell(all_done_once(shared, groups=20, each=6, kills=1))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_due_things_are_done_once_by_one_of_two(shared: House, remote: Remote, tell: Tell) -> None:
    tell(all_done_once(shared, groups=500, each=20, kills=10))


def all_done_once(house: House, groups: int, each: int, kills: int) -> str:
    assert house.starts_well().terminate() == OK
    due_in(house, groups, each)
    began, lives = time.monotonic(), [house.starts_well(), house.starts_well()]
    for n in range(1, kills + 1):
        some = groups * each * n // (kills + 2)
        await_true(partial(more_than, house, some), "some to be done", limit=600)
        lives.pop(0).kill()
        lives.append(house.starts())
    await_true(lambda: settled(house) == groups * each, "all to be done", limit=600)
    took = time.monotonic() - began
    assert house.one("SELECT count(*) FROM entries") == groups * each
    assert {life.terminate() for life in lives} == {OK}
    house.is_discreet("Sparrow")
    return f"{groups * each} due things done once each by two processes in {took:.0f} s, with {kills} kills"


def test_one_alone_and_those_who_share_keep_each_other_out(shared: House, square: Square) -> None:
    sharing = shared.starts_well()
    shared.sections["database"]["shared"] = False
    alone = shared.starts()
    assert alone.wait() == SECOND
    assert f"process {sharing.pid} on " in alone.said()
    assert sharing.terminate() == OK
