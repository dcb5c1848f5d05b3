"""The open archive: what is in it, what never is, and that each page reads without anything else."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.archive import gathering, publish
from bot.archive.folder import MARK
from bot.chat import incoming as said
from bot.language import Voice
from models import EntryRow, GroupRow
from tests.support.booth import votes
from tests.support.html import Document
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna Bell", "Ben Cole", "王秀英", "Dana Dell", "Eli Ende", "Fay Fink")
HOSTILE = '<script>alert(1)</script> & "x" \''
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


@pytest.fixture(scope="module")
def year(lasting_house: str) -> Iterator[Moot]:
    """A group to which something of each kind has happened, for all tests that change nothing."""
    with closing(Moot(lasting_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        a_year(made)
        made.settle()
        yield made


def adopt(bot: Moot, text: str, more: str = "") -> None:
    bot.says("Anna Bell", f"/propose {text} until in 1 hour {more}".strip())
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.later(hours=2)


def a_year(bot: Moot) -> str:
    """Something of each kind, in public and not; gives who holds the role of cook."""
    adopt(bot, f"Anna Bell keeps the keys\n王秀英 has others {HOSTILE}", "review in 2 weeks")  # D-1
    bot.says("Ben Cole", "/draw cook")  # D-2
    bot.taps("Ben Cole", "Draw now")
    cook = bot.asked()[0]
    bot.taps(cook, "Accept")
    bot.says("Anna Bell", "/poll Where? | The park | The secret garden | secret")  # D-3
    for name, choice in zip(PEOPLE, ["The park"] * 4 + ["The secret garden"] * 2, strict=True):
        votes(bot, name, choice)
    bot.says("Anna Bell", "/close D-3")
    bot.says("Anna Bell", "/propose Withdrawn words")  # D-4
    bot.says("Anna Bell", "/withdraw D-4")
    bot.says("Anna Bell", "/mandate Ben Cole treasurer")  # D-5
    bot.later(days=3)
    bot.says("Ben Cole", "/propose Open words until in 3 days")  # D-6
    bot.says("Ben Cole", "/object D-6 Objecting words")
    return cook


def site(bot: Moot, mode: str = "open") -> dict[str, str]:
    """The files of the archive, by name."""
    house, now = bot.app.routes.house, bot.clock.now()
    with bot.database.transaction() as db:
        group = db.scalars(select(GroupRow)).one()
        gathered = gathering.gathered(db, group, mode, now, house)
        return {name: file.decode() for name, file in publish.files(gathered, Voice(group.language), "ab" * 32)}


def pages(files: Mapping[str, str]) -> dict[str, Document]:
    return {name: Document(text) for name, text in files.items() if name.endswith(".html")}


def test_what_is_in_it_and_what_is_not(year: Moot) -> None:
    files = site(year)
    assert {"index.html", "roster.html", "search.html", "year-2026.html", "D-1.html", "D-2.html", "D-3.html", "feed.atom"} <= set(
        files
    )
    assert not {"D-4.html", "D-5.html", "D-6.html"} & set(files)
    whole = "\n".join(files.values())
    for never in (*PEOPLE, "Anna", "1001", "Withdrawn words", "Open words", "Objecting words", "treasurer"):
        assert never not in whole, never
    assert "a member keeps the keys" in files["D-1.html"]
    assert "cook" in files["roster.html"]
    assert "D-3, Where?: The park" in files["D-3.html"]
    assert year.entries()[-1].hash in files["index.html"]


def test_with_names_and_with_initials(year: Moot) -> None:
    assert "A. B. keeps the keys" in site(year, "initials")["D-1.html"]
    assert "Anna Bell keeps the keys" in site(year, "names")["D-1.html"]


def test_pages_are_whole_and_words_stay_words(year: Moot) -> None:
    files = site(year, "names")
    for name, page in pages(files).items():
        assert page.unclosed == [], name
        assert page.tags.count("h1") == 1
        assert page.tags.count("script") == (name == "search.html"), name
        assert len(page.ids) == len(set(page.ids))
        assert all(link in files or link == "#content" for link in page.links), page.links
    assert f"王秀英 has others {HOSTILE}" in pages(files)["D-1.html"].text


def test_nothing_is_asked_of_anybody(year: Moot) -> None:
    for name, text in site(year).items():
        assert not re.search(r"https?://(?!www\.w3\.org/2005/Atom)|url\(|@import", text), name


def test_the_feed_and_the_calendar(year: Moot) -> None:
    files = site(year)
    feed = ET.fromstring(files["feed.atom"])
    entries = feed.findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link") for entry in entries]
    assert {link.get("href") for link in links if link is not None} <= set(files)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) > 1
    assert "D-1 is looked at again" in files["calendar.ics"]
    assert "A term ends: cook" in files["calendar.ics"]


def test_who_is_forgotten_is_gone_from_the_next_one(bot: Moot) -> None:
    cook = a_year(bot)
    assert cook in site(bot, "names")["roster.html"]
    bot.says(cook, "/forget me")
    bot.taps(cook, "Forget me")
    bot.settle()
    named = [name for name, text in site(bot, "names").items() if cook in text]
    assert named == []


def test_what_others_wrote_of_who_is_forgotten_names_nobody_in_public(bot: Moot) -> None:
    """In the chat it stays as it was written; the archive has words of its own, which nobody can bring about by a name."""
    adopt(bot, "Anna Bell keeps the keys, Ben Cole the list")
    for name in ("Anna Bell", "Ben Cole"):
        bot.says(name, "/forget me")
        bot.taps(name, "Forget me")
        bot.later(minutes=11)
    assert "keeps the keys, Ben Cole the list" in str(bot.row(EntryRow, place=1).personal)
    for mode in ("open", "initials", "names"):
        assert "a former member keeps the keys, a former member the list" in site(bot, mode)["D-1.html"]


def test_names_that_somebody_had_before_and_has_elsewhere_are_masked_as_well(bot: Moot) -> None:
    adopt(bot, "Anna Bell and zed_27 keep the keys, Quill watches")
    bot.hand(said.CommandSent(bot.origin("Ben Cole", handle="zed_27"), "join"))
    bot.hand(said.CommandSent(replace(bot.origin("Ben Cole"), name="Quill"), "join"))
    bot.hand(said.CommandSent(replace(bot.origin("Ben Cole"), name="Ben Cole"), "join"))
    bot.hand(said.CommandSent(replace(bot.origin("Anna Bell"), name="Somebody Else"), "join"))
    bot.restart(minutes=1)
    assert "a member and a member keep the keys, a member watches" in site(bot)["D-1.html"]
    assert "S. E. and B. C. keep the keys, B. C. watches" in site(bot, "initials")["D-1.html"]


def test_two_of_the_same_name_are_not_told_apart_by_their_numbers(bot: Moot) -> None:
    bot.says("Dana Dell", "/draw cook 6")
    bot.taps("Dana Dell", "Draw now")
    for name in PEOPLE:
        bot.taps(name, "Accept")
    bot.change("UPDATE accounts SET name = 'Anna Bell'")
    roster = site(bot, "names")["roster.html"]
    assert roster.count("<bdi>Anna Bell</bdi>") == len(PEOPLE)


def test_a_new_group(bot: Moot) -> None:
    files = site(bot)
    assert "Nothing has been decided so far." in files["index.html"]
    assert "calendar.ics" not in files


def test_in_the_groups_language(bot: Moot) -> None:
    bot.says("Ben Cole", "/settings language es")
    assert "Quién hace qué" in site(bot)["index.html"]


def test_nothing_of_a_group_that_has_not_opened_it(bot: Moot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def write(group: str | None = None) -> int:
        return publish.written(bot.database, bot.app.routes.house, tmp_path / "site", group, bot.clock.now())

    assert write() == 1
    assert "No group has opened its archive" in capsys.readouterr().err
    bot.says("Anna Bell", "/settings archive open")
    assert "From now on: archive: open" in bot.last().text
    assert write() == 1
    capsys.readouterr()
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.later(days=4)
    assert write("The other moot") == 1
    assert "Open are: 1 The moot" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
    assert write("The moot") == 0
    (tmp_path / "site" / MARK).unlink()
    assert write() == 1
    assert "holds other things" in capsys.readouterr().err
