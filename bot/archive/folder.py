"""Putting an archive into its folder: whole or not at all, and never over something else."""

import shutil
from collections.abc import Iterable
from pathlib import Path

MARK = ".folkmoot-archive"  # in a folder that we have made, and may make anew


class NotOurs(Exception):
    """The folder holds other things."""


def put(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """What was there before goes, so that what a group takes back is gone. Raises NotOurs, OSError."""
    folder = folder.resolve()
    check(folder)
    new, old = (folder.with_name(f".{folder.name}.{ending}") for ending in ("new", "old"))
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(parents=True, mode=0o755)
    for name, content in [*files, (MARK, b"")]:
        (new / name).write_bytes(content)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def check(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and ((folder / MARK).exists() or not any(folder.iterdir()))):
        raise NotOurs
