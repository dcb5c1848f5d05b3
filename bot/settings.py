"""Reading config.toml; a mistake names the file, the key and what is expected."""

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from sqlalchemy.engine import make_url

from bot import quicknet
from bot.language import LANGUAGES, zone_in
from bot.sections import (
    CommandSettings,
    ConfigFault,
    DatabaseSettings,
    DrawSettings,
    GroupSettings,
    MatrixSettings,
    OperationsSettings,
    Settings,
    TelegramSettings,
    data_dir,
)

__all__ = [
    "CommandSettings",
    "ConfigFault",
    "DatabaseSettings",
    "DrawSettings",
    "GroupSettings",
    "MatrixSettings",
    "OperationsSettings",
    "Settings",
    "TelegramSettings",
    "data_dir",
]
PREFIX = "FOLKMOOT_"
DIGEST = re.compile(r"(daily|weekly) (?:[01]?[0-9]|2[0-3])|off")
PLATFORMS = {"telegram", "matrix"}
NAMED = re.compile(r"(telegram|matrix)\.[a-z0-9_-]{1,32}")
SECRET = {"token", "password", "access_token", "webhook_secret"}  # keys that are one
EVERYBODY = 0o006  # may read, or write
LISTEN = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SECTIONS: dict[str, Any] = {
    "database": DatabaseSettings,
    "telegram": TelegramSettings,
    "matrix": MatrixSettings,
    "draw": DrawSettings,
    "group": GroupSettings,
    "commands": CommandSettings,
    "operations": OperationsSettings,
}


def load(path: Path, environment: Mapping[str, str], may_lack: bool = False) -> Settings:
    """The file's settings, then those of the environment (alone, if the file `may_lack`). ConfigFault: what to mend."""
    tables = {} if may_lack and not path.exists() else read_toml(path)
    if any(holds_secret(name, table) for name, table in tables.items()):
        check_private(path)
    merge_environment(tables, environment)
    unknown = tables.keys() - SECTIONS.keys()
    if unknown:
        raise ConfigFault(f"{path}: there is no section [{min(unknown)}]; the sections are {', '.join(SECTIONS)}.")
    named = {name: named_section(path, name, table) for name, table in taken_out(path, tables).items()}
    settings = Settings(**{name: section(path, name, table) for name, table in tables.items()}, named=named)
    check(path, settings)
    return settings


def taken_out(path: Path, tables: dict[str, Any]) -> dict[str, Any]:
    """The tables within those of platforms, each an account of its own: [telegram.north]. A platform may have nothing else."""
    found: dict[str, Any] = {}
    for platform in sorted(PLATFORMS & tables.keys()):
        table = tables[platform] if isinstance(tables[platform], dict) else {}
        inner = {name: table.pop(name) for name in [name for name, value in table.items() if isinstance(value, dict)]}
        found |= {f"{platform}.{name}": value for name, value in inner.items()}
        if inner and not table:
            del tables[platform]
    for name in found:
        if not NAMED.fullmatch(name):
            raise ConfigFault(f"{path}: [{name}] is named with small letters, digits, - and _ after the dot.")
    return found


def named_section(path: Path, name: str, table: dict[str, Any]) -> Any:
    """Its keys stand in a folder of its own, unless it says where."""
    if name.startswith("matrix."):
        table.setdefault("store_dir", str(data_dir() / name.replace(".", "-")))
    return section(path, name, table)


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


def holds_secret(name: str, table: Any) -> bool:
    """Whether such a section of a file has a secret in it."""
    written = table if isinstance(table, dict) else {}
    url = re.search(r"://[^/@\s]*:[^/@\s]+@", str(written.get("url", ""))) if name == "database" else None
    inner = any(holds_secret("", each) for each in written.values() if isinstance(each, dict))
    return bool(url) or inner or any(written.get(key) for key in SECRET)


def check_private(file: Path) -> None:
    """Refused: a secret that everybody on this machine may read is none."""
    if file.stat().st_mode & EVERYBODY:
        raise ConfigFault(f"{file} holds a secret, and everybody on this machine may read it. Run chmod 600 '{file}' first.")


def merge_environment(tables: dict[str, Any], environment: Mapping[str, str]) -> None:
    """FOLKMOOT_TELEGRAM__TOKEN is [telegram] token, FOLKMOOT_TELEGRAM__NORTH__TOKEN that of [telegram.north].

    Lists are separated by commas; what is empty counts as absent.
    """
    for name, value in environment.items():
        part, _, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and key and value:
            place, inner = tables.setdefault(part, {}), key.rpartition("__")
            if isinstance(place, dict) and inner[0]:
                place = place.setdefault(inner[0], {})
            if isinstance(place, dict):
                place[inner[2]] = value


