"""Where an archive is put: whole, and never over something else."""

from pathlib import Path

import pytest

from bot.archive import folder


def names(place: Path) -> list[str]:
    return sorted(each.name for each in place.iterdir())


def test_a_new_folder_and_the_same_one_again(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "site"
    folder.put(place, [("index.html", b"1"), ("D-1.html", b"1")])
    folder.put(place, [("index.html", b"2")])
    assert names(place) == [folder.MARK, "index.html"]
    assert (place / "index.html").read_bytes() == b"2"
    assert names(place.parent) == ["site"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    folder.put(tmp_path, [("index.html", b"1")])
    assert names(tmp_path) == [folder.MARK, "index.html"]


def test_other_things_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(folder.NotOurs):
        folder.put(tmp_path, [("index.html", b"1")])
    with pytest.raises(folder.NotOurs):
        folder.put(tmp_path / "thesis.txt", [("index.html", b"1")])
    assert names(tmp_path) == ["thesis.txt"]
