"""Cutting messages to size: nothing is lost, nothing too long, and no character, emoji or mention is cut apart."""

from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.action import action
from bot.chat.message import (
    Attachment,
    Block,
    Button,
    Mention,
    Message,
    Moment,
    Span,
    Text,
    bullet,
    from_json,
    message,
    paragraph,
    plain,
    to_json,
)
from bot.chat.refs import PersonRef
from bot.delivery.wire import LIMIT, cut_place, one_piece, pieces, units

SMALL = 60
FAMILY, THUMB, FLAG, HEART, KEYCAP, ENGLAND = (
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "🇪🇸",
    "❤\ufe0f\u200d🔥",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
)
CLUSTERS = (FAMILY, THUMB, FLAG, HEART, KEYCAP, ENGLAND, "e\u0301", "न\u0940", "각", "a", "Z", " ", "\n", "é", "𝔘")

words = st.lists(st.sampled_from(CLUSTERS), max_size=150).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
texts = st.builds(Text, words | anything, st.sampled_from(["plain", "bold", "italic", "code"]))
mentions = st.builds(Mention, st.just(PersonRef("telegram", "1")), st.text(min_size=1, max_size=SMALL // 3))
moments = st.builds(Moment, st.text(max_size=12), st.just(datetime(2026, 11, 21, tzinfo=UTC)))
spans = st.lists(texts | mentions | moments, max_size=5).map(tuple)
blocks = st.lists(st.builds(Block, st.sampled_from(["paragraph", "bullet", "quote"]), spans), max_size=8).map(tuple)
rows = st.lists(st.just((Button("Press", "🔘", action("press", 1)),)), max_size=3).map(tuple)
files = st.lists(st.builds(Attachment, st.just("a.txt"), st.just("text/plain"), st.binary(max_size=9)), max_size=3).map(tuple)
messages = st.builds(Message, blocks, rows, files)


def said(*parts: Message) -> list[tuple[str, str]]:
    """All that is said, with how it is said, wherever it was cut."""
    return [(style(span), letter) for part in parts for block in part.blocks for span in block.spans for letter in span.text]


def style(span: Span) -> str:
    return span.style if isinstance(span, Text) else type(span).__name__


@given(messages)
def test_nothing_is_lost_and_nothing_is_too_long(whole: Message) -> None:
    parts = pieces(whole, SMALL)
    assert said(*parts) == said(whole)
    assert max(units(plain(part)) for part in parts) <= SMALL
    assert tuple(row for part in parts for row in part.rows) == whole.rows
    assert tuple(file for part in parts for file in part.attachments) == whole.attachments
    assert [m for part in parts for m in part.mentions] == list(whole.mentions)


@given(messages)
def test_buttons_stand_under_the_last_words_and_each_file_goes_by_itself(whole: Message) -> None:
    parts = pieces(whole, SMALL)
    spoken = [part for part in parts if not part.attachments]
    assert [part.rows for part in spoken[:-1]] == [()] * (len(spoken) - 1) if spoken else True
    assert [len(part.attachments) for part in parts[len(spoken) :]] == [1] * len(whole.attachments)
    assert all(not part.blocks and not part.rows for part in parts if part.attachments)


@given(messages)
def test_every_part_survives_being_written_down(whole: Message) -> None:
    assert all(from_json(to_json(part)) == part for part in pieces(whole, SMALL))


@given(blocks)
def test_each_line_stays_of_its_kind(whole: tuple[Block, ...]) -> None:
    parts = pieces(Message(whole), SMALL)
    kinds = [block.kind for part in parts for block in part.blocks]
    assert [kind for kind, _ in groupby(kinds)] == [kind for kind, _ in groupby(block.kind for block in whole)]


@given(messages)
def test_a_board_is_cut_short_to_one_part_with_its_buttons(whole: Message) -> None:
    short = one_piece(whole, SMALL)
    assert units(plain(short)) <= SMALL
    assert (short.rows, short.attachments) == (whole.rows, whole.attachments)
    assert short == whole or plain(short).endswith("…")
    if short != whole:
        assert said(whole)[: len(said(short)) - 1] == said(short)[:-1]


@given(st.lists(st.sampled_from([c for c in CLUSTERS if not c.isspace()]), min_size=30, max_size=120), st.integers(20, 44))
@example([FAMILY] * 40, 23)
@example([FLAG] * 40, 22)
@example(["🇪"] * 41, 22)
@example([THUMB] * 40, 21)
def test_no_emoji_and_no_letter_is_cut_apart(clusters: list[str], limit: int) -> None:
    text = "".join(clusters)
    borders, at = set(), 0
    for cluster in clusters:
        borders.add(at)
        at += len(cluster)
    parts = [block.text for part in pieces(message(text), limit) for block in part.blocks]
    assert "".join(parts) == text
    cuts = {sum(map(len, parts[:n])) for n in range(1, len(parts))}
    if "🇪" not in clusters:
        assert cuts <= borders
    assert max(map(units, parts)) <= limit


def test_one_endless_cluster_is_cut_all_the_same() -> None:
    for endless in ("e" + "\u0301" * 9000, "👨" + "\u200d👩" * 4000, "\u200d" * 9000, "🇪" * 9000):
        parts = pieces(message(endless))
        assert "".join(map(plain, parts)) == endless
        assert max(units(plain(part)) for part in parts) <= LIMIT
        assert len(parts) < 9


def test_it_is_cut_at_lines_and_words_where_there_are_any() -> None:
    whole = "one two three four\nfive six seven"
    parts = [plain(part) for part in pieces(message(whole), 20)]
    assert "".join(parts) == whole
    assert len(parts) == 3
    assert all(part[-1] in " \n" for part in parts[:-1])


def test_a_mention_with_an_endless_name_is_shortened_and_still_one_mention() -> None:
    whole = message(paragraph("Hello ", Mention(PersonRef("telegram", "1"), "N" * 500), "."))
    parts = pieces(whole, SMALL)
    assert len([m for part in parts for m in part.mentions]) == 1
    assert max(units(plain(part)) for part in parts) <= SMALL


@pytest.mark.parametrize("whole", [Message(), message(), message(""), message(paragraph())], ids=repr)
def test_a_message_without_words_is_one_part(whole: Message) -> None:
    assert pieces(whole) == (whole,)


def test_buttons_without_words_go_before_the_files() -> None:
    row = (Button("Press", "🔘", action("press")),)
    file = Attachment("a.txt", "text/plain", b"")
    assert pieces(Message((), (row,), (file,))) == (Message((), (row,)), Message(attachments=(file,)))


def test_two_hundred_lines_fill_as_few_parts_as_they_need() -> None:
    whole = message(*(bullet(f"line {n} " + "x" * 90) for n in range(200)))
    parts = pieces(whole)
    assert len(parts) == -(-sum(units(plain(Message((b,)))) + 1 for b in whole.blocks) // LIMIT)


def test_units_are_counted_as_telegram_counts() -> None:
    for text in ("a", "é", "👍", FAMILY, "𝔘𝔫", ""):
        assert units(text) == len(text.encode("utf-16-le")) // 2


@given(words, st.integers(8, 40))
def test_a_cut_always_goes_forward(text: str, limit: int) -> None:
    if units(text) > limit:
        end = cut_place(text, limit)
        assert 0 < end < len(text)
        assert units(text[:end]) <= limit


def test_letters_keep_their_marks() -> None:
    parts = pieces(message("e\u0301" * 40), 25)
    assert not any(plain(part).startswith("\u0301") for part in parts)
