"""Telegram calls, on both databases: what it brought is counted once, whoever dies; a closing waits for what it still has."""

import random
from pathlib import Path

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.square import OK, Square, all_counted
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true
from tests.support.waiting_port import free_port
from tests.support.zygote import Zygote


def on_webhook(house: House, remote: Remote) -> House:
    """Telegram calls one of several processes: here the one whose port is tried."""
    port = free_port()
    house.on_telegram(remote)
    house.sections["telegram"] |= {"webhook_url": "https://moot.example.org/telegram", "webhook_listen": f"127.0.0.1:{port}"}
    remote.call("pushes", to=f"http://127.0.0.1:{port}/telegram")
    return house


@pytest.fixture(params=["sqlite", "postgresql"])
def called(request: pytest.FixtureRequest, bots: Zygote, tmp_path: Path, remote: Remote) -> House:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return on_webhook(House(bots, tmp_path / "house", url=url), remote)


def test_presses_are_counted(called: House, square: Square) -> None:
    life = called.starts_well()
    square.taps()
    await_true(lambda: all_counted(called), "all presses counted once")
    await_true(lambda: square.state["answered"] == 100, "every press answered")
    assert life.terminate() == OK
    assert square.state["polls"] == 0
    called.is_discreet("Sparrow", "square")


def test_killed_again_and_again_each_press_counts_once(called: House, square: Square, rng: random.Random, tell: Tell) -> None:
    first = called.starts_well()
    square.welcome()
    square.taps()
    first.kill()
    lives = 1
    while not all_counted(called):
        lives += 1
        lives_shortly(called, rng.uniform(0, 1))
        assert lives < 100
    life = called.starts_well()
    asked = square.remote.says(square.people[0], square.chat, "/who")
    await_true(lambda: square.answered(asked), "an answer")
    assert all_counted(called)
    assert life.terminate() == OK
    tell(f"{lives} lives")


def lives_shortly(house: House, beyond: float) -> None:
    """A while after it was ready."""
    life = house.starts()
    ready = life.until_ready()
    await_true(lambda: life.age > ready + beyond or all_counted(house), "its time")
    life.kill()
