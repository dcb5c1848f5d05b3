"""The sections of config.toml as frozen dataclasses, each key with its default."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url


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
    shared: bool = False

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on a server."""
        url = make_url(self.url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    token: str = field(default="", repr=False)
    token_file: str = ""
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8080"
    webhook_secret_file: str = ""


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
class OperationsSettings:
    listen: str = ""
    log: str = "lines"


@dataclass(frozen=True, slots=True)
class Settings:
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    telegram: TelegramSettings | None = None
    matrix: MatrixSettings | None = None
    draw: DrawSettings = field(default_factory=DrawSettings)
    group: GroupSettings = field(default_factory=GroupSettings)
    commands: CommandSettings = field(default_factory=CommandSettings)
    operations: OperationsSettings = field(default_factory=OperationsSettings)
    named: Mapping[str, TelegramSettings | MatrixSettings] = field(default_factory=dict)  # "telegram.north" and the like

    @property
    def accounts(self) -> dict[str, TelegramSettings | MatrixSettings]:
        """All that are on, by the name of their section."""
        plain = {"telegram": self.telegram, "matrix": self.matrix}
        return {name: told for name, told in plain.items() if told is not None} | dict(self.named)
