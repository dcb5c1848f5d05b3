"""What people typed, made safe to show: whatever it was, one visible line of bounded length is left."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.tidy import END, ISOLATE, JOINER, NAME_LIMIT, folded, isolated, printable, tidy, unmasked

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
anything = st.text(st.characters(), max_size=400)
hostile = st.lists(
    st.sampled_from(
        [
            "a",
            "e",
            "yes",
            " ",
            "\n",
            "\u0301",
            "\u0327",
            "\u202e",
            "\u2066",
            "\u200b",
            JOINER,
            "\ufe0f",
            "👩",
            "🏽",
            "ß",
            "İ",
            "ﷺ",
            "\ud800",
        ]
    ),
    max_size=60,
).map("".join)


@given(anything | hostile)
def test_one_line_of_visible_characters(text: str) -> None:
    shown = tidy(text)
    assert len(shown) <= NAME_LIMIT
    assert shown == shown.strip() == " ".join(shown.split())
    assert not {unicodedata.category(c) for c in shown if c != JOINER} & HIDDEN
    shown.encode("utf-8")


@given(anything | hostile)
@example("e\u200b\u0301")
@example("a" * 46 + "\u200b" + "e\u0301" * 9)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))


@given(anything | hostile)
def test_all_spellings_of_a_name_fold_alike(text: str) -> None:
    text = tidy(text)
    for form in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)
    assert folded(f"\u200b{text}\u202e ") == folded(text)


def test_names_that_differ_late_fold_apart() -> None:
    assert folded("x" * 63 + "a") != folded("x" * 63 + "b")
    assert folded("Straße") == folded("STRASSE") == folded("strasse")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Anna", "Anna"),
        ("  Anna \n\t Maria ", "Anna Maria"),
        ("\u202eyes", "yes"),
        ("\u2066yes", "yes"),
        ("y\u200bes", "yes"),
        ("\ufeffyes", "yes"),
        ("a\u2028b", "a b"),
        ("a\0b", "a b"),
        ("\ud800Anna", "Anna"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("a\U000e0061\U000e0062", "a"),
        ("a\ufe00\U000e0100", "a"),
        ("a\u200db", "ab"),
        ("\u3164", ""),
        ("\u2800\u115f", ""),
        ("", ""),
    ],
    ids=ascii,
)
def test_examples(typed: str, shown: str) -> None:
    assert tidy(typed) == shown


def test_a_tower_of_marks_is_cut_down() -> None:
    assert len(tidy("z" + "\u0335\u0301\u0322" * 1300)) <= 4


def test_what_was_cut_shows_it_and_leaves_no_half_emoji() -> None:
    assert tidy("a" * 60) == "a" * 47 + "…"
    for before in range(40, 48):
        assert JOINER + "…" not in tidy("a" * before + "👨\u200d👩\u200d👧\u200d👦" * 2)


@given(anything | hostile)
def test_a_fence_is_closed_and_stands_only_where_it_is_needed(text: str) -> None:
    fenced = isolated(tidy(text))
    assert fenced.count(ISOLATE) == fenced.count(END) <= 1


def test_right_to_left_is_fenced_off() -> None:
    assert isolated("דנה") == f"{ISOLATE}דנה{END}"
    assert isolated("سارة") == f"{ISOLATE}سارة{END}"
    assert isolated("Anna") == "Anna"


@given(anything)
def test_printable_text_can_be_kept(text: str) -> None:
    assert printable(text).encode("utf-8").decode() == printable(text)


KEPT = (
    "Wir\n\tmalen",
    "می\u200cخواهم",
    "👨\u200d👩\u200d👧",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f now",
    "Tiê\u0323\u0301ng",
    "🎩\ufe0f",
)
MASKED = {
    "pay \u202e005\u202c": "pay 005",
    "y\u200bes": "yes",
    "a\u2028b\r\nc": "a\nb\nc",
    "\x1b[31m": "[31m",
    "x\U000e0061": "x",
    "z" + "\u0301\u200b" * 4000: "z" + "\u0301" * 6,
}


def test_words_keep_what_any_language_needs() -> None:
    assert [unmasked(words) for words in KEPT] == list(KEPT)


def test_words_lose_what_masks_others() -> None:
    assert {words: unmasked(words) for words in MASKED} == MASKED


@given(st.text(st.characters()))
def test_unmasking_twice_changes_nothing(text: str) -> None:
    assert unmasked(unmasked(text)) == unmasked(text)
