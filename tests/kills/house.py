"""One bot that lives again and again: its configuration, its database, and all that it ever wrote to standard error."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.support.botapi.remote import Remote
from tests.support.synapse import Account
from tests.support.zygote import AHEAD, Life, Zygote

PROGRESS = """
SELECT (SELECT count(*) FROM seen), (SELECT count(*) FROM promises WHERE state = 'waiting'), (SELECT sum(shown) FROM boards)
"""
NEVER_SAID = ("Traceback", "Warning", "Exception ignored")


@dataclass
class House:
    """`folkmoot run` on one configuration, as often as wanted."""

    zygote: Zygote
    folder: Path
    url: str = ""
    secrets: list[str] = field(default_factory=list)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    ahead: float = 0  # seconds by which its clock is ahead of this machine's

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.url = self.url or f"sqlite:///{self.folder}/moot.sqlite"
        self.sections = {
            "database": {"url": self.url},
            "draw": {"window": "1d"},
            "commands": {"every": "0s"},
            "group": {"digest": "off"},
        }

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def stderr(self) -> Path:
        return self.folder / "stderr"

    def on_telegram(self, remote: Remote, token: str = "") -> "House":
        urls = {"base_url": remote.base_url, "base_file_url": remote.base_file_url}
        self.sections["telegram"] = {"token": token or remote.token} | urls
        self.secrets.append(token or remote.token)
        return self

    def on_matrix(self, account: Account, name: str = "matrix") -> "House":
        """`name`: of the section, such as matrix.north for a further account."""
        self.sections[name] = {
            "homeserver": account.homeserver,
            "user_id": account.user_id,
            "password": account.password,
            "store_dir": str(self.folder / name),
            "allow_invites_from": ["*"],
        }
        self.secrets.append(account.password)
        return self

    def starts(self) -> Life:
        self.config.write_text("".join(toml(self.sections)))
        self.config.chmod(0o600)
        ahead = {AHEAD: str(self.ahead)} if self.ahead else {}
        surroundings = {"XDG_DATA_HOME": str(self.folder.parent)} | self.environment | ahead
        return self.zygote.run(["run", "--config", str(self.config)], self.stderr, surroundings)

    def starts_well(self) -> Life:
        life = self.starts()
        life.until_ready()
        return life

    def rows(self, query: str, **facts: Any) -> list[Any]:
        """What the database says, without holding up whoever writes there."""
        if not self.url.startswith("sqlite"):
            engine = create_engine(self.url)
            with engine.connect() as connection:
                found = [tuple(row) for row in connection.execute(text(query), facts)]
            engine.dispose()
            return found
        file = self.url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(query, facts).fetchall()

    def one(self, query: str, **facts: Any) -> Any:
        [[found]] = self.rows(query, **facts)
        return found

    def progress(self) -> object:
        """Changes with everything that is taken, said or shown."""
        return self.rows(PROGRESS)

    def told(self) -> str:
        return self.stderr.read_text(errors="replace")

    def is_discreet(self, *written: str) -> None:
        """Nothing that it ever wrote to standard error holds a secret, a traceback, or what people wrote."""
        told = self.told()
        for word in (*self.secrets, *self.access_tokens(), *NEVER_SAID, *written):
            assert word not in told, f"{word!r} stands in what the bot told its operator"

    def access_tokens(self) -> Sequence[str]:
        sessions = [json.loads(session.read_text()) for session in self.folder.glob("matrix*/session.json")]
        return [kept[name] for kept in sessions for name in ("token", "old_token") if kept.get(name)]


def toml(sections: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name, table in sections.items():
        yield f"[{name}]\n"
        for key, value in table.items():
            yield f"{key} = {json.dumps(value)}\n"
