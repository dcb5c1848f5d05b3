"""The earliest deadline of all, known to those who wait for news and to those who set the alarm."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Horizon:
    next_due: datetime | None = None
