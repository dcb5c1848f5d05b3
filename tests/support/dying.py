"""Work on a database that is killed in the middle: a process that has imported everything forks a child for each death.

It is told in lines of JSON on its standard input, `["name of the work", url, 17]`, and answers each with `true` if a child that
did this work was killed as it began its 17th statement, and with `false` if it came to its end before.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from models.database import Database

ROOT = Path(__file__).resolve().parents[2]
Dies = Callable[[str, str, int], bool]
Work = Callable[[Database], None]


@contextmanager
def dying() -> Iterator[Dies]:
    """`dies("migrate", url, 17)`: says whether it was killed."""
    command = [sys.executable, "-m", "tests.support.dying"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:

        def dies(work: str, url: str, statement: int) -> bool:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([work, url, statement]) + "\n")
            return bool(json.loads(process.stdout.readline()))

        yield dies


def main() -> None:
    works = everything()
    for line in iter(sys.stdin.readline, ""):
        work, url, statement = json.loads(line)
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            ended = os.waitstatus_to_exitcode(status)
            assert ended in (0, -signal.SIGKILL), f"it ended with {ended}"
            sys.stdout.write(json.dumps(ended != 0) + "\n")
            sys.stdout.flush()
        else:
            live(works[work], url, statement)


def everything() -> dict[str, Work]:
    import alembic.command  # noqa: F401
    import sqlalchemy.dialects.postgresql.psycopg
    import sqlalchemy.dialects.sqlite  # noqa: F401

    from migrations.parting import part_all
    from migrations.upgrade import migrate_here
    from tests.faults.votes import vote

    def partition(database: Database) -> None:
        with database.engine.begin() as connection:
            list(part_all(connection, 4))

    return {"migrate": lambda database: migrate_here(database.engine, "head"), "partition": partition, "vote": vote}


def live(work: Work, url: str, statement: int) -> None:
    """Until the end, or until it is killed."""
    seen = 0

    def count(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(url)
    event.listen(database.engine, "before_cursor_execute", count)
    event.listen(database.engine, "commit", count)
    try:
        work(database)
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
