"""The words of an archive, and of the setting that opens it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.language import Voice

STANCES = ("consent", "aside", "object")


def somebody(v: Voice) -> str:
    return v._("a member")


def untitled(v: Voice) -> str:
    return v._("Our group")


def other(v: Voice) -> str:
    return v._("Something else was entered")


def term_ends(v: Voice, role: str) -> str:
    return v._("A term ends: {role}", role=role)


def reviewed(v: Voice, number: str) -> str:
    return v._("{number} is looked at again", number=number)


def figures(v: Voice, facts: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """How it came about, in numbers: nobody's name."""
    found: list[tuple[str, Any]] = [(v._("Method"), facts.get("method"))]
    stances, accounts, electorate = facts.get("stances"), facts.get("accounting"), facts.get("electorate")
    if isinstance(stances, Mapping):
        found += [(stance(v, name), stances.get(name)) for name in STANCES]
    if isinstance(electorate, Mapping):
        found.append((v._("Could take part"), electorate.get("size")))
    elif facts.get("electors") is not None:
        found.append((v._("Could take part"), facts["electors"]))
    accounts = accounts if isinstance(accounts, Mapping) else facts
    if accounts.get("received") is not None:
        said = ("received", "counted", "replaced", "refused")
        found.append((v._("Answers"), accounting(v, *(int(accounts.get(each) or 0) for each in said))))
    if facts.get("review_at"):
        found.append((v._("Looked at again"), v.date(datetime.fromisoformat(facts["review_at"]))))
    return [(label, str(value)) for label, value in found if value is not None]


def accounting(v: Voice, received: int, counted: int, replaced: int, refused: int) -> str:
    facts = {"received": received, "counted": counted, "replaced": replaced, "refused": refused}
    return v._("{received} received, {counted} counted, {replaced} replaced, {refused} refused", **facts)


def stance(v: Voice, name: str) -> str:
    return {"consent": v._("Consent"), "aside": v._("Stand aside")}.get(name) or v._("Object")


def decided(v: Voice) -> str:
    return v._("Decisions")


def newest(v: Voice) -> str:
    return v._("The newest decisions")


def nothing(v: Voice) -> str:
    return v._("Nothing has been decided so far.")


def year(v: Voice, number: int) -> str:
    return v._("Decisions of {year}", year=number)


def by_year(v: Voice) -> str:
    return v._("By year")


def roster(v: Voice) -> str:
    return v._("Who does what")


def search(v: Voice) -> str:
    return v._("Search")


def home(v: Voice) -> str:
    return v._("Start")


def skip(v: Voice) -> str:
    return v._("To the content")


def menu(v: Voice) -> str:
    return v._("Pages")


def calendar(v: Voice) -> str:
    return v._("Calendar")


def feed(v: Voice) -> str:
    return v._("Feed")


def columns(v: Voice) -> Sequence[str]:
    return (v._("Role"), v._("Held by"), v._("Until"))


def free(v: Voice, n: int, held: bool) -> str:
    return v.n_("{n} seat free", "{n} seats free", n) if held else v._("vacant")


def no_roles(v: Voice) -> str:
    return v._("There are no roles so far.")


def text_heading(v: Voice) -> str:
    return v._("In full")


def options(v: Voice) -> str:
    return v._("Options")


def figures_heading(v: Voice) -> str:
    return v._("In numbers")


def story(v: Voice) -> str:
    return v._("What came of it")


def related(v: Voice) -> str:
    return v._("See also")


def entered(v: Voice, place: int) -> str:
    return v._("Entry {place} of the register. Its fingerprint:", place=place)


def words_heading(v: Voice) -> str:
    return v._("By word")


def words_help(v: Voice) -> str:
    return v._("Each word leads to the decisions in which it stands. Your browser finds a word on this page, too.")


def filter_label(v: Voice) -> str:
    return v._("Show only what has these words")


def all_decisions(v: Voice) -> str:
    return v._("All decisions")


def as_of(v: Voice, at: datetime, last: int) -> str:
    return v._("As of {time}, entry {n} of the register. Made by Folkmoot.", time=v.moment(at), n=last)
