"""The draw as arithmetic: the published example, a second implementation, and what must hold for every draw."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from bot.commons import lots
from bot.features.lots import rules
from bot.refusal import Refused

T = TypeVar("T")
DRAND = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GOLDEN = lots.Pool(
    number=17,
    room="tg:-1001234567890",
    role="facilitator",
    seats=2,
    source=f"beacon: drand:{DRAND}:1000",
    frozen_at=datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    labels=("tg:7000000000", "tg:1003", "mx:@dana:example.org", "tg:1001", "tg:1002"),
)
DOCUMENT = f"""\
draw-v1
id: D-17
room: tg:-1001234567890
role: facilitator
seats: 2
beacon: drand:{DRAND}:1000
frozen: 2026-11-21T12:00:00Z
pool: 5
---
mx:@dana:example.org
tg:1001
tg:1002
tg:1003
tg:7000000000
"""
CHANCE = bytes.fromhex("fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd")
labels = st.lists(st.from_regex(r"(tg|mx):@?[a-z0-9.:]{1,12}", fullmatch=True), min_size=1, max_size=30, unique=True)


def pool_of(them: list[str], role: str = "facilitator", source: str = f"hat: {'0' * 64}") -> lots.Pool:
    return lots.Pool(1, "tg:-1", role, 1, source, GOLDEN.frozen_at, tuple(them))


# the published example


def test_the_pool_document_byte_by_byte() -> None:
    document = lots.pool_document(GOLDEN)
    assert document == DOCUMENT
    assert len(document) == 252
    assert lots.fingerprint(document) == "3880e4a17466d5561cc881b26a13d6c7f3ad38ad07398f5bea2ed93be5ce4733"


def test_the_order_of_the_published_example() -> None:
    assert lots.order(DOCUMENT, CHANCE) == ["tg:1002", "tg:1001", "mx:@dana:example.org", "tg:1003", "tg:7000000000"]


# other people's examples, as a test of understanding


def rfc_3797(key: str, pool: int, wanted: int) -> list[int]:
    """Publicly verifiable nomcom selection: the numbers from 1 to `pool` in drawn order."""
    left, drawn = list(range(1, pool + 1)), []
    for turn in range(wanted):
        mark = turn.to_bytes(2, "big")
        number = int.from_bytes(hashlib.md5(mark + key.encode() + mark).digest(), "big")
        drawn.append(left.pop(number % len(left)))
    return drawn


def test_the_example_of_rfc_3797() -> None:
    assert rfc_3797("9319./2.5.8.10.12./9.18.26.34.41.45./", 25, 10) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def hkdf(salt: bytes, chance: bytes, info: bytes) -> bytes:
    """RFC 5869 in its own words, for one block."""
    prk = hmac.new(salt, chance, hashlib.sha256).digest()
    return hmac.new(prk, b"" + info + bytes([1]), hashlib.sha256).digest()


def test_the_first_example_of_rfc_5869() -> None:
    okm = hkdf(bytes(range(13)), b"\x0b" * 22, bytes(range(0xF0, 0xFA)))
    assert okm.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


@given(labels, st.binary(min_size=32, max_size=32))
def test_the_order_is_hkdf_as_others_compute_it(them: list[str], chance: bytes) -> None:
    document = lots.pool_document(pool_of(them))
    salt = hashlib.sha256(document.encode()).digest()
    drawn = lots.order(document, chance)
    assert drawn == sorted(them, key=lambda label: hkdf(salt, chance, label.encode()))
    assert drawn == sorted(them, key=lambda label: HKDF(SHA256(), 32, salt, label.encode()).derive(chance))


# what holds for every draw


@given(labels, st.binary(min_size=32, max_size=32), st.lists(st.integers(0, 29), max_size=20))
def test_who_leaves_moves_nobody_else(them: list[str], chance: bytes, leavers: list[int]) -> None:
    drawn = lots.order(lots.pool_document(pool_of(them)), chance)
    gone = {them[n] for n in leavers if n < len(them)}
    asked, answers = [], [("reserve", label not in gone) for label in drawn]
    while (place := rules.next_in_order(answers)) is not None:
        asked.append(drawn[place])
        answers[place] = ("declined", True)
    assert asked == [label for label in drawn if label not in gone]


@given(labels, st.binary(min_size=32, max_size=32), st.randoms(use_true_random=False))
def test_the_order_in_which_people_joined_does_not_matter(them: list[str], chance: bytes, shuffle: object) -> None:
    mixed = sorted(them, key=lambda _: shuffle.random())  # type: ignore[attr-defined]
    assert lots.pool_document(pool_of(mixed)) == lots.pool_document(pool_of(them))


def test_everybody_is_drawn_first_about_as_often_as_anybody_else() -> None:
    them = [f"tg:{n}" for n in range(5)]
    document = lots.pool_document(pool_of(them))
    first = [lots.order(document, hashlib.sha256(bytes([n % 256, n // 256])).digest())[0] for n in range(5000)]
    assert all(900 < first.count(label) < 1100 for label in them)


def test_one_other_letter_anywhere_gives_another_order() -> None:
    them = [f"tg:{n}" for n in range(40)]
    documents = [
        lots.pool_document(pool_of(them)),
        lots.pool_document(pool_of(them, role="facilitatos")),
        lots.pool_document(pool_of(them, source=f"hat: {'0' * 63}1")),
    ]
    orders = [tuple(lots.order(document, CHANCE)) for document in documents]
    orders.append(tuple(lots.order(documents[0], bytes(32))))
    assert len(set(orders)) == 4


@given(st.text(min_size=1, max_size=64))
def test_no_role_leaves_its_line(role: str) -> None:
    try:
        document = lots.pool_document(pool_of(["tg:1"], role=role))
    except UnicodeEncodeError:
        assert any("\ud800" <= character <= "\udfff" for character in role)
        return
    assert document.isascii()
    assert len(document.split("\n")) == 11
    assert document.split("\n")[3].count(":") == 1


# chance and commitment

shakes = st.lists(st.sampled_from(["tg:1", "tg:2", "mx:@a:b"]), unique=True)


@given(st.binary(min_size=32, max_size=32), shakes, shakes)
def test_who_shook_and_in_which_order_decides(secret: bytes, some: list[str], others: list[str]) -> None:
    assert (lots.chance(secret, some) == lots.chance(secret, others)) == (some == others)


@given(st.binary(min_size=32, max_size=32), shakes)
def test_what_is_posted_beforehand_is_never_the_chance(secret: bytes, some: list[str]) -> None:
    assert lots.chance(secret, some).hex() != lots.commitment(secret)


def test_the_chance_of_an_example() -> None:
    """As the README describes it."""
    secret = bytes(range(32))
    assert lots.chance(secret, []) == hashlib.sha256(secret + b"0\n").digest()
    assert lots.chance(secret, ["tg:2", "tg:1"]) == hashlib.sha256(secret + b"2\ntg:2\ntg:1\n").digest()


# requests and numbers


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cook", rules.Asked("cook", None, "")),
        ("note taker 2", rules.Asked("note taker", 2, "")),
        ("cook from council", rules.Asked("cook", None, "", "council")),
        ("cook 2 Without @a @b From council because of it", rules.Asked("cook", 2, "of it", "council", "@a @b")),
        ("keeper from the north", rules.Asked("keeper from the north", None, "")),
        ("Keeper from the north 3 from council", rules.Asked("Keeper from the north", 3, "", "council")),
        ("room 101", rules.Asked("room 101", None, "")),
        ("room 101 2", rules.Asked("room 101", 2, "")),
        ("“cook without salt” 2 sin @a", rules.Asked("cook without salt", 2, "", "", "@a")),
    ],
)
def test_what_is_asked(text: str, asked: rules.Asked) -> None:
    assert rules.read_request(text, {"keeper from the north", "keeper", "room 101"}) == asked


@pytest.mark.parametrize("text", ["cook from", "cook without from x", "cook from a from b"])
def test_a_word_without_what_it_asks_for(text: str) -> None:
    with pytest.raises(Refused, match="clause empty"):
        rules.read_request(text)


def understood(read: Callable[[str], T], text: str) -> T | str:
    try:
        return read(text)
    except Refused as no:
        return no.why


@given(st.text(max_size=100))
def test_any_request_is_understood_or_refused(text: str) -> None:
    asked = understood(rules.read_request, text)
    if isinstance(asked, str):
        assert asked in {"role missing", "role too long", "seats not a number", "clause empty"}
    else:
        assert 0 < len(asked.role) <= rules.ROLE_LIMIT
        assert asked.role == " ".join(asked.role.split())
        assert asked.seats is None or asked.seats >= 1


@given(st.text(max_size=40))
def test_any_number_is_understood_or_refused(text: str) -> None:
    number = understood(rules.read_number, text)
    assert number in {None, "no such draw"} or 0 <= int(str(number)) < 10**9


@pytest.mark.parametrize(
    ("in_hat", "seats", "why"),
    [
        (0, 1, "hat empty"),
        (0, 99, "hat empty"),
        (1, 2, "too many seats"),
        (200, 31, "too many for one"),
        (20, 31, "too many seats"),
    ],
)
def test_a_pool_too_small_or_a_draw_too_large(in_hat: int, seats: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        rules.check_pool(in_hat, seats)


def test_a_pool_that_suffices() -> None:
    for in_hat, seats in ((1, 1), (30, 30), (10_000, 30)):
        rules.check_pool(in_hat, seats)


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ([], None),
        ([("reserve", True)], 0),
        ([("declined", True), ("reserve", False), ("reserve", True)], 2),
        ([("offered", True), ("accepted", True), ("left", False)], None),
    ],
)
def test_the_next_in_order(answers: list[tuple[str, bool]], place: int | None) -> None:
    assert rules.next_in_order(answers) == place
