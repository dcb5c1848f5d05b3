"""Files that only the bot's own user may read."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

PICKLE_KEY = "pickle.key"


def private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """All of it or none: it takes the place of what was there, readable by nobody else at any time."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def touch_private(path: Path) -> None:
    """Make the file before anybody else does, so that it is never readable by others."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)


def read_json(path: Path) -> dict[str, Any]:
    """The dict in the file; empty if there is none."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def pickle_key(folder: Path) -> str:
    """The random key under which the key store is kept."""
    path = folder / PICKLE_KEY
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()
