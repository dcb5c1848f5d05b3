"""The page as HTML: all elements closed, and people's words words, whatever is in them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.paper import sheet
from bot.features.paper.page import Box, Item, Page, Roster, Row, Section, Witness, kept, page_of
from tests.support.html import Document

HOSTILE = ["<script>alert(1)</script>", '"><img src=x>', "&lt;", "\u202eevil\u2066", "]]>-->", "王秀英"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(HOSTILE)


def page(words: str) -> Page:
    return Page(
        lang="en",
        title=words,
        subtitle=words,
        sections=[Section(words, [Item(words, words, words), Item("", words)], words), Section("empty", [])],
        roster=Roster(words, (words, words, words), [Row(words, [words, words], [words, words]), Row(words, [words], [""])], words),
        objecting=Box(words, [words]),
        witness=Witness(words, [words], "<svg></svg>", words),
        footer=words,
    )


@settings(max_examples=30)
@given(TEXT)
def test_whatever_people_write_is_words(words: str) -> None:
    written, plain = Document(sheet.written(page(words)).decode()), Document(sheet.written(page("x")).decode())
    assert written.tags == plain.tags
    assert written.unclosed == []


def test_nothing_is_fetched_from_anywhere() -> None:
    said = Document(sheet.written(page("x")).decode())
    assert {"script", "link", "img", "iframe"}.isdisjoint(said.tags)


@given(TEXT)
def test_a_page_survives_being_kept(words: str) -> None:
    made = page(words)
    assert kept(page_of(kept(made))) == kept(made)


def test_the_parser_of_these_tests_can_tell() -> None:
    assert Document("<p><b>x</p>").unclosed == ["b"]
