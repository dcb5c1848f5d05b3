"""What a tap costs with 10 and with 100,000 answers in, on both kinds of board, in one run."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.chat import incoming as said
from tests.support.moot import Moot, enrol, furnish
from tests.support.room import FakePlatform

FEW, MANY = 10, 100_000
TAPS, TURNS = 50, 30  # timed taps in each turn, of one and the other by turns; the quickest counts, since other work only slows
VOTERS = ("Anna", "Ben")
NUMBERED = count()  # taps of all turns, none of which is to be taken for a repetition
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
CROWD = (
    "INSERT INTO people (id, created_at) SELECT i, :now FROM n",
    "INSERT INTO accounts (id, platform, ref, name, handle, person_id) SELECT i, 'telegram', 'x' || i, 'P' || i, '', i FROM n",
    "INSERT INTO members (id, group_id, person_id, account_id, joined_at, in_hat) SELECT i, 1, i, i, :now, true FROM n",
)
STANCES = (
    "INSERT INTO stances (round_id, member_id, group_id, stance, concern, taken_at) SELECT 1, i, 1, 'consent', '', :now FROM n"
)
BALLOTS = (
    "INSERT INTO ballots (poll_id, member_id, group_id) SELECT 1, i, 1 FROM n",
    "INSERT INTO ballot_marks (poll_id, member_id, group_id, place, value) SELECT 1, i, 1, 1 + i % 2, 1 FROM n",
)


@dataclass(frozen=True)
class Kind:
    """Something that is tapped: how it is opened, whose answers fill it, and which buttons change a mind."""

    name: str
    opening: str
    labels: tuple[str, str]
    answers: tuple[str, ...]


KINDS = (
    Kind("stance in a consent round", "/propose We buy a dishwasher", ("Consent", "Stand aside"), (STANCES,)),
    Kind("ballot in a poll", "/poll Where? | Garden | Roof", ("Garden", "Roof"), BALLOTS),
)


def main() -> None:
    for kind in KINDS:
        with opened(kind, FEW) as empty, opened(kind, MANY) as full:
            pairs = [(turn(empty, kind), turn(full, kind)) for _ in range(TURNS)]
        few, many = (min(times) for times in zip(*pairs, strict=True))
        print(f"{kind.name}: {few:.2f} ms of CPU a tap with {FEW} in, {many:.2f} ms with {MANY:,} in; ratio {many / few:.2f}")


@contextmanager
def opened(kind: Kind, answers: int) -> Iterator[Moot]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'moot.sqlite'}"
        furnish(url)
        with closing(Moot(url, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
            enrol(bot, *VOTERS)
            bot.says("Anna", kind.opening)
            bot.database.transact(fill, kind, answers)
            yield bot


def fill(db: Session, kind: Kind, answers: int) -> None:
    """So many others have answered already."""
    facts = {"first": 1_000, "last": 999 + answers, "now": "2026-11-21 12:00:00.000000"}
    for statement in (*CROWD, *kind.answers):
        table, _, select = statement.partition(" SELECT ")
        db.execute(text(f"{table} {NUMBERS} SELECT {select}"), facts)
    db.execute(text("ANALYZE"))


def turn(bot: Moot, kind: Kind) -> float:
    """Milliseconds of CPU for one tap that comes alone and its answer, without the drawing of the board."""
    buttons = [bot.button(label) for label in kind.labels]
    events = [said.ButtonTapped(bot.origin(VOTERS[n // 2 % 2]), buttons[(n + n // 2) % 2]) for n in range(TAPS)]
    came = [bot.received(event, (f"tap {next(NUMBERED)}",)) for event in events]
    return cpu(lambda: [bot.hear(each) for each in came]) / TAPS * 1000


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process, all threads."""
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
