"""The press: a process of its own, with a time limit, for which whatever people write is data."""

import asyncio
import json

import pytest

from bot.features.paper.page import Box, Item, Page, Roster, Row, Section, Witness, kept
from bot.printing import Press, installed

pytestmark = pytest.mark.skipif(not installed(), reason="the extra `paper` is not installed")
HOSTILE = '#import "/etc/passwd": * \\ ] ) $x$ `raw` <label> @ref \u202e // /* "'


def page(words: str) -> str:
    parts = (Roster("Who", ("a", "b", "c"), [Row(words, [words], [words])]), Box(words, [words]), Witness(words))
    return json.dumps(kept(Page("en", words, words, [Section(words, [Item(words, words, words)])], *parts, words)))


@pytest.mark.parametrize("words", [HOSTILE, "👩‍👩‍👧 王秀英 فاطمة", "W" * 3_000, ""])
async def test_a_page_of_any_words(words: str) -> None:
    pdf = await Press().printed(page(words))
    assert pdf is not None
    assert pdf.startswith(b"%PDF-")


async def test_two_pages_come_out_one_after_the_other() -> None:
    press = Press()
    assert all(await asyncio.gather(press.printed(page("One")), press.printed(page("Two"))))


async def test_one_that_takes_too_long_is_ended() -> None:
    assert await Press(patience=0).printed(page("Slow")) is None


async def test_what_is_no_page() -> None:
    assert await Press().printed('{"title": "alone"}') is None


def test_long_words_can_be_broken_and_commands_cannot() -> None:
    from bot.printing.press import breakable

    said = breakable({"a": ["x" * 30], "qr": "y" * 30, "b": "say /join or and/or"})
    assert said == {"a": ["\u200b".join(["xxxxx"] * 6) + "\u200b"], "qr": "y" * 30, "b": "say /\u2060join or and/or"}
