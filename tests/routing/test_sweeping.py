"""What comes due is done once, in a transaction of its own, when all that was said in time is worked off."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.routing import ledger
from models import GroupRow
from tests.routing.conftest import MakeDesk
from tests.support.desk import Desk, Diary
from tests.support.moot import START


def with_diaries(make_desk: MakeDesk, *diaries: Diary) -> Desk:
    desk = make_desk(features=[diary.feature for diary in diaries])
    desk.take(desk.command())
    return desk


def at(seconds: float) -> tuple[object, int]:
    return START + timedelta(seconds=seconds), 1


def titles(desk: Desk) -> str:
    return desk.row(GroupRow).title


def test_what_is_due_is_done_once(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates = {1: at(10), 2: at(20)}  # type: ignore[dict-item]
    desk.sweep()
    assert diary.settled == []
    desk.clock.advance(timedelta(seconds=10))
    desk.take()
    for _ in range(3):
        desk.sweep()
    assert titles(desk) == " 1"
    assert desk.horizon.next_due == START + timedelta(seconds=20)


def test_after_a_night_everything_is_done_once_in_order(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates = {n: at(n) for n in range(1, 20)}  # type: ignore[misc]
    desk.clock.advance(timedelta(hours=12))
    desk.take()
    desk.sweep()
    assert diary.settled == list(range(1, 20))
    assert desk.horizon.next_due is None


def test_one_that_raises_leaves_the_others_done_and_is_tried_again(make_desk: MakeDesk, caplog: pytest.LogCaptureFixture) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates = {n: at(n) for n in range(1, 5)}  # type: ignore[misc]
    diary.broken = {2}
    desk.clock.advance(timedelta(seconds=10))
    desk.take()
    with caplog.at_level(logging.INFO):
        desk.sweep()
    assert titles(desk) == " 1 3 4"
    assert "division" not in caplog.text
    diary.broken = set()
    desk.sweep()
    assert titles(desk) == " 1 3 4 2"


def test_a_feature_that_cannot_look_does_not_stop_the_others(make_desk: MakeDesk) -> None:
    blind, other = Diary("blind"), Diary("other")
    desk = with_diaries(make_desk, blind, other)
    blind.cannot_look = True
    blind.dates, other.dates = {1: at(1)}, {2: at(1)}  # type: ignore[dict-item]
    desk.clock.advance(timedelta(seconds=1))
    desk.take()
    desk.sweep()
    assert (blind.settled, other.settled) == ([], [2])
    blind.cannot_look = False
    desk.sweep()
    assert blind.settled == [1]


@pytest.fixture
def short_sighted(make_desk: MakeDesk) -> tuple[Desk, Diary, Diary]:
    """A desk with a sweep that cannot look ahead, not even in proper SQL, and one that can."""
    blind, other = Diary("blind"), Diary("other")
    desk = with_diaries(make_desk, blind, other)
    blind.cannot_look_ahead = True
    blind.dates, other.dates = {1: at(10)}, {2: at(20)}  # type: ignore[dict-item]
    return desk, blind, other


def test_a_feature_that_cannot_look_ahead_blocks_neither_intake_nor_the_others(
    short_sighted: tuple[Desk, Diary, Diary],
) -> None:
    desk, blind, other = short_sighted
    desk.take(desk.command("more"))
    assert desk.horizon.next_due == START + timedelta(seconds=20)
    desk.clock.advance(timedelta(seconds=20))
    desk.take()
    desk.sweep()
    assert (blind.settled, other.settled) == ([1], [2])


def test_a_fault_of_the_sweeping_itself_does_not_end_it(make_desk: MakeDesk) -> None:
    desk = with_diaries(make_desk, Diary())

    def broken() -> None:
        raise LookupError

    desk.sweeper.settled = broken

    async def story() -> bool:
        sweeping = asyncio.create_task(desk.sweeper.run())
        await asyncio.wait([sweeping], timeout=0.2)
        ended = sweeping.done()
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
        return ended

    assert not desk.run(story())


def test_a_chore_that_raises_holds_up_no_deadline(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates = {1: at(1)}  # type: ignore[dict-item]
    monkeypatch.delattr(ledger, "KEEP_SEEN")
    desk.clock.advance(timedelta(seconds=1))
    desk.take()
    desk.sweep()
    assert diary.settled == [1]


def test_what_fails_again_and_again_is_tried_in_the_regular_rounds(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates, diary.broken = {1: at(0)}, {1}  # type: ignore[dict-item]
    desk.take()
    for _ in range(10):
        desk.sweep()
    assert list(desk.routes.house.watch.unsettled) == [("diary", 1)]
    diary.broken = set()
    desk.sweep(seconds=29)
    assert diary.settled == []
    desk.sweep(seconds=1)
    assert (diary.settled, desk.routes.house.watch.unsettled) == ([1], {})


def test_what_is_due_no_longer_is_no_trouble_any_more(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates, diary.broken = {1: at(0)}, {1}  # type: ignore[dict-item]
    desk.take()
    desk.sweep()
    diary.dates = {}
    desk.sweep()
    assert desk.routes.house.watch.unsettled == {}


def test_it_waits_for_a_look_that_began_after_the_deadline(make_desk: MakeDesk) -> None:
    diary, hasty = Diary(), Diary("hasty", after_intake=False)
    desk = with_diaries(make_desk, diary, hasty)
    diary.dates, hasty.dates = {1: at(10)}, {2: at(10)}  # type: ignore[dict-item]
    desk.sweep(seconds=11)
    assert (diary.settled, hasty.settled) == ([], [2])
    desk.take(drained=False)
    desk.sweep()
    assert diary.settled == []
    desk.take()
    desk.sweep()
    assert diary.settled == [1]


def test_sweeps_do_not_run_into_each_other(make_desk: MakeDesk) -> None:
    diary = Diary()
    desk = with_diaries(make_desk, diary)
    diary.dates = {n: at(1) for n in range(1, 30)}  # type: ignore[misc]
    desk.clock.advance(timedelta(seconds=1))
    desk.take()

    async def at_once() -> None:
        await asyncio.gather(*(desk.sweeper.sweep() for _ in range(5)))

    desk.run(at_once())
    assert sorted(diary.settled) == list(range(1, 30))
    assert len(titles(desk).split()) == 29


def test_the_alarm_wakes_for_a_deadline_and_the_sweep_goes_on_after_a_fault(make_desk: MakeDesk) -> None:
    """With the real scheduler: the diary is settled although nobody calls for it."""
    diary = Diary(after_intake=False)
    desk = with_diaries(make_desk, diary)
    diary.cannot_look = True

    async def story() -> None:
        sweeping = asyncio.create_task(desk.sweeper.run())
        await asyncio.sleep(0)
        diary.cannot_look = False
        diary.dates = {1: at(0)}  # type: ignore[dict-item]
        desk.horizon.next_due = START
        while not diary.settled:
            assert not sweeping.done()
            desk.sweeper.set_alarm()
            await asyncio.sleep(0.01)
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)

    desk.run(story())
    assert titles(desk) == " 1"
