"""`folkmoot backup` and `folkmoot restore`, as they are typed: where to, and under which passphrase."""

import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bot import backups, sealing
from bot.clock import SystemClock
from bot.running import FAULT, OK, configured, report, tell
from bot.settings import ConfigFault, secret

ASKED, AGAIN = "Passphrase: ", "The same once more: "


def back_up(config: Path | None, to: Path | None, encrypt: bool, passphrase_file: Path | None) -> int:
    def work() -> int:
        path, settings = configured(config)
        passphrase = chosen(path, passphrase_file) if encrypt or passphrase_file else None
        if to is not None and to.exists():
            return tell(FAULT, f"{to} is there already. Name a new file.")
        try:
            made = backups.make(settings.database, SystemClock().now(), to, passphrase)
        except backups.NoBackup as fault:
            return tell(FAULT, str(fault))
        sys.stdout.write(f"{made}\n")
        return OK

    os.umask(0o077)
    return report(work)


def restore(config: Path | None, file: Path, replace: bool, passphrase_file: Path | None) -> int:
    from bot import restoring

    def work() -> int:
        passphrase = None
        if passphrase_file is not None:
            passphrase = read(file, passphrase_file)
        elif file.is_file() and sealing.is_sealed(file) and sys.stdin.isatty():
            passphrase = getpass.getpass(ASKED)
        return restoring.restore(config, file, replace, passphrase)

    return report(work)


def read(place: Path, passphrase_file: Path) -> str:
    return secret(place, "--passphrase-file", "", str(passphrase_file))


def chosen(place: Path, passphrase_file: Path | None, ask: Callable[[str], str] = getpass.getpass) -> str:
    """A new one; typed twice where it is typed. ConfigFault: too short, or two that differ."""
    found = read(place, passphrase_file) if passphrase_file else ask(ASKED)
    if len(found) < sealing.LEAST:
        raise ConfigFault(f"A passphrase has at least {sealing.LEAST} characters; four or five words are easy to remember.")
    if passphrase_file is None and ask(AGAIN) != found:
        raise ConfigFault("These were two different passphrases. Nothing was written; please try again.")
    return found
