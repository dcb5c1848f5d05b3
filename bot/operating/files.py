"""`folkmoot unit` and `folkmoot container`: files for a service manager and for a container, filled in for this place."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
USER, CONFIG = "folkmoot", Path("/etc/folkmoot/config.toml")


def unit(config: Path | None, user: str) -> str:
    """A systemd service that may do little besides."""
    filled = {"root": ROOT, "python": Path(sys.executable), "user": user, "config": (config or CONFIG).absolute()}
    text = (HERE / "folkmoot.service").read_text("utf-8")
    return text.format(**filled)


def container() -> str:
    return (HERE / "Containerfile").read_text("utf-8")
