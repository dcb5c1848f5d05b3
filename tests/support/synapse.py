"""A real Synapse on a loopback port, in a process of its own: one for a test run, or one to take down in an outage test."""

import base64
import fcntl
import hmac
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting_port import free_port

SECRET = "registration shared secret of a server that only tests use"
PASSWORD = "correct horse"
KEEPER = Path(__file__).with_name("keeper.py")
LIMITLESS = {"per_second": 1_000_000, "burst_count": 1_000_000}
LIMITS = (
    *("message", "registration", "login", "admin_redaction", "joins", "joins_per_room", "invites", "3pid_validation"),
    *("third_party_invite", "media_create", "delayed_event_mgmt", "room_creation", "reports", "user_directory", "profile"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in."""

    homeserver: str
    user_id: str
    password: str


class Synapse:
    """One homeserver. Its port and its database outlive `stop`, so that `start` goes on from there."""

    def __init__(self, folder: Path, owner: int | None = None, **settings: Any) -> None:
        self.folder, self.owner = folder, owner or os.getpid()
        self.port = port_of(folder) or write_settings(folder, free_port(), settings)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid_file(self) -> Path:
        return self.folder / "keeper.pid"

    def start(self) -> None:
        command = [sys.executable, "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.json")]
        with (self.folder / "log").open("ab") as log:
            keeper = [sys.executable, str(KEEPER), str(self.pid_file), str(self.owner), *command]
            subprocess.run(keeper, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True)
        self.await_health()

    def await_health(self, limit: float = 60) -> None:
        end = time.monotonic() + limit
        while not self.healthy():
            if time.monotonic() > end or not self.pid_file.exists():
                raise RuntimeError("Synapse does not start:\n" + (self.folder / "log").read_text()[-3000:])
            time.sleep(0.05)

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """Returns when the process is gone."""
        if self.pid_file.exists():
            os.kill(int(self.pid_file.read_text()), signal.SIGTERM)
        end = time.monotonic() + 30
        while self.pid_file.exists() and time.monotonic() < end:
            time.sleep(0.02)

    def restart(self) -> None:
        self.stop()
        self.start()

    def register(self, localpart: str = "", password: str = PASSWORD, admin: bool = False) -> Account:
        """A new account by the shared secret; an empty name makes a fresh one."""
        name = localpart or f"u{secrets.token_hex(4)}"
        nonce = self.call("GET", "/_synapse/admin/v1/register")["nonce"]
        said = "\0".join([nonce, name, password, "admin" if admin else "notadmin"])
        mac = hmac.new(SECRET.encode(), said.encode(), sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        made = self.call("POST", "/_synapse/admin/v1/register", body)
        return Account(self.url, made["user_id"], password)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(sent, None if body is None else json.dumps(body).encode(), timeout=30) as answer:
            said: dict[str, Any] = json.load(answer)
            return said


def port_of(folder: Path) -> int | None:
    try:
        settings = json.loads((folder / "homeserver.json").read_text())
    except FileNotFoundError:
        return None
    return int(settings["listeners"][0]["port"])


def write_settings(folder: Path, port: int, settings: dict[str, Any]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    (folder / "signing.key").write_text(f"ed25519 a_test {seed}\n")
    log = {"version": 1, "handlers": {"all": {"class": "logging.StreamHandler"}}, "root": {"level": "WARNING", "handlers": ["all"]}}
    (folder / "log.json").write_text(json.dumps(log))
    (folder / "homeserver.json").write_text(json.dumps(server_settings(folder, port) | settings))
    return port


def server_settings(folder: Path, port: int) -> dict[str, Any]:
    listener = {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False}
    return {
        "server_name": "localhost",
        "pid_file": str(folder / "pid"),
        "listeners": [listener | {"resources": [{"names": ["client", "media"]}]}],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "log_config": str(folder / "log.json"),
        "registration_shared_secret": SECRET,
        "macaroon_secret_key": "macaroons of a server that only tests use",
        "form_secret": "forms of a server that only tests use",
        "bcrypt_rounds": 4,
        "caches": {"sync_response_cache_duration": "0s"},
        "presence": {"enabled": False},
        "report_stats": False,
        "trusted_key_servers": [],
        "suppress_key_server_warning": True,
        "url_preview_enabled": False,
        **{f"rc_{name}": limit_for(name) for name in LIMITS},
        "rc_key_requests": LIMITLESS,
    }


def limit_for(name: str) -> dict[str, Any]:
    parts = {
        "login": ("address", "account", "failed_attempts"),
        "joins": ("local", "remote"),
        "invites": ("per_room", "per_user", "per_issuer"),
    }
    return dict.fromkeys(parts[name], LIMITLESS) if name in parts else LIMITLESS


@contextmanager
def shared(folder: Path, owner: int) -> Iterator[Synapse]:
    """The run's one Synapse: the first who asks starts it, the last who is done stops it."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder) as users:
        server = Synapse(folder / "server", owner)
        if not users:
            server.start()
        users.add(os.getpid())
    try:
        yield server
    finally:
        with locked(folder) as users:
            users.discard(os.getpid())
            if not users:
                server.stop()


@contextmanager
def locked(folder: Path) -> Iterator[set[int]]:
    """The process ids of those who use the shared server, for as long as nobody else may change them."""
    with (folder / "users").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        users = set(map(int, file.read().split()))
        yield users
        file.truncate(0)
        file.write(" ".join(map(str, users)))


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """A running homeserver, the same for all workers of a run. Make a fresh account and room for each test."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    with shared((base.parent if worker else base) / "synapse", os.getppid() if worker else os.getpid()) as server:
        yield server
