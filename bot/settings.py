"""config.toml as frozen dataclasses; a mistake names the file, the key and what is expected."""

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from bot import quicknet
from bot.language import LANGUAGES, zone_in

PREFIX = "FOLKMOOT_"
DIGEST = re.compile(r"(daily|weekly) (?:[01]?[0-9]|2[0-3])|off")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ConfigFault(Exception):
    """A mistake in the configuration; `str()` is a sentence for the operator and holds no secret."""


def data_dir() -> Path:
    """Where the bot keeps its database when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "folkmoot"


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    url: str = field(default_factory=lambda: f"sqlite:///{data_dir() / 'folkmoot.sqlite'}", repr=False)
    backups: str = ""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    token: str = field(default="", repr=False)
    token_file: str = ""
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"


@dataclass(frozen=True, slots=True)
class MatrixSettings:
    homeserver: str = ""
    user_id: str = ""
    password: str = field(default="", repr=False)
    password_file: str = ""
    access_token: str = field(default="", repr=False)
    device_id: str = ""
    store_dir: str = field(default_factory=lambda: str(data_dir() / "matrix"))
    allow_invites_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawSettings:
    window: timedelta = timedelta(seconds=30)
    chance: str = "hat"
    relays: tuple[str, ...] = (
        "https://api.drand.sh",
        "https://drand.cloudflare.com",
        "https://api2.drand.sh",
        "https://api3.drand.sh",
    )


@dataclass(frozen=True, slots=True)
class GroupSettings:
    language: str = "en"
    zone: str = "UTC"
    digest: str = "daily 18"
    wait_for_platform: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CommandSettings:
    every: timedelta = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class Settings:
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    telegram: TelegramSettings | None = None
    matrix: MatrixSettings | None = None
    draw: DrawSettings = field(default_factory=DrawSettings)
    group: GroupSettings = field(default_factory=GroupSettings)
    commands: CommandSettings = field(default_factory=CommandSettings)


SECTIONS: dict[str, Any] = {
    "database": DatabaseSettings,
    "telegram": TelegramSettings,
    "matrix": MatrixSettings,
    "draw": DrawSettings,
    "group": GroupSettings,
    "commands": CommandSettings,
}


def load(path: Path, environment: Mapping[str, str], may_lack: bool = False) -> Settings:
    """The file's settings, then those of the environment (alone, if the file `may_lack`). ConfigFault: what to mend."""
    tables = {} if may_lack and not path.exists() else read_toml(path)
    merge_environment(tables, environment)
    unknown = tables.keys() - SECTIONS.keys()
    if unknown:
        raise ConfigFault(f"{path}: there is no section [{min(unknown)}]; the sections are {', '.join(SECTIONS)}.")
    settings = Settings(**{name: section(path, name, table) for name, table in tables.items()})
    check(path, settings)
    return settings


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigFault(f"{path} does not exist. Copy config.example.toml there and fill it in.") from None
    except (OSError, UnicodeDecodeError):
        raise ConfigFault(f"{path} cannot be read. Check that it is a text file and that this user may read it.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r"line \d+", str(fault))
        raise ConfigFault(f"{path}: this is not TOML{', at ' + place[0] if place else ''}. See config.example.toml.") from None


def merge_environment(tables: dict[str, Any], environment: Mapping[str, str]) -> None:
    """FOLKMOOT_TELEGRAM__TOKEN is [telegram] token; lists are separated by commas; what is empty counts as absent."""
    for name, value in environment.items():
        part, _, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and key and value:
            tables.setdefault(part, {})
            if isinstance(tables[part], dict):
                tables[part][key] = value


def section(path: Path, name: str, table: Any) -> Any:
    kind = SECTIONS[name]
    if not isinstance(table, dict):
        raise ConfigFault(f"{path}: {name} is a section, so write [{name}] on a line of its own.")
    hints = get_type_hints(kind)
    known = [each.name for each in fields(kind)]
    for key in table:
        if key not in known:
            raise ConfigFault(f"{path}: [{name}] has no key {key!r}; it has {', '.join(known)}.")
    return kind(**{key: converted(path, f"[{name}] {key}", hints[key], value) for key, value in table.items()})


def converted(path: Path, key: str, kind: Any, value: Any) -> Any:
    if kind is timedelta:
        return duration(path, key, value)
    if kind == tuple[str, ...]:
        value = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(value)
        raise ConfigFault(f'{path}: {key} is a list of words in quotes, such as ["@anna:example.org"].')
    if not isinstance(value, str):
        raise ConfigFault(f"{path}: {key} is text, so put it in quotes.")
    if any(ord(character) < 32 for character in value):
        raise ConfigFault(f"{path}: {key} holds a line end or another invisible character; take it out.")
    return value


def duration(path: Path, key: str, value: Any) -> timedelta:
    match = re.fullmatch(r"(\d{1,6})\s*([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ConfigFault(f'{path}: {key} is a time such as "30s", "5m" or "1h".')
    return timedelta(seconds=int(match[1]) * UNITS[match[2]])


def check(path: Path, settings: Settings) -> None:
    """What no single key can be blamed for."""
    telegram, matrix = settings.telegram, settings.matrix
    if telegram and not (telegram.token or telegram.token_file):
        raise ConfigFault(f"{path}: [telegram] needs a token or a token_file; @BotFather on Telegram gives you one.")
    if matrix and not (matrix.homeserver and matrix.user_id):
        raise ConfigFault(f"{path}: [matrix] needs homeserver and user_id.")
    if matrix and not (matrix.password or matrix.password_file or (matrix.access_token and matrix.device_id)):
        raise ConfigFault(f"{path}: [matrix] needs a password, a password_file, or an access_token with its device_id.")
    if settings.group.language not in LANGUAGES:
        raise ConfigFault(f"{path}: [group] language is one of {', '.join(LANGUAGES)}.")
    if zone_in(settings.group.zone) != settings.group.zone:
        raise ConfigFault(f"{path}: [group] zone is the name of a time zone such as Europe/Berlin.")
    if not DIGEST.fullmatch(settings.group.digest):
        raise ConfigFault(f'{path}: [group] digest is "daily 18" (the hour), "weekly 18" (on Mondays) or "off".')
    if not timedelta(minutes=1) <= settings.group.wait_for_platform <= timedelta(days=7):
        raise ConfigFault(f"{path}: [group] wait_for_platform is between 1m and 7d.")
    if not timedelta(seconds=5) <= settings.draw.window <= timedelta(days=1):
        raise ConfigFault(f"{path}: [draw] window is between 5s and 1d.")
    check_chance(path, settings.draw)


def check_chance(path: Path, draw: DrawSettings) -> None:
    if draw.chance not in {"hat", "beacon"}:
        raise ConfigFault(f'{path}: [draw] chance is "hat" or "beacon".')
    if draw.chance == "beacon" and not quicknet.installed():
        raise ConfigFault(
            f'{path}: [draw] chance = "beacon" needs one package more, to check signatures: '
            f'run {sys.executable} -m pip install {quicknet.EXTRA}, or choose "hat".'
        )
    for relay in draw.relays:
        if not re.match(r"https://[^/\s]|http://(127\.0\.0\.1|localhost|\[::1\])[:/]", relay):
            raise ConfigFault(f"{path}: [draw] relays are addresses such as https://api.drand.sh, each with https.")


def digest_of(words: str) -> tuple[str, int]:
    """`daily 18` -> how often, and at which hour."""
    every, _, hour = words.partition(" ")
    return every, int(hour or 18)


def secret(path: Path, key: str, value: str, file: str) -> str:
    """The secret itself, or what stands in its file."""
    if value or not file:
        return value
    try:
        kept = Path(file).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigFault(f"{path}: {key} names a file that cannot be read.") from None
    if not kept or any(ord(character) < 32 for character in kept):
        raise ConfigFault(f"{path}: the file that {key} names must hold one line with the secret and nothing else.")
    return kept
