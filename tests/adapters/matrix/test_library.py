"""What we use of nio and vodozemac without a promise from them: if any of it moves, this says so before a room does."""

import inspect
from typing import Any

import pytest
import vodozemac
from nio.crypto import Olm, OlmDevice
from nio.crypto.sessions import InboundGroupSession, OlmAccount, OutboundGroupSession
from nio.events.to_device import OlmEvent
from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse
from nio.store import SqliteStore

SIGNATURES: list[tuple[Any, list[str]]] = [
    (Olm.__init__, ["self", "user_id", "device_id", "store"]),
    (Olm.handle_to_device_event, ["self", "event"]),
    (Olm.handle_response, ["self", "response"]),
    (Olm.share_keys, ["self"]),
    (Olm.save_account, ["self", "account"]),
    (Olm.sign_json, ["self", "json_dict"]),
    (Olm.get_missing_sessions, ["self", "users"]),
    (Olm.get_users_for_key_claiming, ["self"]),
    (Olm.share_group_session_parallel, ["self", "room_id", "users", "ignore_unverified_devices"]),
    (Olm.group_encrypt, ["self", "room_id", "plaintext_dict"]),
    (OlmEvent, ["source", "sender", "sender_key", "ciphertext", "transaction_id"]),
    (KeysUploadResponse, ["curve25519_count", "signed_curve25519_count"]),
    (KeysQueryResponse, ["device_keys", "failures"]),
    (KeysClaimResponse, ["one_time_keys", "failures", "room_id"]),
    (SqliteStore, ["user_id", "device_id", "store_path", "pickle_key", "database_name"]),
    (SqliteStore.load_account, ["self"]),
    (InboundGroupSession.decrypt, ["self", "message", "unicode_errors"]),
]


@pytest.mark.parametrize(("called", "parameters"), SIGNATURES, ids=lambda each: getattr(each, "__qualname__", ""))
def test_signatures(called: Any, parameters: list[str]) -> None:
    assert list(inspect.signature(called).parameters) == parameters


def test_attributes(tmp_path: Any) -> None:
    olm = Olm("@x:y", "D", SqliteStore("@x:y", "D", str(tmp_path), "key", "keys.db"))
    for name in (
        *("account", "uploaded_key_count", "users_for_key_query", "tracked_users", "wedged_devices", "should_upload_keys"),
        *("outgoing_to_device_messages", "outbound_group_sessions", "inbound_group_store", "device_store"),
    ):
        assert hasattr(olm, name), name
    assert isinstance(olm.account, OlmAccount)
    assert isinstance(olm.account._account, vodozemac.Account)
    assert olm.account.identity_keys.keys() == {"ed25519", "curve25519"}
    assert hasattr(vodozemac.Account, "generate_fallback_key")
    olm.store.database.close()


def test_group_sessions() -> None:
    session = OutboundGroupSession()
    assert (session.shared, session.expired, session.users_shared_with) == (False, False, set())
    device = OlmDevice("@x:y", "D", {"ed25519": "e", "curve25519": "c"})
    assert (device.user_id, device.curve25519) == ("@x:y", "c")
    read = InboundGroupSession(session.session_key, "signing", "sender", "!room")
    session.shared = True
    assert read.decrypt(session.encrypt("words")) == ("words", 0)
