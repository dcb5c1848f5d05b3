"""A group goes elsewhere with all that it has, and its register goes on where it ended."""

import csv
import io
import json
import random
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.chat.refs import ChatRef
from bot.commons import erasing, register
from bot.dice import SeededDice
from bot.features.moving import archive, founding, state
from bot.features.moving.tables import table
from models import EntryRow, GroupRow, MandateRow, MemberRow
from tests.support.lives import OTHERS, step
from tests.support.moot import Moot, enrol, furnish
from tests.support.room import FakePlatform

NEW_ROOM = ChatRef("matrix", "!new:example.org")


def exported(bot: Moot, group_id: int = 1) -> bytes:
    with bot.database.transaction() as db:
        return archive.written(db, db.get_one(GroupRow, group_id), bot.app.routes.house)


def imported(bot: Moot, content: bytes, *platforms: str) -> founding.Founded:
    with bot.database.transaction() as db:
        return founding.Founder(db, archive.read(content), bot.clock.now(), SeededDice("moving")).found(frozenset(platforms))


def elsewhere(url: str, platform: str = "telegram") -> Moot:
    made = Moot(url, [FakePlatform(platform, keeps_taps_for=None)])
    made.group = ChatRef(platform, "!new:example.org")
    return made


def carry_on(old: Moot, new: Moot) -> founding.Founded:
    new.clock.advance(old.clock.now() - new.clock.now())
    return imported(new, exported(old), new.group.platform)


def lived(url: str, seed: int, steps: int) -> Moot:
    dice, bot = random.Random(seed), Moot(url, [FakePlatform(keeps_taps_for=None)], seed=f"moving {seed}")
    enrol(bot, "Zelda Quarx", *OTHERS)
    for _ in range(steps):
        step(bot, dice)
    bot.later(hours=1)
    return bot


def comparable(content: bytes) -> tuple[list[str], dict[str, Any]]:
    found = archive.read(content)
    return found.lines[1:], {**found.state, "head": ""}


def moves(old_url: str, new_url: str, seed: int, steps: int) -> None:
    """Export, import on the other database, export again: the same chain with one entry more, and all else the same."""
    with closing(lived(old_url, seed, steps)) as old, closing(elsewhere(new_url)) as new:
        first = exported(old)
        made = carry_on(old, new)
        lines, facts = comparable(first)
        again, same = comparable(exported(new, made.group.id))
        assert again[:-1] == lines
        assert json.loads(again[-1])["public"]["kind"] == "imported"
        del same["group"]["choices"]["moving in"]
        facts["group"]["choices"] = facts["group"]["choices"] or {}
        assert same == facts


