"""Two of them: on one database, with one account on one machine, and with one account on two."""

from pathlib import Path

from tests.kills.house import House
from tests.kills.square import OK, SECOND, Square, all_counted
from tests.support.botapi.remote import Remote
from tests.support.synapse import Synapse
from tests.support.waiting import await_true
from tests.support.zygote import Life, Zygote


def counts_on(first: Life, house: House, square: Square) -> None:
    """As if nobody else had been there."""
    square.taps()
    await_true(lambda: all_counted(house), "all presses counted once")
    assert first.terminate() == OK
    house.is_discreet("Sparrow", "square")


def test_a_second_process_on_the_same_database(served: House, square: Square) -> None:
    first = served.starts_well()
    second = served.starts()
    assert second.wait() == SECOND
    assert f"Folkmoot is running on this database: process {first.pid} on " in second.said()
    counts_on(first, served, square)


def test_a_second_process_on_the_same_server(
    bots: Zygote, tmp_path: Path, postgres_url: str, remote: Remote, square: Square
) -> None:
    house = House(bots, tmp_path / "house", url=postgres_url).on_telegram(remote)
    first = house.starts_well()
    second = house.starts()
    assert second.wait() == SECOND
    assert f"process {first.pid} on " in second.said()
    counts_on(first, house, square)


def test_a_second_process_with_the_same_token(bots: Zygote, tmp_path: Path, served: House, remote: Remote, square: Square) -> None:
    """On this machine it is refused before it asks Telegram for anything, whatever its database."""
    first = served.starts_well()
    other = House(bots, tmp_path / "other").on_telegram(remote)
    second = other.starts()
    assert second.wait() == SECOND
    assert f"Folkmoot is listening to Telegram with this account: process {first.pid} on " in second.said()
    assert other.one("SELECT count(*) FROM seen") == 0
    counts_on(first, served, square)


def test_a_second_process_with_the_same_matrix_account(bots: Zygote, tmp_path: Path, moot: House, synapse: Synapse) -> None:
    account = synapse.register()
    first = moot.on_matrix(account).starts_well()
    second = House(bots, tmp_path / "other").on_matrix(account).starts()
    assert second.wait() == SECOND
    assert f"Folkmoot is listening to Matrix with this account: process {first.pid} on " in second.said()
    assert first.terminate() == OK


def test_who_died_holds_nothing(served: House, square: Square) -> None:
    first = served.starts_well()
    first.kill()
    counts_on(served.starts_well(), served, square)


def test_a_second_process_on_another_machine(bots: Zygote, tmp_path: Path, served: House, remote: Remote, square: Square) -> None:
    """Two conflicts among its first looks tell it that somebody else was there before."""
    first = served.starts_well()
    square.welcome()
    square.is_heard(4)
    other = House(bots, tmp_path / "elsewhere" / "house").on_telegram(remote)
    second = other.starts()
    assert second.wait() == SECOND
    assert "Another program is listening to Telegram with this account" in second.said()
    assert square.shown("I am Folkmoot.") == [square.welcome()]
    counts_on(first, served, square)
    other.is_discreet("Sparrow", "square")
