"""Upgrading the database in a process of its own: the 20 MB that the steps load do not stay in a bot that runs for months."""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot import apart
from migrations.upgrade import SchemaFault, migrate_here
from models.database import engine_for

PR_SET_PDEATHSIG = 1


class UpgradeFault(Exception):
    """A step failed; nothing of the upgrade stands."""


FAULTS: dict[str, Callable[[], Exception]] = {
    "SchemaFault": lambda: SchemaFault("damaged"),
    "OperationalError": lambda: OperationalError("upgrade", None, Exception()),
}


def migrate_apart(engine: Engine, to: str) -> None:
    """As `migrate_here`. Raises SchemaFault("damaged"), OperationalError, UpgradeFault."""
    order = json.dumps([engine.url.render_as_string(hide_password=False), to])  # not an argument, which others could read
    command, surroundings = apart.command(__name__), {**os.environ, "PYTHONPATH": apart.path()}
    done = subprocess.run(command, input=order, text=True, capture_output=True, env=surroundings, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise FAULTS.get(done.stdout, UpgradeFault)()


def end_with_parent() -> None:
    """Where the system can do that: a bot that was killed leaves no upgrade at work for the next to wait for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> int:
    """What standard input names is upgraded; the kind of a failure goes to standard output."""
    end_with_parent()
    url, to = json.load(sys.stdin)
    try:
        migrate_here(engine_for(url), to)
    except Exception as fault:
        sys.stdout.write(type(fault).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