@pytest.mark.parametrize("seed", range(2))
def test_a_random_history_moves_and_is_the_same(sqlite_house: str, tmp_path: Path, seed: int) -> None:
    furnish(other := f"sqlite:///{tmp_path / 'other.sqlite'}")
    moves(sqlite_house, other, seed, 40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_random_histories_move_to_the_other_database(sqlite_house: str, postgres_house: str, seed: int) -> None:
    moves(*((sqlite_house, postgres_house) if seed % 2 else (postgres_house, sqlite_house)), seed, 100)


def test_on_another_platform_people_take_their_seats(either_house: str, tmp_path: Path) -> None:
    furnish(old := f"sqlite:///{tmp_path / 'other.sqlite'}")
    with closing(Moot(old)) as bot:
        take_seats(bot, either_house)


def take_seats(bot: Moot, url: str) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/mandate Ben treasurer for 3 months")
    bot.taps("Anna", "Consent")
    bot.says("Anna", "/close")
    bot.later(minutes=1)
    bot.taps("Ben", "Accept")
    with closing(elsewhere(url, "matrix")) as new:
        made = carry_on(bot, new)
        assert [name for name, _ in made.seats] == ["Anna", "Ben"]
        new.says("Benedict", f"/movein {made.code}")
        assert "The moot goes on here" in new.shows()[-1]
        assert new.row(GroupRow, id=made.group.id).choices == {}
        code = dict(made.seats)["Ben"]
        new.says("Benedict", f"/link {code}", ChatRef("matrix", "!private:example.org"), kind="private")
        new.says("Benedict", "/resign")
        assert new.row(MandateRow).state == "ended"
        new.says("Benedict", "/who")
        assert "Anna" in new.shows()[-1]
        new.says("Benedict", "/propose We are here now")
        assert any(words.startswith("📜 D-") for words in new.shows())


def test_on_the_same_platform_everybody_is_who_they_were(bot: Moot, tmp_path: Path) -> None:
    enrol(bot, "Anna", "Ben")
    furnish(url := f"sqlite:///{tmp_path / 'other.sqlite'}")
    with closing(elsewhere(url)) as new:
        made = carry_on(bot, new)
        assert made.seats == []
        new.people.update(bot.people)
        new.says("Ben", f"/movein {made.code}")
        new.says("Ben", "/leave")
        assert len(new.rows(MemberRow, left_at=None)) == 1
        refused = new.says("Ben", f"/movein {made.code}")
        assert refused is not None
        assert "No group waits" in refused.text


def test_a_room_that_has_decided_something_takes_nobody_in(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.says("Anna", "/settings language es")
    made = imported(bot, exported(bot), "telegram")
    refused = bot.says("Anna", f"/movein {made.code}")
    assert refused is not None
    assert len(bot.rows(EntryRow, group_id=1)) == 1


def test_the_group_decides_whether_its_files_are_handed_out(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/export")
    for name in ("Anna", "Ben"):
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    bot.later(minutes=1)
    file = next(each for standing in bot.room for each in standing.message.attachments if each.name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(file.content)) as whole:
        assert whole.namelist()[:3] == ["README.txt", "register.jsonl", "group.json"]
        assert "people.csv" in whole.namelist()
        rows = list(csv.reader(io.StringIO(whole.read("people.csv").decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["name", "Anna", "Ben"]


def test_or_anyone_who_belongs_may_have_them(bot: Moot) -> None:
    """Once the group has agreed to that: else one could hand out everybody's names."""
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/settings export anyone")
    assert "From now on: export: anyone who belongs may have the group's files" in bot.last().text
    assert bot.row(GroupRow).choices is None
    for name in ("Anna", "Ben"):
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    assert bot.row(GroupRow).choices == {"export": "anyone"}
    bot.says("Anna", "/settings export anyone")
    assert bot.last().text == "It is set that way already."
    bot.says("Anna", "/export")
    assert bot.last().message.attachments[0].name == "group-2026-11-21.zip"
    refused = bot.says("Fay", "/export")
    assert refused is not None
    bot.says("Ben", "/settings export consent")
    assert bot.row(GroupRow).choices == {"export": "consent"}, "whoever belongs can close it again at once"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1"])
def test_no_cell_is_calculated(cell: str) -> None:
    written = table(["name"], [[cell]])
    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))) == [["name"], [f"'{cell}"]]


def test_what_was_changed_on_the_way_is_refused(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.says("Anna", "/settings language es")
    content = exported(bot)
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    for changed in (
        {**files, "register.jsonl": files["register.jsonl"].replace(b'"es"', b'"en"')},
        {**files, "group.json": files["group.json"].replace(state.FORMAT.encode(), b"another")},
        {name: kept for name, kept in files.items() if name != "group.json"},
    ):
        with pytest.raises(archive.Unusable):
            archive.read(archive.zipped(changed))
    with pytest.raises(archive.Unusable):
        archive.read(b"no zip")


def many_entries(bot: Moot, dice: random.Random, n: int) -> None:
    """A register of any content, in which somebody was forgotten now and then."""
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        for number in range(n):
            said = {"by": f"tg:{dice.randrange(9)}", "text": dice.choice(("Küche", "=1+1", "🎹", "")), "options": ["a", "b"]}
            facts = {"change": f"D-{number}", "n": dice.random(), "none": None}
            personal = said if dice.random() < 0.8 else None
            register.enter(db, group, dice.choice(("this", "that")), facts, now=bot.clock.now(), dice=bot.dice, personal=personal)
            if dice.random() < 0.01:
                erasing.erase(db, group, f"tg:{dice.randrange(9)}".__eq__, bot.clock.now(), bot.dice)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_two_thousand_entries_move_to_the_other_database_and_platform(house: str, tmp_path: Path, seed: int) -> None:
    furnish(other := f"sqlite:///{tmp_path / 'other.sqlite'}")
    with closing(Moot(other)) as old, closing(elsewhere(house, "matrix")) as new:
        enrol(old, "Anna", "Ben")
        many_entries(old, random.Random(seed), 2_000)
        first = archive.read(exported(old))
        made = carry_on(old, new)
        again = archive.read(exported(new, made.group.id))
        assert again.lines[1:-1] == first.lines[1:]
        assert json.loads(again.lines[-1])["public"]["facts"] == {"from": first.state["head"], "entries": len(first.lines) - 1}


def decide(bot: Moot, what: str) -> None:
    bot.says("Anna", f"/propose {what}")
    for name in ("Anna", "Ben"):
        bot.taps(name, "Consent")
    bot.says("Anna", "/close")
    bot.later(minutes=1)


def test_what_was_told_before_is_not_told_again(sqlite_house: str, tmp_path: Path) -> None:
    furnish(url := f"sqlite:///{tmp_path / 'other.sqlite'}")
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None)])) as bot, closing(elsewhere(url)) as new:
        enrol(bot, "Anna", "Ben")
        bot.says("Anna", "/settings digest daily 18")
        decide(bot, "We buy a dishwasher")
        bot.later(days=1)
        decide(bot, "We paint the hall")
        made = carry_on(bot, new)
        new.people.update(bot.people)
        new.says("Ben", f"/movein {made.code}")
        new.later(days=1)
        new.later(days=1)
        (digest,) = [words for words in new.shows() if words.startswith("📰")]
        assert "We paint the hall" in digest
        assert "dishwasher" not in digest
        assert "The group came from elsewhere, with 3 entries" in digest
