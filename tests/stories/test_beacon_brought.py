"""When no relay answers, any member may bring the round's signature; nothing else passes for it."""

import sys
from collections.abc import Iterator

import pytest

from bot import quicknet
from models import DrawRow
from tests.support.beacon import moot_before_the_round, order_of, refusal, reply, state, waiting_draw
from tests.support.moot import Moot
from tests.support.rounds import GOLDEN_CHANCE, SIGNATURES, flipped, signature_of


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with moot_before_the_round(sqlite_house) as made:
        yield made


@pytest.mark.parametrize(
    "text",
    [
        f"/beacon D-1 {SIGNATURES[1000]}",
        f"/beacon {SIGNATURES[1000]}",
        f"/beacon 1\n0x{SIGNATURES[1000].upper()}",
        f'/beacon d1 {{"round":1000,"randomness":"{GOLDEN_CHANCE}","signature":"{SIGNATURES[1000]}"}}',
    ],
)
def test_any_member_may_bring_the_signature(bot: Moot, text: str) -> None:
    waiting_draw(bot)
    bot.says("Eve", text)
    assert "This is the signature that D-1 waited for. Thank you; the lots are drawn." in bot.shows()
    assert bot.asked() == order_of(bot)[:1]


def test_it_may_be_brought_in_reply_to_the_announcement(bot: Moot) -> None:
    waiting_draw(bot)
    assert reply(bot, "what is this?") is None
    assert "not the signature of round 1000" in refusal(reply(bot, SIGNATURES[1001]))
    assert refusal(reply(bot, f"here: {SIGNATURES[1000]}")).startswith("This is the signature")
    assert bot.asked() == order_of(bot)[:1]


@pytest.mark.parametrize("bit", [0, 200, 381])
def test_a_signature_off_by_one_bit_is_refused_in_words(bot: Moot, bit: int) -> None:
    waiting_draw(bot)
    told = refusal(bot.says("Ben", f"/beacon D-1 {flipped(signature_of(1000), bit).hex()}"))
    assert told == (
        f"This is not the signature of round 1000; it must be right to the last digit. Look it up again at {quicknet.look_up(1000)}"
    )
    assert state(bot) == "open"


@pytest.mark.parametrize(
    "text", ["", "D-1", "hello", SIGNATURES[1000][:-1], SIGNATURES[1000] + "00", GOLDEN_CHANCE, "\u202e", "9" * 3000]
)
def test_what_is_no_signature_is_refused_and_changes_nothing(bot: Moot, text: str) -> None:
    waiting_draw(bot)
    kept = bot.dump()
    assert "I find no signature there." in refusal(bot.says("Ben", f"/beacon {text}"))
    assert bot.dump() == kept


def test_nothing_can_be_brought_before_the_round_nor_twice_nor_to_another_draw(bot: Moot) -> None:
    assert refusal(bot.says("Ben", f"/beacon {SIGNATURES[1000]}")).startswith("No draw waits for the beacon.")
    bot.says("Anna", "/draw facilitator")
    early = refusal(bot.says("Ben", f"/beacon {SIGNATURES[1000]}"))
    assert early == "Round 1000 appears at 15:59:24 UTC by my clock. Nobody can have its signature before then."
    bot.later(seconds=60)
    assert "I know no such draw" in refusal(bot.says("Ben", f"/beacon D-7 {SIGNATURES[1000]}"))
    bot.says("Ben", f"/beacon D-1 {SIGNATURES[1000]}")
    assert "drawn already" in refusal(bot.says("Ben", f"/beacon D-1 {SIGNATURES[1000]}"))
    bot.says("Anna", "/settings chance hat")
    bot.says("Anna", "/draw guide")
    assert refusal(bot.says("Ben", f"/beacon D-2 {SIGNATURES[1000]}")) == "D-2 takes its chance from the hat, not from the beacon."
    assert reply(bot, SIGNATURES[1000]) is None


def test_the_draw_that_waits_the_longest_is_meant_where_none_is_named(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=3)
    bot.says("Anna", "/draw guide")
    bot.later(seconds=60)
    bot.says("Ben", f"/beacon {SIGNATURES[1000]}")
    bot.says("Ben", f"/beacon {SIGNATURES[1001]}")
    assert [draw.state for draw in bot.rows(DrawRow)] == ["drawn", "drawn"]


def test_a_waiting_draw_keeps_its_role(bot: Moot) -> None:
    waiting_draw(bot)
    told = refusal(bot.says("Ben", "/draw facilitator"))
    assert told.startswith("D-1 is already open for this role and waits for its round of the beacon.")
    assert "has not been drawn yet" in refusal(bot.says("Ben", "/verify D-1"))


# without the library


def test_without_the_library_the_beacon_is_refused_and_what_to_do_is_said(bot: Moot, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting_draw(bot)
    monkeypatch.setitem(sys.modules, quicknet.LIBRARY, None)
    sentence = (
        "I cannot check the beacon's signatures here. "
        "Whoever runs me can install py-arkworks-bls12381; until then say /settings chance hat."
    )
    assert refusal(bot.says("Anna", "/draw guide")) == sentence
    assert refusal(bot.says("Anna", f"/beacon D-1 {SIGNATURES[1000]}")) == sentence
    bot.says("Anna", "/settings chance hat")
    assert refusal(bot.says("Anna", "/settings chance beacon")) == sentence
    assert refusal(bot.says("Anna", "/settings chance dice")).startswith("Chance comes from the hat or from the beacon:")
    monkeypatch.undo()
    bot.says("Anna", f"/beacon D-1 {SIGNATURES[1000]}")
    assert state(bot) == "drawn"
