"""Who the bot is on its homeserver: one device, remembered with its keys; a lost key store means a new device."""

import json
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from adapters.matrix import crosssign
from adapters.matrix.cipher import STORE, Cipher, StoreUnreadable
from adapters.matrix.errors import Refusal, Silence
from adapters.matrix.files import pickle_key, private_folder, read_json, touch_private, write_private
from adapters.matrix.keys import Keys
from adapters.matrix.parsing import branch
from adapters.matrix.web import CLIENT, Homeserver
from bot.chat.adapter import CannotListen

log = logging.getLogger(__name__)
PLATFORM = "matrix"
SESSION = "session.json"
DEVICE_NAME = "Folkmoot"


@dataclass(frozen=True, slots=True)
class Account:
    """What the operator told us."""

    homeserver: str
    user_id: str
    store_dir: Path
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One login. `old_token`: of a device that is still to be logged out."""

    user_id: str
    device_id: str
    token: str = field(repr=False)
    old_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Connection:
    server: Homeserver
    cipher: Cipher
    signed: crosssign.Outcome = "refused"

    async def close(self) -> None:
        self.cipher.close()
        await self.server.close()


async def connect(account: Account) -> Connection:
    """Log in or go on with the login that is kept. Raises CannotListen, and Trouble where trying again may help."""
    private_folder(account.store_dir)
    async with AsyncExitStack() as undone:
        server = Homeserver(account.homeserver)
        undone.push_async_callback(server.close)
        session, cipher = await opened(account, server)
        undone.callback(cipher.close)
        await log_out_old(account, session)
        await Keys(cipher, server, {}).publish()
        signed = await crosssign.ensure(server, cipher, account.store_dir, account.password)
        if signed != "signed":
            log.warning("the Matrix device is not signed; clients may not trust it", extra={"why": signed})
        undone.pop_all()
        return Connection(server, cipher, signed)


async def opened(account: Account, server: Homeserver) -> tuple[Session, Cipher]:
    session = kept(account)
    session = await confirmed(server, session) if session else await log_in(account, server)
    cipher = await open_store(account, server, session)
    if cipher is None:
        session = await start_anew(account, server, session)
        cipher = open_cipher(account, session)
    if cipher is None:
        raise CannotListen("store lost", PLATFORM)
    return session, cipher


def kept(account: Account) -> Session | None:
    """The login that the operator gave, or that was remembered for this user."""
    if account.access_token:
        return Session(account.user_id, account.device_id or "", account.access_token)
    saved = read_json(account.store_dir / SESSION)
    told = [saved.get(name) for name in ("user_id", "device_id", "token", "old_token")]
    if told[0] != account.user_id or not all(isinstance(each, str) for each in told):
        return None
    return Session(*map(str, told))


async def confirmed(server: Homeserver, session: Session) -> Session:
    """The homeserver still knows this login; a login that it dropped is the operator's business."""
    server.token = session.token
    try:
        known = await server.get(f"{CLIENT}/account/whoami")
    except Refusal as no:
        if no.busy or no.broken:
            raise
        raise refused("the homeserver does not know this login any more") from None
    device = known.get("device_id")
    if known.get("user_id") != session.user_id or not isinstance(device, str) or session.device_id not in ("", device):
        raise refused("the login belongs to another user or device")
    return Session(session.user_id, device, session.token, session.old_token)


async def log_in(account: Account, server: Homeserver, old_token: str = "") -> Session:
    """A new device, remembered before anything is done with it."""
    session = replace(await password_login(account, server), old_token=old_token)
    remember(account, session)
    return session


async def password_login(account: Account, server: Homeserver) -> Session:
    server.token = ""
    who = {"type": "m.id.user", "user": account.user_id}
    proof = {"type": "m.login.password", "identifier": who, "password": account.password or ""}
    try:
        answer = await server.post(f"{CLIENT}/login", proof | {"initial_device_display_name": DEVICE_NAME})
    except Refusal as no:
        if no.busy or no.broken:
            raise
        raise refused("the homeserver does not accept the password") from None
    if answer.get("user_id") != account.user_id:
        raise refused("user_id is not written as the homeserver writes it")
    server.token = str(answer.get("access_token"))
    return Session(account.user_id, str(answer.get("device_id")), server.token)


def refused(why: str) -> CannotListen:
    log.error("the Matrix login is refused", extra={"why": why})
    return CannotListen("login refused", PLATFORM)


def remember(account: Account, session: Session) -> None:
    names = ("user_id", "device_id", "token", "old_token")
    write_private(account.store_dir / SESSION, json.dumps({name: getattr(session, name) for name in names}))


async def open_store(account: Account, server: Homeserver, session: Session) -> Cipher | None:
    """None if the homeserver knows other keys for this device than ours: they cannot be brought back."""
    cipher = open_cipher(account, session)
    if cipher is None:
        return None
    try:
        known = await server.post(f"{CLIENT}/keys/query", {"device_keys": {session.user_id: []}})
    except BaseException:
        cipher.close()
        raise
    theirs = branch(known, "device_keys", session.user_id, session.device_id)
    if theirs and not crosssign.is_ours(known, session.user_id, session.device_id, cipher.identity["ed25519"]):
        cipher.close()
        return None
    return cipher


def open_cipher(account: Account, session: Session) -> Cipher | None:
    key = pickle_key(account.store_dir)
    touch_private(account.store_dir / STORE)
    try:
        return Cipher(session.user_id, session.device_id, account.store_dir, key)
    except StoreUnreadable:
        return None


async def start_anew(account: Account, server: Homeserver, lost: Session) -> Session:
    if account.access_token or account.password is None:
        raise CannotListen("store lost", PLATFORM)
    log.warning("the key store of the Matrix device is lost; logging in as a new device", extra={"lost_device": lost.device_id})
    for path in account.store_dir.glob(f"{STORE}*"):
        path.replace(path.with_name(f"lost-{path.name}"))
    return await log_in(account, server, old_token=lost.token)


async def log_out_old(account: Account, session: Session) -> None:
    """Delete the device that was given up."""
    if not session.old_token:
        return
    old = Homeserver(account.homeserver, session.old_token)
    try:
        await old.post(f"{CLIENT}/logout")
    except (Refusal, Silence) as trouble:
        if not (isinstance(trouble, Refusal) and trouble.token_gone):
            return
    finally:
        await old.close()
    remember(account, Session(session.user_id, session.device_id, session.token))
