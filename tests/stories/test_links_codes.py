"""Codes that link: right and wrong, in time and late."""

from collections.abc import Callable

import pytest

from models import LinkCodeRow, RoomLinkRow
from tests.support.linking import MATRIX, bring, code, two_rooms
from tests.support.moot import MakeMoot, Moot


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    return two_rooms(moot)


def test_only_a_hash_of_the_code_is_kept(bot: Moot) -> None:
    letters = code(bot)
    assert letters not in str(bot.dump())
    assert len(bot.row(LinkCodeRow).digest) == 64


@pytest.mark.parametrize(
    ("spoil", "answer"),
    [
        (lambda bot: bot.later(minutes=15), "This code was good for 15 minutes"),
        (lambda bot: bot.change("UPDATE link_codes SET used_at = made_at"), "This code has been used."),
    ],
)
def test_codes_that_are_over(bot: Moot, spoil: Callable[[Moot], None], answer: str) -> None:
    letters = code(bot)
    spoil(bot)
    ack = bring(bot, letters)
    assert ack is not None
    assert ack.text.startswith(answer)
    assert bot.rows(RoomLinkRow) == []


def test_ten_wrong_codes_are_the_most_in_an_hour(bot: Moot) -> None:
    letters = code(bot)
    for _ in range(10):
        bring(bot, "2222-2222")
        assert bot.last(MATRIX).text.startswith("I know no such code.")
    ack = bring(bot, letters)
    assert ack is not None
    assert ack.text == "These were too many wrong codes. Try again in an hour."
    assert bring(bot, letters, "Noa") is None
    assert len(bot.rows(RoomLinkRow)) == 1
    bot.later(hours=1)
    ack = bring(bot, letters)
    assert ack is not None
    assert ack.text.startswith("This code has been used.")


@pytest.mark.parametrize("words", ["hello", "2222", "7KQF-2MZ0", "🔗" * 8, "2222-2222-2222"])
def test_what_cannot_be_a_code_is_told_and_not_counted(bot: Moot, words: str) -> None:
    for _ in range(12):
        ack = bring(bot, words)
        assert ack is not None
        assert ack.text.startswith("A code has eight letters and digits")


def test_a_code_may_be_typed_in_any_way(bot: Moot) -> None:
    bring(bot, f" {code(bot).lower().replace('-', ' ')}")
    assert len(bot.rows(RoomLinkRow)) == 1
