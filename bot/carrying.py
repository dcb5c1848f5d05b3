"""`folkmoot export` and `folkmoot import`: whole groups out of a database and into another, for whoever runs the bot."""

import os
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from bot.clock import SystemClock
from bot.dice import SystemDice
from bot.features import FEATURES
from bot.features.moving import archive, founding
from bot.routing.routes import routes_of
from bot.running import FAULT, OK, configured, furnish, house_of, prepare_file, report, tell
from bot.settings import Settings
from models import GroupRow
from models.database import Database


def export(config: Path | None, folder: Path) -> int:
    """A zip file for each group."""

    def work() -> int:
        _, settings = configured(config)
        with closing(opened(settings)) as database:
            for name in written(database, settings, folder):
                sys.stdout.write(f"{name}\n")
        return OK

    os.umask(0o077)
    return report(work)


def written(database: Database, settings: Settings, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    house = routes_of(FEATURES, house_of(settings)).house
    made = []
    with database.transaction() as db:
        for group in db.scalars(select(GroupRow).order_by(GroupRow.id)):
            path = folder / f"group-{group.id}.zip"
            path.write_bytes(archive.written(db, group, house))
            made.append(path)
    return made


def bring_in(config: Path | None, file: Path) -> int:
    """Founds the group that the file has, and says the codes that lead into it."""

    def work() -> int:
        _, settings = configured(config)
        try:
            found = archive.read(file.read_bytes())
        except OSError:
            return tell(FAULT, f"{file} cannot be read.")
        except archive.Unusable as fault:
            return tell(FAULT, str(fault))
        with closing(opened(settings)) as database, database.transaction() as db:
            try:
                made = founding.found(db, found, SystemClock().now(), SystemDice(), served(settings))
            except archive.Unusable as fault:
                return tell(FAULT, str(fault))
            sys.stdout.write(told(made))
        return OK

    os.umask(0o077)
    return report(work)


def opened(settings: Settings) -> Database:
    prepare_file(settings, begin_anew=False)
    database = Database(settings.database.url)
    furnish(settings, database)
    return database


def served(settings: Settings) -> frozenset[str]:
    return frozenset(name.partition(".")[0] for name in settings.accounts)


def told(made: founding.Founded) -> str:
    lines = [
        f"Founded: {made.group.title or 'a group without a title'}.",
        f"In its new room, say: /movein {made.code} (on Matrix !movein, and !link below)",
        *(["Whoever the group knows by another platform says in private, to take their seat:"] if made.seats else []),
        *(f"  {name}: /link {code}" for name, code in made.seats),
    ]
    return "".join(f"{line}\n" for line in lines)
