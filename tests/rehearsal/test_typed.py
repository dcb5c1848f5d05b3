"""The rehearsal room on a real terminal: a pseudo-terminal in which somebody types."""

import contextlib
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Terminal:
    """A person at a keyboard."""

    def __init__(self, home: Path) -> None:
        self.screen, child = pty.openpty()
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot"], cwd=ROOT, env=environment, stdin=child, stdout=child, stderr=child, close_fds=True
        )
        os.close(child)
        self.seen = ""

    def sees(self, words: str, limit: float = 20) -> None:
        while words not in self.seen:
            readable, _, _ = select.select([self.screen], [], [], limit)
            assert readable, f"{words!r} did not come; there was {self.seen[-500:]!r}"
            self.seen += os.read(self.screen, 65536).decode(errors="replace")
            if "\x1b[6n" in self.seen:
                self.seen = self.seen.replace("\x1b[6n", "")
                os.write(self.screen, b"\x1b[1;1R")

    def types(self, line: str) -> None:
        os.write(self.screen, line.encode() + b"\r")

    def leaves(self) -> int:
        """Ctrl-D, and again if it fell between two prompts, until the other end is closed."""
        with contextlib.suppress(OSError):
            while True:
                os.write(self.screen, b"\x04")
                while select.select([self.screen], [], [], 1)[0]:
                    os.read(self.screen, 65536)
        return self.process.wait(timeout=20)


def test_a_newcomer_follows_the_tour_and_leaves(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.sees("A rehearsal room. You play everyone")
    terminal.sees("I am Folkmoot.")
    terminal.types("anna: /join")
    terminal.sees("Anna is in the hat")
    terminal.types("anna: /draw facilitator")
    terminal.sees("D-1: lots for facilitator")
    terminal.types("+30s")
    terminal.sees("D-1: drawn for facilitator")
    terminal.types("drawn: 1")
    terminal.sees("You serve as facilitator until ")
    assert terminal.leaves() == 0
    assert (tmp_path / ".local/share/folkmoot/rehearsal.sqlite").stat().st_size > 0
