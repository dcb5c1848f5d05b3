"""What a day's digest costs after 10 and after 100,000 entries, and those of 1,000 groups."""

import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.features.digest import sweep
from models import GroupRow
from tests.bench.flat import NUMBERS, cpu
from tests.support.moot import Moot, enrol, furnish
from tests.support.room import FakePlatform

FEW, MANY, GROUPS = 10, 100_000, 1_000
TODAY, TURNS = 10, 9  # entries of the day; the quickest turn counts, since other work only slows
PUBLIC = '{"at":"2026-11-20T12:00:00+00:00","facts":{"setting":"depth"},"kind":"settings","personal":null,"place":1,"v":2}'
HISTORY = "INSERT INTO entries (group_id, place, public, hash, entered_at) SELECT 1, i, :public, 'x', :now FROM n"
CROWD = (
    "INSERT INTO groups (id, title, language, zone, last_number, created_at, digest_at, digest_entry, digest_number) "
    "SELECT i, '', 'en', 'UTC', 0, :now, :now, 0, 0 FROM n",
    "INSERT INTO chats (id, platform, ref, kind, title, encrypted, state, created_at, group_id) "
    "SELECT i, 'telegram', '-9' || i, 'group', '', false, 'open', :now, i FROM n",
    "INSERT INTO entries (group_id, place, public, hash, entered_at) SELECT i, 1, :public, 'x', :now FROM n",
)


def main() -> None:
    few, many = measured(FEW), measured(MANY)
    print(f"digest of {TODAY} entries: {few:.1f} ms of CPU after {FEW}, {many:.1f} ms after {MANY:,}; ratio {many / few:.2f}")
    print(f"digests of {GROUPS:,} groups in one sweep: {crowd():.1f} s of CPU")


def house(folder: str) -> Moot:
    url = f"sqlite:///{Path(folder) / 'moot.sqlite'}"
    furnish(url)
    return Moot(url, platforms=[FakePlatform(keeps_taps_for=None)], digest=("daily", 18))


def measured(history: int) -> float:
    """Milliseconds for one group's digest, with what it promises."""
    with tempfile.TemporaryDirectory() as folder, closing(house(folder)) as bot:
        enrol(bot, "Anna", "Ben")
        bot.settle()
        bot.database.transact(fill, (HISTORY,), 1, history)
        for n in range(TODAY):
            bot.says("Anna", f"/settings round {n + 1} days")
        bot.says("Ben", "/poll Lunch? | Soup | Salad | until tomorrow 12:30")
        return min(cpu(lambda: bot.database.transact(post, bot, history)) for _ in range(TURNS)) * 1000


def post(db: Session, bot: Moot, history: int) -> None:
    """As if the last digest had ended with that entry."""
    now = bot.clock.now()
    group = db.get_one(GroupRow, 1)
    group.digest_entry, group.digest_number, group.digest_at = history, 0, now
    db.flush()
    sweep.settle(db, 1, now, bot.app.routes.house)


def crowd() -> float:
    """Seconds for all of them; before what they promise is sent."""
    with tempfile.TemporaryDirectory() as folder, closing(house(folder)) as bot:
        bot.database.transact(fill, CROWD, 1, GROUPS)
        bot.hear()
        spent = cpu(lambda: bot.run(bot.app.sweeper.sweep()))
        assert all(group.digest_entry == 1 for group in bot.rows(GroupRow))
        return spent


def fill(db: Session, statements: tuple[str, ...], first: int, last: int) -> None:
    facts = {"first": first, "last": last, "now": "2026-11-20 12:00:00.000000", "public": PUBLIC}
    for statement in statements:
        table, _, select = statement.partition(" SELECT ")
        wanted = {name: value for name, value in facts.items() if f":{name}" in f"{NUMBERS} {select}"}
        db.execute(text(f"{table} {NUMBERS} SELECT {select}"), wanted)
    db.execute(text("ANALYZE"))


if __name__ == "__main__":
    main()
