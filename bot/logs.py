"""Logs: one line an event, secrets redacted, nothing that people wrote and no exception's text."""

import logging
import re
import sys
from collections.abc import Iterable

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
        line = " ".join([self.formatTime(record), record.levelname, record.name, what, *(f"{k}={v}" for k, v in facts.items())])
        return self.redacted(line.replace("\n", " "))

    def redacted(self, line: str) -> str:
        for secret in self.secrets:
            line = line.replace(secret, "[secret]")
        return SECRETS.sub("[secret]", line)


def set_up(secrets: Iterable[str] = ()) -> None:
    """To standard error: our own from INFO on, others from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
