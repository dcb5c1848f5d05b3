"""Two of them, one that is told to stop, and tokens that are not what they should be: all as real processes."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kills.house import House
from tests.support.botapi.remote import Remote
from tests.support.postgres import Postgres
from tests.support.synapse import Synapse
from tests.support.waiting import await_true
from tests.support.zygote import GLANCE, Zygote

OK, FAULT, CONFIG, SECOND = 0, 1, 2, 3
STOPS_WITHIN = 10.0  # seconds
JOINED = "SELECT count(*) FROM members WHERE left_at IS NULL"
CHANGES = "SELECT coalesce(sum(version - 1), 0) FROM boards WHERE kind = 'welcome'"
WELCOMES = "SELECT count(*) FROM promises WHERE board_id IS NOT NULL AND state = 'sent'"


class Square:
    """A Telegram group with many people in it, and the bot's welcome to press."""

    def __init__(self, remote: Remote, people: int = 100) -> None:
        self.remote = remote
        self.people = [remote.person(f"Sparrow{n}") for n in range(people)]
        self.chat = remote.group("The square", members=self.people, bot=None)
        remote.call("adds_bot", person=self.people[0], chat=self.chat)

    def shows(self, words: str) -> int:
        return sum(words in message["text"] for message in self.remote.messages(self.chat) if message["mine"])

    def welcome(self) -> int:
        await_true(lambda: self.shows("I am Folkmoot.") > 0, "the welcome")
        return next(int(message["id"]) for message in self.remote.messages(self.chat) if message["buttons"])

    def tap(self, people: list[int]) -> None:
        self.remote.taps(people, self.chat, self.welcome(), "Count me in")

    def waiting(self) -> int:
        return int(self.remote.call("state")["waiting"])


@pytest.fixture
def square(remote: Remote) -> Square:
    return Square(remote)


@pytest.fixture
def served(moot: House, remote: Remote, square: Square) -> Iterator[House]:
    """A house that serves the square; whatever happens there stays discreet."""
    yield moot.on_telegram(remote)
    moot.is_discreet("Sparrow", "square")


def until(passes: Callable[[], object], limit: float) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end and not passes():
        time.sleep(GLANCE)


def counted_once(house: House, taps: int) -> bool:
    return bool(house.one(JOINED) == taps == house.one(CHANGES))


def test_a_second_process_on_the_same_database(served: House, square: Square) -> None:
    first = served.starts_well()
    second = served.starts()
    assert second.wait() == SECOND
    assert f"Folkmoot is running on this database: process {first.pid} on " in second.said()
    square.tap(square.people)
    await_true(lambda: counted_once(served, 100), "all taps counted once")
    assert first.terminate() == OK


def test_a_second_process_on_the_same_server(
    bots: Zygote, tmp_path: Path, postgres: Postgres, remote: Remote, square: Square
) -> None:
    with postgres.database() as url:
        house = House(bots, tmp_path / "house", url=url).on_telegram(remote)
        first = house.starts_well()
        second = house.starts()
        assert second.wait() == SECOND
        assert f"process {first.pid} on " in second.said()
        square.tap(square.people)
        await_true(lambda: counted_once(house, 100), "all taps counted once")
        assert first.terminate() == OK


def test_a_second_process_with_the_same_token(bots: Zygote, tmp_path: Path, served: House, remote: Remote, square: Square) -> None:
    first = served.starts_well()
    other = House(bots, tmp_path / "other").on_telegram(remote)
    second = other.starts()
    assert second.wait() == SECOND
    assert f"Folkmoot is listening to Telegram with this account: process {first.pid} on " in second.said()
    assert first.terminate() == OK


