"""Choosing a template: its role is made like any other, with a purpose, a term and a script from the start."""

from collections.abc import Mapping
from typing import Any

from bot.chat.incoming import Ack
from bot.commons import roles
from bot.features.roles import changes
from bot.features.roles.templates import texts
from bot.language import LANGUAGES, Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded, isolated

SAID = frozenset({"template", "templates", "plantilla", "plantillas"})
ALIKE = {"note-taker": "notes", "note taker": "notes", "bot moderator": "moderator", "auditor": "treasurer"}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "facilitator": {"term": "1 month", "cooling": "1 month", "most_terms": 2},
    "notes": {"term": "1 month", "cooling": "1 month", "most_terms": 2},
    "treasurer": {"term": "1 year", "cooling": "1 year", "most_terms": 2, "notice": [30, 14, 3]},
    "auditor": {"term": "1 year", "cooling": "1 year", "most_terms": 1, "notice": [30, 14, 3]},
    "timekeeper": {"term": "2 weeks", "most_terms": 2, "notice": [3, 1]},
    "mediator": {"term": "6 months", "seats": 2, "cooling": "3 months", "most_terms": 2},
    "care": {"term": "3 months", "seats": 2, "cooling": "3 months", "most_terms": 1},
    "delegate": {"term": "1 month", "cooling": "1 month", "most_terms": 1, "notice": [7, 1]},
    "moderator": {"term": "3 months", "cooling": "3 months", "most_terms": 2},
}
OFFERED = tuple(code for code in SHAPES if code != "auditor")


def asks_for_one(text: str) -> bool:
    return folded(text).partition(" ")[0] in SAID


def show_or_choose(call: Call) -> None:
    """`/role templates`, `/role template care`."""
    wanted = " ".join(call.text.split()[1:])
    if not wanted:
        call.answer(texts.templates(call.voice, [(code, SHAPES[code]["term"]) for code in OFFERED], call.prefix))
    else:
        choose(call, code_of(wanted))


def code_of(words: str) -> str:
    """By its name in any of our languages."""
    key = folded(words)
    for voice in map(Voice, LANGUAGES):
        for code in OFFERED:
            if key in {code, folded(texts.title(voice, code)), folded(texts.WORDS[code](voice).name)}:
                return code
    if key in ALIKE:
        return ALIKE[key]
    raise Refused("no such template")


def tapped(call: Call) -> Ack:
    if len(call.about) != 1 or call.about[0] not in OFFERED:
        raise Refused("old button")
    made = choose(call, call.about[0])
    return Ack(texts.chosen(call.voice, made, at_once=not any_waits(call, made)))


def any_waits(call: Call, names: list[str]) -> bool:
    return any(roles.find(call.db, call.group, name) is None for name in names)


def choose(call: Call, code: str) -> list[str]:
    """Makes those of its roles that the group has not defined yet; gives their names."""
    wanted = ["treasurer", "auditor"] if code == "treasurer" else [code]
    templates = {each: texts.WORDS[each](Voice(call.group.language)) for each in wanted}
    missing = [each for each in wanted if not is_defined(call, templates[each].name)]
    if not missing:
        raise Refused("template in use", names=[isolated(template.name) for template in templates.values()])
    for each in missing:
        words = templates[each]
        changes.put(call, words.name, {**SHAPES[each], "purpose": words.purpose, "sunset": words.sunset})
    return [templates[each].name for each in missing]


def is_defined(call: Call, name: str) -> bool:
    found = roles.find(call.db, call.group, name)
    return found is not None and found.defined and found.state == "open"
