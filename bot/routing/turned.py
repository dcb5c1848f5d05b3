"""What was turned away: counted by kind and day for whoever runs the bot and for /status, and nothing else of it is kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.chat.incoming import Answer, InviteRefused
from models import TurnedAwayRow
from models.database import add_if_new

COUNTED = timedelta(days=7)  # how far back is told
KEPT = timedelta(days=30)
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
