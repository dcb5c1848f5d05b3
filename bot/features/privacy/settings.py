"""How long a group wants to know who answered what: a line of /settings."""

from bot.commons.when import read_span
from bot.features.privacy import texts
from bot.refusal import Refused
from bot.routing.feature import Setting

OFF = frozenset({"off", "none", "never", "no", "nunca"})
MOST = 120  # months


def read_months(text: str) -> int:
    """0: names stay. Refused: no whole number of months."""
    if text.casefold() in OFF:
        return 0
    span = read_span(text)
    if not span.months or span.days or span.seconds or span.months > MOST:
        raise Refused("months only", most=MOST)
    return span.months


RETENTION = Setting("retention", 0, read_months, texts.retention_line)
