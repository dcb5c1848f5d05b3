"""What people typed, made safe to show: one line, no hidden or direction-changing characters, of bounded length."""

import unicodedata
from itertools import takewhile

NAME_LIMIT = 48  # characters
FOLDED_LIMIT = 256
MARKS = 3  # combining marks kept after one letter
MARKS_IN_TEXT = 6  # in longer words: enough for any language
JOINER = "\u200d"  # holds emoji families together
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs of which nothing is drawn
ISOLATE, END = "\u2068", "\u2069"
LINE_ENDS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
BLACK_FLAG, LONGEST_FLAG = "\U0001f3f4", 8
UNSEEN_AND_NEEDED = LINE_ENDS | set(
    "\t\u200c\u200d\u200e\u200f\u061c"
)  # joiners and marks of direction, which turn no neighbours around


def tidy(text: str, limit: int = NAME_LIMIT) -> str:
    """One line of visible characters, NFC, at most `limit` characters; an ellipsis shows that something was cut."""
    shown = " ".join(composed(visible(composed(printable(text[: limit * 8])))).split())
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip(f" {JOINER}") + "…"


def unmasked(text: str) -> str:
    """Words as they were typed, in all their lines, without what nobody sees, or what makes others look like something else."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for character in text.replace("\r\n", "\n"):
        if masks(character) and not spells_a_flag(character, kept):
            continue
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_TEXT:
            kept.append("\n" if character in LINE_ENDS else character)
    return "".join(kept)


def masks(character: str) -> bool:
    return character not in UNSEEN_AND_NEEDED and unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def spells_a_flag(character: str, before: list[str]) -> bool:
    """The flag of Scotland is a black flag and a few letters that are not seen."""
    word = list(takewhile(is_tag, reversed(before[-LONGEST_FLAG:])))
    return is_tag(character) and before[: len(before) - len(word)][-1:] == [BLACK_FLAG]


def is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """Without lone surrogates, which no database and no platform takes."""
    return text.encode("utf-8", "ignore").decode()


def visible(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in {"Zl", "Zp", "Cc"} or character in BLANK:
            kept.append(" ")
        elif (
            marks <= MARKS
            and (category not in {"Cf", "Cs", "Co", "Cn"} or joins_emoji(character, kept))
            and not smuggles(character)
        ):
            kept.append(character)
    return "".join(kept)


def joins_emoji(character: str, before: list[str]) -> bool:
    return character == JOINER and bool(before) and unicodedata.category(before[-1]) in {"So", "Sk", "Mn"}


def smuggles(character: str) -> bool:
    """Variation selectors other than the one that makes an emoji colourful."""
    return "\ufe00" <= character <= "\ufe0e" or 0xE0100 <= ord(character) <= 0xE01EF


def isolated(text: str) -> str:
    """The text fenced off, if it runs right to left, so that it cannot turn its neighbours around."""
    rtl = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
    return f"{ISOLATE}{text}{END}" if rtl else text


def folded(text: str) -> str:
    """The same for all ways of typing the same name."""
    return composed(tidy(text, FOLDED_LIMIT).casefold())
