"""Files sealed with a passphrase: libsodium's secret stream, under a key made by Argon2id; nothing is changed or cut off unseen."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MAGIC = b"folkmoot-sealed-1\n"
SALT, KEY, CHUNK = 16, 32, 65_536  # bytes
ROUNDS, MEMORY = 4, 64 * 2**20  # of Argon2id: a small server has that much
LEAST = 12  # characters of a passphrase


class Unopened(Exception):
    """The passphrase is wrong, or the file is not whole."""


def is_sealed(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(MAGIC)) == MAGIC


def key_of(passphrase: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id

    return bytes(argon2id.kdf(KEY, passphrase.encode(), salt, opslimit=ROUNDS, memlimit=MEMORY))


def seal(plain: Path, sealed: Path, passphrase: str) -> None:
    from nacl import bindings, utils

    salt, state = utils.random(SALT), bindings.crypto_secretstream_xchacha20poly1305_state()
    with plain.open("rb") as source, sealed.open("wb") as target:
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key_of(passphrase, salt))
        target.write(MAGIC + salt + header)
        for chunk, last in chunks(source, CHUNK):
            tag = (
                bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
                if last
                else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
            )
            target.write(bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, None, tag))
        target.flush()
        os.fsync(target.fileno())


def unseal(sealed: Path, plain: Path, passphrase: str) -> None:
    """Raises Unopened; what was written until then is not to be used."""
    from nacl import bindings
    from nacl.exceptions import CryptoError

    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    final, tag = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL, None
    with sealed.open("rb") as source, plain.open("wb") as target:
        source.read(len(MAGIC))
        salt, header = source.read(SALT), source.read(bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        try:
            bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key_of(passphrase, salt))
            for chunk, _ in chunks(source, CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES):
                content, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, chunk)
                target.write(content)
        except (CryptoError, ValueError, TypeError):
            raise Unopened from None
    if tag != final:
        raise Unopened


def chunks(source: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Each with whether it is the last; of an empty file one that is empty."""
    chunk = source.read(size)
    while True:
        following = source.read(size)
        yield chunk, not following
        if not following:
            return
        chunk = following
