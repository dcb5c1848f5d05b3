"""Killed in its very first moments: the next start begins again; a file that was once furnished is never replaced."""

from pathlib import Path

from tests.kills.house import House
from tests.kills.square import OK

DATABASE = 4  # exit code


def file_of(house: House) -> Path:
    return Path(house.url.removeprefix("sqlite:///"))


def test_killed_before_the_database_was_made(served: House) -> None:
    """Between the lock and the file there is but a moment; here it is both, by hand."""
    Path(f"{file_of(served)}.new").touch()
    Path(f"{file_of(served)}.lock").write_text("process 1 on home")
    assert served.starts_well().terminate() == OK


def test_killed_at_first_sight_over_and_over(served: House) -> None:
    for trace in (".new", ".lock", "", "-wal", ""):
        life = served.starts()
        life.until(lambda trace=trace, life=life: Path(f"{file_of(served)}{trace}").exists() or life.over, 30)
        life.kill()
    assert served.starts_well().terminate() == OK


def test_a_file_that_was_furnished_is_missed(served: House) -> None:
    assert served.starts_well().terminate() == OK
    for part in file_of(served).parent.glob(f"{file_of(served).name}*"):
        if part.suffix != ".lock":
            part.unlink()
    life = served.starts()
    assert life.wait() == DATABASE
    assert "is gone although there was one" in life.said()
    assert not file_of(served).exists()