@pytest.mark.parametrize("pause", [0.0, 0.3])
def test_a_second_process_on_another_machine(
    bots: Zygote, tmp_path: Path, served: House, remote: Remote, square: Square, pause: float
) -> None:
    """It finds out that somebody else takes the updates before it has taken one."""
    first = served.starts_well()
    square.welcome()
    other = House(bots, tmp_path / "elsewhere" / "house").on_telegram(remote)
    second = other.starts()
    for start in range(0, 100, 5):
        square.tap(square.people[start : start + 5])
        until(lambda: second.over, pause)
    assert second.wait() == SECOND
    assert "Another program is listening to Telegram with this account" in second.said()
    await_true(lambda: counted_once(served, 100), "all taps counted once by the first")
    assert square.shows("I am Folkmoot.") == 1
    assert other.one("SELECT count(*) FROM seen") == 0
    assert first.terminate() == OK
    other.is_discreet("Sparrow", "square")


def test_told_to_stop_with_a_hundred_updates_in_hand(served: House, square: Square) -> None:
    life = served.starts_well()
    square.welcome()
    square.tap(square.people)
    began = time.monotonic()
    assert life.terminate() == OK
    assert time.monotonic() - began < STOPS_WITHIN
    in_hand = served.one(JOINED)
    assert in_hand + square.waiting() == 100
    assert counted_once(served, in_hand)
    assert served.starts_well().terminate() == OK
    assert counted_once(served, 100)


def test_told_to_stop_before_it_was_ready(served: House) -> None:
    life = served.starts()
    assert life.terminate() in (OK, -15)
    assert served.starts_well().terminate() == OK


def ask(remote: Remote, method: str, **parameters: Any) -> Any:
    """As any other holder of the token could."""
    asked = urllib.request.Request(
        f"{remote.base_url}{remote.token}/{method}", json.dumps(parameters).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)["result"]


def test_a_webhook_is_set(served: House, remote: Remote) -> None:
    ask(remote, "setWebhook", url="https://elsewhere.example/hook")
    life = served.starts()
    assert life.wait() == CONFIG
    assert "A webhook is set for this token" in life.said()
    assert ask(remote, "getWebhookInfo")["url"] == "https://elsewhere.example/hook"


def test_a_webhook_is_set_while_it_runs(served: House, remote: Remote, square: Square) -> None:
    life = served.starts_well()
    square.welcome()
    ask(remote, "setWebhook", url="https://elsewhere.example/hook")
    assert life.wait() == CONFIG
    assert "A webhook is set for this token" in life.said()


@pytest.mark.parametrize("token", ["12345:wrong-but-of-the-right-shape-0123456789", "nonsense", "7000000001:" + "x" * 35])
def test_a_token_that_is_none(moot: House, remote: Remote, token: str) -> None:
    life = moot.on_telegram(remote, token).starts()
    assert life.wait() == CONFIG
    assert "Telegram does not accept this login" in life.said()
    moot.is_discreet()


def test_a_password_that_is_none(moot: House, synapse: Synapse) -> None:
    moot.on_matrix(synapse.register())
    moot.sections["matrix"]["password"] = "mistaken horse"
    life = moot.starts()
    assert life.wait() == CONFIG
    assert "Matrix does not accept this login" in life.said()
    moot.is_discreet("mistaken horse")


def test_the_matrix_login_is_revoked_while_it_runs(moot: House, synapse: Synapse) -> None:
    life = moot.on_matrix(synapse.register()).starts_well()
    [token] = moot.access_tokens()
    synapse.call("POST", "/_matrix/client/v3/logout", {}, token)
    assert life.wait() == CONFIG
    assert "Matrix does not accept this login" in life.said()
    moot.is_discreet()
    again = moot.starts()
    assert again.wait() == CONFIG, "it does not make a new device by itself"


def test_telegram_goes_on_when_the_matrix_login_is_revoked(served: House, square: Square, synapse: Synapse) -> None:
    life = served.on_matrix(synapse.register()).starts_well()
    [token] = served.access_tokens()
    synapse.call("POST", "/_matrix/client/v3/logout", {}, token)
    await_true(lambda: "listening ended" in life.said(), "word of the end")
    square.tap(square.people)
    await_true(lambda: counted_once(served, 100), "all taps counted once")
    assert life.terminate() == OK
