"""The only place that makes chance."""

import hashlib
import secrets
from typing import Protocol

SECRET_BYTES = 32


class Dice(Protocol):
    def secret(self) -> bytes:
        """32 bytes that nobody can guess."""
        ...


class SystemDice:
    """The operating system's randomness."""

    def secret(self) -> bytes:
        return secrets.token_bytes(SECRET_BYTES)


class SeededDice:
    """The same secrets again for the same seed: for rehearsals and tests, never for a real draw."""

    def __init__(self, seed: str) -> None:
        self.seed, self.thrown = seed, 0

    def secret(self) -> bytes:
        self.thrown += 1
        return hashlib.sha256(f"{self.seed}:{self.thrown}".encode()).digest()
