"""The bot's end of the encryption, handed anything at all."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.cipher import Cipher, KeyMissing, Rejected, StoreUnreadable, is_key
from adapters.matrix.keys import Keys, is_device, is_one_time_key
from adapters.matrix.web import Homeserver

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["A" * 43, "@a:b", "!!!", "MINE"])
NAMES = st.sampled_from(
    [
        *("to_device", "events", "device_lists", "changed", "left", "device_one_time_keys_count", "signed_curve25519", "keys"),
        *("device_unused_fallback_key_types", "content", "sender", "type", "algorithm", "sender_key", "ciphertext", "MINE"),
        *("body", "session_id", "room_id", "event_id", "signatures", "unsigned", "user_id", "device_id", "ed25519:D", "D", "key"),
    ]
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=30
)
LETTER = st.fixed_dictionaries(
    {
        "type": st.just("m.room.encrypted"),
        "sender": st.just("@a:b"),
        "content": st.fixed_dictionaries(
            {
                "algorithm": st.just("m.olm.v1.curve25519-aes-sha2"),
                "sender_key": st.just("A" * 43) | LEAVES,
                "ciphertext": st.fixed_dictionaries({"MINE": st.fixed_dictionaries({"type": LEAVES, "body": LEAVES}) | ANYTHING}),
            }
        ),
    }
)


@pytest.fixture(scope="module")
def cipher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cipher]:
    cipher = Cipher("@bot:b", "DEVICE", tmp_path_factory.mktemp("store"), "pickle key")
    yield cipher
    cipher.close()


@given(sync=st.dictionaries(NAMES, ANYTHING, max_size=4), letters=st.lists(LETTER | ANYTHING, max_size=3))
def test_no_sync_is_too_odd(cipher: Cipher, sync: dict[str, Any], letters: list[Any]) -> None:
    cipher.absorb(sync)
    cipher.absorb({"to_device": {"events": [addressed(letter, cipher) for letter in letters]}})


def addressed(letter: Any, cipher: Cipher) -> Any:
    match letter:
        case {"content": {"ciphertext": {"MINE": mine}}}:
            return letter | {"content": letter["content"] | {"ciphertext": {cipher.identity["curve25519"]: mine}}}
    return letter


@given(event=st.dictionaries(NAMES, ANYTHING, max_size=5), content=st.dictionaries(NAMES, ANYTHING, max_size=6) | ANYTHING)
def test_no_event_is_too_odd(cipher: Cipher, event: dict[str, Any], content: Any) -> None:
    with pytest.raises((KeyMissing, Rejected)):
        cipher.read("!room", event | {"content": content})
    assert not cipher.has_key("!room", event | {"content": content})


@given(devices=st.dictionaries(NAMES, ANYTHING) | ANYTHING, key=st.dictionaries(NAMES, ANYTHING, max_size=2))
def test_no_device_list_is_too_odd(cipher: Cipher, devices: Any, key: dict[str, Any]) -> None:
    Keys(cipher, Homeserver("http://127.0.0.1:1"), {}).learn("@a:b", devices)
    assert not is_device("@a:b", "D", devices)
    assert not is_one_time_key(key) or len(key) == 1


@pytest.mark.parametrize("text", ["", "!!!", "A" * 42, "A" * 44, "A" * 600, "é" * 43, None, 5, [1], "\0" * 43])
def test_keys_of_another_length(text: Any) -> None:
    assert not is_key(text)
    assert is_key("A" * 43)


def test_another_pickle_key(tmp_path: Any) -> None:
    Cipher("@bot:b", "D", tmp_path, "one").close()
    with pytest.raises(StoreUnreadable):
        Cipher("@bot:b", "D", tmp_path, "another")
