"""Logs: one line an event, secrets redacted, nothing that people wrote and no exception's text."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

OURS = ("bot", "adapters", "models", "migrations")
SECRETS = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{20,}|\bsyt_[A-Za-z0-9_=]+|(?<=://)[^/@\s]+:[^/@\s]+(?=@)")
PLAIN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "taskName"}


class Redacting(logging.Formatter):
    """`time LEVEL logger what key=value …`. Of other people's libraries only where it happened: their words may quote ours."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self.secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.split(".")[0] in OURS
        what = record.getMessage() if ours else f"{record.module}:{record.lineno}"
        facts = {key: value for key, value in record.__dict__.items() if key not in PLAIN} if ours else {}
        if record.exc_info and record.exc_info[0]:
            facts["fault"] = record.exc_info[0].__name__
        return self.redacted(self.line(record, what, facts).replace("\n", " "))

    def line(self, record: logging.LogRecord, what: str, facts: dict[str, Any]) -> str:
        return " ".join([self.formatTime(record), record.levelname, record.name, what, *(f"{k}={v}" for k, v in facts.items())])

    def redacted(self, line: str) -> str:
        for secret in self.secrets:
            line = line.replace(secret, "[secret]")
        return SECRETS.sub("[secret]", line)


class RedactingJson(Redacting):
    """The same as one JSON object a line."""

    def line(self, record: logging.LogRecord, what: str, facts: dict[str, Any]) -> str:
        told = {"at": self.formatTime(record), "level": record.levelname, "logger": record.name, "what": what}
        return json.dumps(told | {key: str(value) for key, value in facts.items()})


def set_up(secrets: Iterable[str] = (), form: str = "lines") -> None:
    """To standard error: our own from INFO on, others from WARNING on. `form`: lines | json."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((RedactingJson if form == "json" else Redacting)(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
