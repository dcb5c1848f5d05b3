"""Processes of our own beside this one: what they load does not stay in a bot that runs for months."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent.parent


def command(module: str) -> tuple[str, ...]:
    return sys.executable, "-m", module


def path() -> str:
    """The PYTHONPATH by which they find us, wherever they begin."""
    return os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
