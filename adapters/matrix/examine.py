"""What `folkmoot doctor` asks of Matrix: facts by name, the words are elsewhere."""

import stat
from dataclasses import dataclass
from pathlib import Path

from adapters.matrix import crosssign
from adapters.matrix.cipher import STORE, StoreUnreadable, kept_identity
from adapters.matrix.errors import TROUBLE, Refusal
from adapters.matrix.files import PICKLE_KEY
from adapters.matrix.login import Account, Session, confirmed, kept, password_login
from adapters.matrix.web import CLIENT, Homeserver
from bot.chat.adapter import CannotListen


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked at; `code` says what is wrong when it is not well:

    unreachable, not a homeserver, readable by others, login refused, keys lost, not signed.
    """

    name: str
    ok: bool
    code: str = ""


async def examine(
    homeserver: str,
    user_id: str,
    store_dir: Path,
    password: str | None = None,
    access_token: str | None = None,
    device_id: str | None = None,
) -> list[Fact]:
    """Homeserver, login, files and keys. Leaves no device behind and changes no key."""
    account = Account(homeserver, user_id, store_dir, password or None, access_token or None, device_id or None)
    server = Homeserver(homeserver)
    try:
        return [*store_facts(store_dir), *await server_facts(server), *await login_facts(server, account)]
    except Refusal as no:
        return [Fact("homeserver", False, "login refused" if no.token_gone else "not a homeserver")]
    except TROUBLE:
        return [Fact("homeserver", False, "unreachable")]
    finally:
        await server.close()


def store_facts(folder: Path) -> list[Fact]:
    if not folder.exists():
        return []
    open_to_all = [path for path in (folder, *folder.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    return [Fact("key store, for this user only", not open_to_all, "readable by others")]


async def server_facts(server: Homeserver) -> list[Fact]:
    versions = await server.get("/_matrix/client/versions")
    return [Fact("homeserver", isinstance(versions.get("versions"), list), "not a homeserver")]


async def login_facts(server: Homeserver, account: Account) -> list[Fact]:
    session = kept(account)
    try:
        if session is None:
            await password_login(account, server)
            await server.post(f"{CLIENT}/logout")
            return [Fact("login", True)]
        session = await confirmed(server, session)
    except CannotListen:
        return [Fact("login", False, "login refused")]
    return [Fact("login", True), *await key_facts(server, account, session)]


async def key_facts(server: Homeserver, account: Account, session: Session) -> list[Fact]:
    keys = identity_in(account, session)
    known = await server.post(f"{CLIENT}/keys/query", {"device_keys": {session.user_id: []}})
    ours = crosssign.is_ours(known, session.user_id, session.device_id, keys.get("ed25519", ""))
    signed = crosssign.is_signed(known, session.user_id, session.device_id)
    return [Fact("encryption keys", ours, "keys lost"), Fact("device, signed", signed, "not signed")]


def identity_in(account: Account, session: Session) -> dict[str, str]:
    folder, key = account.store_dir, account.store_dir / PICKLE_KEY
    if not ((folder / STORE).exists() and key.exists()):
        return {}
    try:
        return kept_identity(session.user_id, session.device_id, folder, key.read_text().strip())
    except StoreUnreadable:
        return {}
