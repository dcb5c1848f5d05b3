"""The parameters of one call: strings and uploaded files, read as the Bot API reads them."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.refusal import bad


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Args:
    values: dict[str, str]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """Anything that is no number counts as 0."""
        given = self.values.get(name, "")
        try:
            return int(given) if given else default
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).casefold() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """None where there is nothing, or no JSON."""
        try:
            return json.loads(self.values[name])
        except (KeyError, ValueError):
            return None

    def required(self, name: str) -> str:
        given = self.text(name)
        if not given:
            raise bad(f'parameter "{name}" is required')
        return given
