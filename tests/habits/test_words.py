"""What people read is worded in texts.py, and each sentence of it is there in every language."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from string import Formatter
from typing import get_args

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.chat.message import Style
from bot.language import LANGUAGES, word_files
from tests.habits.tree import PRODUCT, calls, dotted, place, python

VOICED = {"_": 1, "n_": 2, "line": 1}  # a voice's functions, and how many sentences each takes
SHOWN = {"message", "paragraph", "bullet", "quoted", "Text", "Button", "Ack", "Manual"}
TRANSLATED = sorted(LANGUAGES.keys() - {"en"})


@dataclass(frozen=True)
class Sentence:
    """A sentence in the code: its one form, or the forms for one and for many, and the names of what fills it."""

    forms: tuple[str, ...]
    given: frozenset[str] | None  # None: the call does not name them one by one
    where: str


def voiced(call: ast.Call) -> int:
    """How many sentences a call gives to a voice."""
    return VOICED.get(call.func.attr, 0) if isinstance(call.func, ast.Attribute) else 0


def literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def worded(node: ast.expr) -> bool:
    """Whether these are words for people, and not the name of a style."""
    parts = [str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return literal(node) and any(any(map(str.isalpha, part)) and part not in get_args(Style) for part in parts)


def sentences() -> Iterator[Sentence]:
    for path in python("bot"):
        if path.name == "texts.py":
            yield from (sentence(call, place(path, call)) for call in calls(path) if voiced(call))


def sentence(call: ast.Call, where: str) -> Sentence:
    forms = tuple(
        part.value for part in call.args[: voiced(call)] if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    names = [keyword.arg for keyword in call.keywords]
    counted = ["n"] if len(forms) == 2 else []
    return Sentence(forms, None if None in names else frozenset([*counted, *map(str, names)]), where)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def parts(language: str) -> list[Catalog]:
    found = []
    for path in word_files(language):
        with path.open("rb") as file:
            found.append(read_po(file, locale=language))
    return found


def catalogue(language: str) -> Catalog:
    """All parts as one."""
    whole, *others = parts(language)
    for part in others:
        for found in filter(attrgetter("id"), part):
            whole[found.id] = found
    return whole


def translations(found: Message) -> tuple[str, ...]:
    return (found.string,) if isinstance(found.string, str) else tuple(found.string or ())


def test_sentences_are_given_to_a_voice_in_texts_only() -> None:
    product = (path for path in python(*PRODUCT) if path.name != "texts.py")
    assert [place(path, call) for path in product for call in calls(path) if any(map(literal, call.args[: voiced(call)]))] == []


def test_nothing_is_shown_that_no_voice_has_worded() -> None:
    shown = ((path, call) for path in python(*PRODUCT) for call in calls(path) if dotted(call.func).split(".")[-1] in SHOWN)
    assert [place(path, call) for path, call in shown if any(map(worded, call.args))] == []


def test_every_sentence_can_be_extracted() -> None:
    assert [each.where for each in sentences() if len(each.forms) not in {1, 2} or not all(each.forms)] == []


def test_every_sentence_is_given_what_fills_it() -> None:
    known = ((each, set().union(*map(blanks, each.forms))) for each in sentences() if each.given is not None)
    assert [each.where for each, asked in known if asked - {"n"} != (each.given or frozenset()) - {"n"}] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    known = {(found.id if isinstance(found.id, tuple) else (found.id,)): found for found in catalogue(language) if found.id}
    missing = [each.forms for each in sentences() if each.forms not in known]
    unfinished = [found.id for found in known.values() if found.fuzzy or not all(translations(found))]
    assert (missing, unfinished) == ([], [])


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    said = {each.forms for each in sentences()}
    assert [found.id for found in catalogue(language) if found.id and as_forms(found) not in said] == []


def as_forms(found: Message) -> tuple[str, ...]:
    return tuple(found.id) if isinstance(found.id, (tuple, list)) else (found.id,)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_translated_in_two_files(language: str) -> None:
    times = Counter(as_forms(found) for part in parts(language) for found in part if found.id)
    assert [forms for forms, n in times.items() if n > 1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_same_blanks(language: str) -> None:
    def fits(found: Message) -> bool:
        return all(any(blanks(said) == blanks(form) for form in as_forms(found)) for said in translations(found))

    assert [found.id for found in catalogue(language) if found.id and not fits(found)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_number_has_its_form(language: str) -> None:
    catalog = catalogue(language)
    plural = [found for found in catalog if found.pluralizable]
    assert [found.id for found in plural if len(translations(found)) != catalog.num_plurals] == []
