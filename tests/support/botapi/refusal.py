"""How the Bot API says no: a status, a sentence, and sometimes what to do instead."""

from typing import Any

PREFIXES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict"}


class Refusal(Exception):
    """`Refusal(400, "chat not found")` is answered as `Bad Request: chat not found`."""

    def __init__(self, code: int, what: str, **parameters: int) -> None:
        prefix = PREFIXES.get(code)
        self.code, self.parameters = code, parameters
        self.description = f"{prefix}: {what}" if prefix else what
        super().__init__(self.description)

    @property
    def body(self) -> dict[str, Any]:
        said: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return said | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str) -> Refusal:
    return Refusal(400, what)


def forbidden(what: str) -> Refusal:
    return Refusal(403, what)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
