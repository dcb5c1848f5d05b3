"""What was turned away: counted by kind and day for whoever runs the bot and for /status, and nothing else of it is kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.chat.incoming import Answer, InviteRefused
from models import TurnedAwayRow
from models.database import add_if_new

COUNTED = timedelta(days=7)  # how far back is told
KEPT = timedelta(days=30)
OVER = timedelta(seconds=30)  # without any more, and a burst is over
TOLD_EVERY = timedelta(hours=1)
REFUSED = {  # why a rule of the house said no -> under which kind it is counted
    "old button": "button",
    "edited vote": "edit",
    "anonymous": "nobody",
    "channel": "nobody",
    "too many codes": "code",
}
FAULTS = dict.fromkeys(("StateInPayload", "AnotherRoom", "AnotherSender", "Replay", "TwoRelations"), "sealed")
KINDS = ("button", "edit", "forward", "nobody", "sealed", "invite", "code", "pause")


def kinds_of(answers: Iterable[Answer]) -> Counter[str]:
    """Of a batch that is committed: what of it was turned away."""
    return Counter(kind for answer in answers if (kind := kind_of(answer)))


def kind_of(answer: Answer) -> str:
    received = answer.received
    if isinstance(received.event, InviteRefused):
        return "invite"
    why = REFUSED.get(answer.ack.why, "") if answer.ack is not None else ""
    return why or FAULTS.get(received.fault, "") or received.passed_over


@dataclass(slots=True)
class Summary:
    """What the log is told: one line for each burst once it is over, and no more than one an hour."""

    untold: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None  # of what is untold
    last: datetime | None = None
    told_at: datetime | None = None

    def after(self, counted: Counter[str], now: datetime) -> Counter[str]:
        """What is to be told now, after this was counted; empty as a rule."""
        if counted:
            self.first, self.last = self.first if self.untold else now, now
            self.untold += counted
        if not self.untold or not self.may_tell(now):
            return Counter()
        told, self.untold, self.told_at = self.untold, Counter(), now
        return told

    def may_tell(self, now: datetime) -> bool:
        assert self.first is not None
        assert self.last is not None
        lately = self.told_at is not None and now - self.told_at < TOLD_EVERY
        return not lately and (now - self.last >= OVER or now - self.first >= TOLD_EVERY)


def add(db: Session, counts: Mapping[str, int], now: datetime) -> None:
    for kind, n in sorted(counts.items()):
        add_if_new(db, TurnedAwayRow, kind=kind, turned_on=now.date(), n=0)
        row = update(TurnedAwayRow).where(TurnedAwayRow.kind == kind, TurnedAwayRow.turned_on == now.date())
        db.execute(row.values(n=TurnedAwayRow.n + n))


def prune(db: Session, now: datetime) -> None:
    db.execute(delete(TurnedAwayRow).where(TurnedAwayRow.turned_on < (now - KEPT).date()))


def lately(db: Session, now: datetime) -> dict[str, int]:
    """Kind -> how many in the last days; of the bot as a whole."""
    since: date = (now - COUNTED).date()
    query = select(TurnedAwayRow.kind, func.sum(TurnedAwayRow.n)).where(TurnedAwayRow.turned_on >= since)
    return {kind: int(n) for kind, n in db.execute(query.group_by(TurnedAwayRow.kind))}
