"""Runs a command in the background and ends it when told to or when its owner is gone: `keeper.py PIDFILE OWNER COMMAND...`.

The pid file holds the keeper's process id for exactly as long as the command runs.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def keep(pid_file: Path, owner: int, command: list[str]) -> None:
    child = subprocess.Popen(command)

    def end(_signal: int, _frame: FrameType | None) -> None:
        child.terminate()

    signal.signal(signal.SIGTERM, end)
    while child.poll() is None:
        if not alive(owner):
            child.kill()
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def main(pid_file: Path, owner: int, command: list[str]) -> None:
    if keeper := os.fork():
        pid_file.write_text(str(keeper))
        os._exit(0)
    os.setsid()
    keep(pid_file, owner, command)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
