"""What is heard may be stored first, and worked off by whoever comes to it: in order, once, and before anything closes."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.chat import incoming as said
from bot.chat.incoming import Received
from bot.chat.refs import ChatRef
from bot.routing import ledger, storing, turned
from models import ArrivalRow, ChatRow, IntakeRow, MemberRow, PollRow, SeenRow
from models.database import Database
from tests.support.moot import START, Moot
from tests.support.pushed import PushedPlatform, works_off

NEW = ChatRef("telegram", "-100777")


@pytest.fixture
def platform() -> PushedPlatform:
    return PushedPlatform(keeps_taps_for=None)


@pytest.fixture
def bot(house: str, platform: PushedPlatform) -> Iterator[Moot]:
    with closing(Moot(house, platforms=[platform])) as made:
        yield made


def joins(bot: Moot, name: str, chat: ChatRef | None = None) -> said.CommandSent:
    return said.CommandSent(bot.origin(name, chat), "join")


def test_what_is_stored_is_counted_once_it_is_worked_off(bot: Moot, platform: PushedPlatform) -> None:
    bot.take("telegram", *(platform.brings(joins(bot, name)) for name in ("Anna", "Ben")))
    assert len(bot.rows(ArrivalRow)) == 2
    assert not bot.rows(MemberRow)
    works_off(bot)
    assert (len(bot.rows(ArrivalRow)), len(bot.rows(MemberRow)), len(bot.rows(SeenRow))) == (0, 2, 2)
    assert [answer.received.id for answer in platform.answers] == ["update:0", "update:1"]


def test_what_comes_twice_counts_once(bot: Moot, platform: PushedPlatform) -> None:
    event = joins(bot, "Anna")
    bot.take("telegram", platform.brings(event, "update:7"), platform.brings(event, "update:7"))
    works_off(bot)
    bot.take("telegram", platform.brings(event, "update:7"))
    works_off(bot)
    assert len(bot.rows(MemberRow)) == 1
    assert len([each for each in platform.answers if each.ack or each.received]) == 3


def test_what_cannot_be_read_again_is_kept_as_a_dead_letter(bot: Moot) -> None:
    bot.take("telegram", Received(("raw:1",), "no number", fault="ValueError"))
    works_off(bot)
    assert bot.database.transact(lambda db: db.query(SeenRow).count()) == 1
    assert bot.dump(frozenset())["dead_letters"]


def test_what_is_worked_off_is_counted_for_whoever_runs_the_bot(bot: Moot, platform: PushedPlatform) -> None:
    press = said.ButtonTapped(bot.origin("Mallory"), "consent.take.consent:999999")
    bot.take("telegram", platform.brings(press), platform.brings(None, passed_over="forward"))
    bot.take("telegram", platform.brings(said.InviteRefused(bot.origin("Mallory", NEW))), platform.brings(joins(bot, "Anna")))
    watch = bot.app.routes.house.watch
    assert watch.taken == {}
    works_off(bot)
    assert (watch.taken, watch.turned_away) == ({"telegram": 4}, {"button": 1, "forward": 1, "invite": 1})
    bot.settle()
    assert bot.database.transact(turned.lately, bot.clock.now()) == {"button": 1, "forward": 1, "invite": 1}


def test_nothing_closes_before_what_was_said_in_time_is_worked_off(bot: Moot, platform: PushedPlatform) -> None:
    bot.take("telegram", platform.brings(joins(bot, "Anna")), platform.brings(joins(bot, "Ben")))
    ask = said.CommandSent(bot.origin("Anna"), "poll", "Lunch? | Soup | Salad | until in 10 minutes")
    bot.take("telegram", platform.brings(ask))
    works_off(bot)
    bot.settle()
    tap = said.ButtonTapped(bot.origin("Ben"), bot.button("Soup"))
    bot.clock.advance(timedelta(minutes=10))
    bot.take("telegram", platform.brings(tap))
    bot.settle()
    assert bot.row(PollRow).state == "open"
    works_off(bot)
    bot.settle()
    assert bot.row(PollRow).state == "closed"
    assert bot.row(PollRow).voted == 1


def test_a_drained_mark_waits_for_nothing_that_came_after_it(bot: Moot, platform: PushedPlatform) -> None:
    bot.take("telegram", platform.brings(joins(bot, "Anna")))
    first = bot.row(IntakeRow)
    bot.clock.advance(timedelta(minutes=1))
    bot.take("telegram", platform.brings(joins(bot, "Ben")))
    assert bot.row(IntakeRow).stored_at == first.stored_at
    works_off(bot)
    bot.take("telegram")
    assert bot.row(IntakeRow).drained_at == first.stored_at


def test_what_is_said_in_a_new_chat_waits_for_the_move(bot: Moot, platform: PushedPlatform) -> None:
    bot.take("telegram", platform.brings(joins(bot, "Anna")))
    works_off(bot)
    moved = said.ChatMoved(bot.origin("Anna"), NEW)
    bot.take("telegram", platform.brings(moved), platform.brings(joins(bot, "Ben", NEW)))
    with bot.database.transaction() as db:
        lane = storing.claim(db, ["telegram"])
        assert lane is not None
        assert lane.number == storing.number_of(bot.group.id)
        assert len(storing.next_in(db, lane)) == 1
    works_off(bot)
    assert bot.row(ChatRow).ref == NEW.id
    assert len(bot.rows(MemberRow)) == 2


def test_one_who_was_overtaken_stores_nothing(bot: Moot, platform: PushedPlatform) -> None:
    intake = bot.app.intakes["telegram"]
    intake.fence = bot.database.transact(ledger.raise_fence, "telegram")
    bot.take("telegram", platform.brings(joins(bot, "Anna")))
    bot.database.transact(ledger.raise_fence, "telegram")
    with pytest.raises(ledger.Fenced):
        bot.take("telegram", platform.brings(joins(bot, "Ben")))
    assert len(bot.rows(ArrivalRow)) == 1


def test_nobody_takes_over_while_something_is_being_stored(postgres_house: str) -> None:
    with closing(Database(postgres_house)) as database, ThreadPoolExecutor(1) as other:
        fence = database.transact(ledger.raise_fence, "telegram")
        with database.transaction() as db:
            ledger.check_fence(db, "telegram", fence)
            raised = other.submit(database.transact, ledger.raise_fence, "telegram")
            with pytest.raises(TimeoutError):
                raised.result(timeout=0.2)
        assert raised.result(timeout=10) == fence + 1


def test_lanes_are_worked_off_side_by_side_and_each_in_order(postgres_house: str) -> None:
    chats, events = 7, 300
    platform, worked, turn = PushedPlatform(), dict[int, list[int]](), threading.Lock()

    def works(database: Database) -> None:
        while database.transact(one_lane):
            pass

    def one_lane(db: Session) -> bool:
        lane = storing.claim(db, ["telegram"])
        if lane is None:
            return False
        arrivals = storing.next_in(db, lane)
        with turn:
            worked.setdefault(lane.id, []).extend(int(arrival.raw) for arrival in arrivals)
        storing.drop(db, arrivals)
        return True

    with closing(Moot(postgres_house)) as bot, closing(Database(postgres_house)) as database, ThreadPoolExecutor(6) as hands:
        heard = [platform.brings(joins(bot, "Anna", ChatRef("telegram", str(n % chats)))) for n in range(events)]
        working = [hands.submit(works, database) for _ in range(3)]
        for n in range(0, events, 10):
            database.transact(storing.store, "telegram", heard[n : n + 10], START)
        working += [hands.submit(works, database) for _ in range(3)]
        for each in working:
            each.result(timeout=60)
    assert sorted(n for numbers in worked.values() for n in numbers) == list(range(events))
    assert all(numbers == sorted(numbers) for numbers in worked.values())
