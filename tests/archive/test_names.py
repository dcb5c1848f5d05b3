"""How people are named, and not named, in an archive."""

import pytest

from bot.archive.names import initials, masks, shown
from bot.commons.masking import masked

KNOWN = {
    "Anna Bell": "Anna Bell",
    "anna_b": "Anna Bell",
    "王秀英": "王秀英",
    "Will": "Will",
    "E": "E",
    "The Mill of us": "Mo",
    "a.b*": "a.b*",
}


NAMES = {"Anna Bell": "A. B.", "王秀英": "王.", "فاطمة الزهراء": "ف. ا.", "👩‍👩‍👧": "…", "": "…", "a b c d": "a. b. c."}
MODES = {"open": "a member", "initials": "A. B.", "names": "Anna Bell", "nonsense": "a member"}


@pytest.mark.parametrize(("name", "short"), NAMES.items())
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("mode", "name"), [("open", "a member"), ("initials", "A. B."), ("names", "Anna Bell"), ("nonsense", "a member")]
)
def test_modes(mode: str, name: str) -> None:
    assert shown(mode, "Anna Bell", "a member") == name


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Anna Bell pays.", "a member pays."),
        ("ask @anna_b", "ask a member"),
        ("Annabel and Bells stay", "Annabel and Bells stay"),
        ("Anna has it, ask ANNA or Bell; anna bell knows", "a member has it, ask a member or a member; a member knows"),
        ("the bell rings at The Mill", "the bell rings at The a member"),
        ("钥匙由王秀英保管", "钥匙由a member保管"),
        ("Will will", "a member will"),
        ("E. coli", "E. coli"),
        ("a.b* pays", "a member pays"),
        ("axb*", "axb*"),
    ],
)
def test_names_in_somebodys_words(text: str, without: str) -> None:
    assert masks("open", KNOWN, "a member")(text) == without
    assert masks("names", KNOWN, "a member")(text) == text


def test_only_what_people_said_is_looked_through() -> None:
    found = masked({"text": "Will", "options": ["Will", None], "label": "Will", "seats": 2}, masks("open", KNOWN, "…"))
    assert found == {"text": "…", "options": ["…", None], "label": "Will", "seats": 2}


def test_a_group_of_nobody() -> None:
    assert masks("open", {}, "a member")("Anna Bell") == "Anna Bell"
