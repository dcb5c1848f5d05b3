"""An exported register holds as it was made, with people forgotten or what is personal left out; any change behind it is found."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.cli import main
from bot.commons import erasing, exporting, register
from bot.commons.canonical import canonical
from bot.verifying import chain, contents
from bot.verifying.chain import Broken, sha256
from models import EntryRow, GroupRow
from tests.support.histories import live
from tests.support.moot import Moot
from tests.support.tampering import tamper

OTHER = "INSERT INTO groups (id, title, language, zone, last_number, created_at) VALUES (2, '', 'en', 'UTC', 0, '2026-01-01')"


@pytest.fixture(scope="module")
def history(lasting_house: str) -> Iterator[Moot]:
    """What happened to one group; tests roll back what they change in it."""
    with closing(Moot(lasting_house)) as bot:
        live(bot, Random(7), 6)
        bot.change(
            "INSERT INTO groups (id, title, language, zone, last_number, created_at) VALUES (2, '', 'en', 'UTC', 0, '2026-01-01')"
        )
        yield bot


@contextmanager
def for_now(bot: Moot) -> Iterator[Session]:
    """Whatever is changed is as before afterwards."""
    with bot.database.transaction() as db:
        yield db
        db.rollback()


def exported(db: Session, personal: bool = True) -> list[str]:
    db.flush()
    db.expire_all()
    return list(exporting.lines(db, 1, personal=personal))


def found(lines: list[str], head: str | None = None) -> int | None:
    """The place of the first broken entry, 0 for the whole; None: it holds."""
    try:
        contents.check(chain.read(lines, head).entries)
    except Broken as broken:
        return broken.place
    return None


def test_a_history_holds_and_has_all_kinds_in_it(history: Moot) -> None:
    with for_now(history) as db:
        looked = contents.check(chain.read(exported(db), register.head(db, 1)).entries)
        kinds = {register.read(row).kind for row in db.query(EntryRow)}
    assert min(looked["decision"], looked["poll"], looked["draw"]) >= 1
    assert {"note", "settings", "circle", "role", "minutes"} <= kinds


def test_it_holds_without_what_is_personal(history: Moot) -> None:
    with for_now(history) as db:
        lines = exported(db, personal=False)
    assert found(lines) is None
    assert not any(word in "".join(lines) for word in ("tg:", "kitchen", "Anna"))


def test_what_is_hashed_for_good_names_nobody(history: Moot) -> None:
    for entry in history.entries():
        assert not any(word in entry.public for word in ("tg:1", "kitchen", "garden", "piano", "Anna", "Ben", "cook"))


# changes behind the bot's back


def run(bot: Moot, dice: Random, times: int) -> list[str]:
    """The changes that were not found."""
    missed = []
    with bot.database.transaction() as db:
        head = register.head(db, 1)
    for _ in range(times):
        with for_now(bot) as db:
            what = tamper(db, dice)
            if found(exported(db), head) is None:
                missed.append(what)
    return missed


def test_two_hundred_changes_are_found(history: Moot) -> None:
    assert run(history, Random(200), 200) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_changes_in_ten_histories_are_found(house: str, seed: int) -> None:
    with closing(Moot(house, seed=f"history {seed}")) as bot:
        live(bot, Random(seed), 25)
        bot.change(
            "INSERT INTO groups (id, title, language, zone, last_number, created_at) VALUES (2, '', 'en', 'UTC', 0, '2026-01-01')"
        )
        assert run(bot, Random(seed), 100) == []


def test_the_first_broken_entry_is_named(history: Moot) -> None:
    with for_now(history) as db:
        row = db.get_one(EntryRow, (1, 9))
        row.public = row.public.replace('"place":9', '"place":8')
        assert found(exported(db)) == 9


def test_what_is_cut_off_at_the_end_is_found_by_a_head_that_was_published(history: Moot) -> None:
    with for_now(history) as db:
        head, last = register.head(db, 1), db.query(EntryRow).filter_by(group_id=1).count()
        for place in (last, last - 1):
            db.delete(db.get_one(EntryRow, (1, place)))
        lines = exported(db)
        assert found(lines) is None, "it looks like a register from before"
        assert found(lines, head) == 0
    with for_now(history) as db:
        older = db.get_one(EntryRow, (1, 5)).hash
        assert found(exported(db), older) is None, "it has grown since"
        assert found(exported(db)[:-1]) == 0, "the file itself was cut"


# whoever can write all hashes anew


def rewritten(lines: list[str], place: int, change: Callable[[dict[str, Any]], None]) -> list[str]:
    """An entry changed, and everything after it hashed anew."""
    made, before = [json.loads(line) for line in lines], "0" * 64
    change(made[place])
    for entry in made[1:]:
        entry["hash"] = before = sha256(before + canonical(entry["public"]))
    made[0]["head"] = before
    return [canonical(entry) for entry in made]


def places_of(lines: list[str], kind: str) -> list[int]:
    return [place for place, line in enumerate(lines) if place and json.loads(line)["public"]["kind"] == kind]


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("decision", ("accounting", "received"), 99),
        ("decision", ("stances", "consent"), 99),
        ("decision", ("quorum",), 99),
        ("decision", ("electorate", "sha256"), "0" * 64),
        ("poll", ("received",), 99),
        ("draw", ("chance",), "0" * 64),
        ("draw", ("secret",), "0" * 64),
        ("draw", ("pool_sha256",), "0" * 64),
        ("minutes", ("secret",), "0" * 64),
        ("minutes", ("pool_sha256",), "0" * 64),
    ],
)
def test_accounts_and_draws_that_do_not_come_out_are_found(history: Moot, kind: str, path: tuple[str, ...], value: object) -> None:
    with for_now(history) as db:
        lines = exported(db)
    adopted = [place for place in places_of(lines, kind) if kind != "decision" or '"result":"adopted"' in lines[place]]

    def change(entry: dict[str, Any]) -> None:
        facts = entry["public"]["facts"]
        for key in path[:-1]:
            facts = facts[key]
        facts[path[-1]] = value

    forged = rewritten(lines, adopted[0], change)
    assert found(forged) == adopted[0]
    assert found(forged, json.loads(lines[-1])["hash"]) == 0, "a head that was published finds whatever was written anew"


def test_a_file_does_not_say_that_it_is_without_what_is_personal_so_that_some_of_it_can_go(history: Moot) -> None:
    with for_now(history) as db:
        lines = exported(db)
    first, entry = json.loads(lines[0]), json.loads(lines[places_of(lines, "decision")[0]])
    first["personal"], entry["personal"] = False, None
    forged = [canonical(first), *lines[1:]]
    forged[entry["place"]] = canonical(entry)
    assert found(forged) == 0


def test_rewriting_nothing_changes_nothing(history: Moot) -> None:
    with for_now(history) as db:
        lines = exported(db)
    assert rewritten(lines, 1, lambda entry: None) == lines


# people who were forgotten


def test_a_person_is_forgotten_and_all_still_holds(history: Moot) -> None:
    with for_now(history) as db:
        group = db.get_one(GroupRow, 1)
        places = erasing.erase(db, group, lambda value: "tg:1002" in json.dumps(value), history.clock.now(), history.dice)
        lines = exported(db)
    assert len(places) > 5
    assert found(lines) is None
    assert "tg:1002" not in "".join(lines)
    assert "tg:1003" in "".join(lines)


def test_what_is_erased_and_not_told_is_found(history: Moot) -> None:
    with for_now(history) as db:
        group = db.get_one(GroupRow, 1)
        first = erasing.erase(db, group, lambda value: value == "tg:1002", history.clock.now(), history.dice)[0]
        db.delete(db.query(EntryRow).filter_by(group_id=1).order_by(EntryRow.place.desc()).limit(1).one())
        assert found(exported(db)) == first


# entries of the first form


def old_entry(**personal: Any) -> dict[str, Any]:
    """As a register has it from before what is personal was taken to pieces."""
    accounts = {"received": 1, "counted": 1, "replaced": 0, "refused": 0}
    facts = {"decision": "D-1", "result": "adopted", "quorum": 1, "accounting": accounts, "text": "We paint"}
    facts |= {"stances": {"consent": 1, "aside": 0, "object": 0}, "electorate": {"size": 1, "sha256": sha256("tg:1\n")}}
    public = {"place": 1, "kind": "decision", "at": "2026-11-21T12:00:00+00:00", "facts": facts}
    public["personal"] = sha256(f"aa{canonical(personal)}")
    beside = {"personal": personal, "salt": "aa", "hash": sha256("0" * 64 + canonical(public))}
    return {"place": 1, "at": public["at"], "public": public} | beside


def file_of(*entries: dict[str, Any]) -> list[str]:
    first = {"format": exporting.FORMAT, "entries": len(entries), "head": entries[-1]["hash"], "personal": True}
    return [canonical(each) for each in (first, *entries)]


def test_an_entry_of_the_first_form_holds_and_what_is_changed_in_it_is_found() -> None:
    entry = old_entry(stances={"tg:1": ["consent", ""]}, electorate="tg:1\n", objections=[])
    assert found(file_of(entry)) is None
    changes: list[dict[str, Any]] = [
        {"salt": "ab"},
        {"salt": None},
        {"personal": None},
        {"personal": {}},
        {"at": "2026"},
        {"place": 2},
    ]
    for change in changes:
        assert found(file_of(entry | change)) == 1
    assert found(file_of(entry | {"personal": None, "salt": None})) == 1, "no entry tells that it was forgotten"
    assert found(file_of(old_entry(stances={"tg:1": ["aside", ""]}, electorate="tg:1\n"))) == 1
    assert found(file_of(old_entry(stances={"tg:1": ["consent", ""]}, electorate="tg:2\n"))) == 1


# as people use it


def told(lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    file = tmp_path / "register.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines))
    code = main(["verify", str(file), *more])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_sceptic_checks_the_file(history: Moot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with for_now(history) as db:
        lines, head = exported(db), register.head(db, 1)
    code, said = told(lines, tmp_path, capsys, "--head", head)
    assert code == 0
    assert said.startswith(f"This register holds: {len(lines) - 1} entries, each follows from the one before it.\n")
    assert f"Its head: {head}\n" in said
    place = places_of(lines, "decision")[1]
    lines[place] = lines[place].replace('"received":', '"received":1')
    code, said = told(lines, tmp_path, capsys)
    assert code == 1
    number = json.loads(lines[place])["public"]["facts"]["decision"]
    assert said.startswith(f"This register does not hold. Entry {place} (decision, {number}, 2026-1")
    assert "its hash does not follow from what it says and from the entry before it." in said
    assert chain.main(str(tmp_path / "register.jsonl")) == 1


@pytest.mark.parametrize("content", ["", "\n", "{}", "draw-v1\n", '{"format":"folkmoot-register-1"}', "é", "[1]\n[2]"])
def test_what_is_no_register_is_told_so(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "some.txt"
    file.write_text(content)
    assert main(["verify", str(file)]) in {1, 2}
    assert "Traceback" not in capsys.readouterr().err
    assert main(["verify", "a", "b", "c"]) == 2
    assert main(["verify", str(tmp_path / "nothing")]) == 2
