"""Runs PostgreSQL for as long as somebody holds a lock: `postgres_keeper.py LOCK FOLDER USER COMMAND...`.

Whoever uses the server holds LOCK shared. The kernel gives a lock back even when its holder is killed, so the server always ends.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PATIENCE = 20  # seconds for a quick but orderly shutdown


def main(lock: Path, folder: Path, user: str, command: list[str]) -> None:
    if os.fork():
        os._exit(0)
    os.setsid()
    whose: dict[str, Any] = {"user": user, "group": folder.stat().st_gid, "extra_groups": []} if user else {}
    server = subprocess.Popen(command, **whose)
    with lock.open("a") as file:
        while server.poll() is None and not free(file.fileno()):
            time.sleep(0.05)
        end(server)
        lock.with_suffix(".folder").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def free(lock: int) -> bool:
    """Whether nobody else holds the lock; if so it is ours from now on."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def end(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