def section(path: Path, name: str, table: Any) -> Any:
    kind = SECTIONS[name.partition(".")[0]]
    if not isinstance(table, dict):
        raise ConfigFault(f"{path}: {name} is a section, so write [{name}] on a line of its own.")
    hints = get_type_hints(kind)
    known = [each.name for each in fields(kind)]
    for key in table:
        if key not in known:
            raise ConfigFault(f"{path}: [{name}] has no key {key!r}; it has {', '.join(known)}.")
    return kind(**{key: converted(path, f"[{name}] {key}", hints[key], value) for key, value in table.items()})


def converted(path: Path, key: str, kind: Any, value: Any) -> Any:
    if kind is bool:
        return truth(path, key, value)
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


def truth(path: Path, key: str, value: Any) -> bool:
    if value not in (True, False, "true", "false"):
        raise ConfigFault(f"{path}: {key} is true or false.")
    return value in (True, "true")


def duration(path: Path, key: str, value: Any) -> timedelta:
    match = re.fullmatch(r"(\d{1,6})\s*([smhd])", value) if isinstance(value, str) else None
    if match is None:
        raise ConfigFault(f'{path}: {key} is a time such as "30s", "5m" or "1h".')
    return timedelta(seconds=int(match[1]) * UNITS[match[2]])


def check(path: Path, settings: Settings) -> None:
    """What no single key can be blamed for."""
    for name, account in settings.accounts.items():
        check_account(path, name, account)
    check_ports(path, settings)
    if settings.database.shared and make_url(settings.database.url).get_backend_name() == "sqlite":
        raise ConfigFault(f"{path}: [database] shared = true needs PostgreSQL; a SQLite file serves one process.")
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
    check_operations(path, settings.operations)


def check_operations(path: Path, operations: OperationsSettings) -> None:
    if operations.log not in {"lines", "json"}:
        raise ConfigFault(f'{path}: [operations] log is "lines" or "json".')
    if operations.listen and not LISTEN.fullmatch(operations.listen):
        raise ConfigFault(f'{path}: [operations] listen is an address and a port such as "127.0.0.1:9273".')


def check_account(path: Path, name: str, account: TelegramSettings | MatrixSettings) -> None:
    if isinstance(account, TelegramSettings):
        if not (account.token or account.token_file):
            raise ConfigFault(f"{path}: [{name}] needs a token or a token_file; @BotFather on Telegram gives you one.")
        if account.webhook_url:
            check_webhook(path, name, account)
    else:
        if not (account.homeserver and account.user_id):
            raise ConfigFault(f"{path}: [{name}] needs homeserver and user_id.")
        if not (account.password or account.password_file or (account.access_token and account.device_id)):
            raise ConfigFault(f"{path}: [{name}] needs a password, a password_file, or an access_token with its device_id.")


def check_webhook(path: Path, name: str, telegram: TelegramSettings) -> None:
    if not re.match(r"https://[^/\s?#]+/[^\s?#]+$", telegram.webhook_url):
        raise ConfigFault(
            f"{path}: [{name}] webhook_url is an address with https and a path, such as https://moot.example.org/telegram."
        )
    if not re.fullmatch(r"[\w.:\[\]-]+:\d{1,5}", telegram.webhook_listen):
        raise ConfigFault(f'{path}: [{name}] webhook_listen is an address and a port such as "127.0.0.1:8080".')


def check_ports(path: Path, settings: Settings) -> None:
    told = [each for each in settings.accounts.values() if isinstance(each, TelegramSettings) and each.webhook_url]
    if len({each.webhook_listen for each in told}) < len(told):
        raise ConfigFault(f"{path}: two bots have the same webhook_listen; give each a port of its own.")


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


def listens_at(operations: OperationsSettings) -> tuple[str, int]:
    """`127.0.0.1:9273` -> host and port."""
    host, _, port = operations.listen.rpartition(":")
    return host.strip("[]"), int(port)


def digest_of(words: str) -> tuple[str, int]:
    """`daily 18` -> how often, and at which hour."""
    every, _, hour = words.partition(" ")
    return every, int(hour or 18)


def secret(path: Path, key: str, value: str, file: str) -> str:
    """The secret itself, or what stands in its file."""
    if value or not file:
        return value
    try:
        place = Path(file).expanduser()
        check_private(place)
        kept = place.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigFault(f"{path}: {key} names a file that cannot be read.") from None
    if not kept or any(ord(character) < 32 for character in kept):
        raise ConfigFault(f"{path}: the file that {key} names must hold one line with the secret and nothing else.")
    return kept
