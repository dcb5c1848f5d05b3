"""The beacon's rounds and signatures, against what drand published."""

import hashlib
import sys
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import quicknet
from bot.commons import lots
from tests.support.rounds import GOLDEN_CHANCE, SIGNATURES, flipped, signature_of

LATER = st.timedeltas(timedelta(days=1), timedelta(days=60_000)).map(lambda since: quicknet.GENESIS + since)


def test_the_first_round_and_the_thousandth() -> None:
    assert quicknet.GENESIS.timestamp() == 1692803367
    assert quicknet.appears_at(1) == quicknet.GENESIS
    assert quicknet.appears_at(1000).timestamp() == 1692803367 + 3 * 999
    assert quicknet.first_from(quicknet.GENESIS - timedelta(days=9)) == 1


@given(LATER)
def test_the_first_round_from_an_instant_on(at: datetime) -> None:
    number = quicknet.first_from(at)
    assert quicknet.appears_at(number - 1) < at <= quicknet.appears_at(number)


def test_the_chance_of_the_golden_vector_is_the_hash_of_the_signature() -> None:
    assert lots.beacon_chance(signature_of(1000)).hex() == GOLDEN_CHANCE


@pytest.mark.parametrize("number", SIGNATURES)
def test_what_the_beacon_signed_is_recognised(number: int) -> None:
    assert quicknet.is_signed(number, signature_of(number))
    assert not quicknet.is_signed(number + 1, signature_of(number))


@pytest.mark.parametrize("bit", range(384))
def test_a_signature_off_by_one_bit_is_refused(bit: int) -> None:
    assert not quicknet.is_signed(1000, flipped(signature_of(1000), bit))


@given(st.binary(max_size=100))
def test_no_bytes_at_all_pass_for_a_signature(anything: bytes) -> None:
    assert not quicknet.is_signed(1000, anything)


@pytest.mark.parametrize(
    "others", [signature_of(1000) + b"\0", signature_of(1000)[:-1], b"\xc0" + bytes(47), b"\xff" * 48], ids=len
)
def test_neither_padding_nor_the_point_at_infinity_pass(others: bytes) -> None:
    assert not quicknet.is_signed(1000, others)


@pytest.mark.parametrize(
    "text",
    [
        SIGNATURES[1000],
        f"  {SIGNATURES[1000].upper()}\n",
        f"0x{SIGNATURES[1000]}",
        f'{{"round":1000,"randomness":"{GOLDEN_CHANCE}","signature":"{SIGNATURES[1000]}"}}',
        f"the signature is {SIGNATURES[1000]}, I think; yes, {SIGNATURES[1000]}.",
    ],
)
def test_a_signature_is_found_in_what_was_pasted(text: str) -> None:
    assert quicknet.signature_in(text) == signature_of(1000)


@pytest.mark.parametrize("text", ["", GOLDEN_CHANCE, SIGNATURES[1000][1:], f"{SIGNATURES[1000]}0", " ".join(SIGNATURES.values())])
def test_what_holds_no_signature_or_two_gives_none(text: str) -> None:
    assert quicknet.signature_in(text) is None


def test_whether_the_library_is_there_is_known_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quicknet.installed()
    monkeypatch.setitem(sys.modules, quicknet.LIBRARY, None)
    assert not quicknet.installed()


def test_the_key_is_the_one_by_which_the_chain_is_named() -> None:
    """A chain's hash covers its period, genesis, public key, group and name (drand's chain info)."""
    group = bytes.fromhex("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e")
    told = (3).to_bytes(4, "big") + (1692803367).to_bytes(8, "big") + quicknet.PUBLIC_KEY + group + b"quicknet"
    assert hashlib.sha256(told).hexdigest() == quicknet.CHAIN
