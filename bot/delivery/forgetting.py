"""Forgetting what was said: it stands in the chat, and the outbox need not keep it as well."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import PromiseRow

WORDS_KEPT = timedelta(days=1)
AT_A_TIME = 500


def forget(db: Session, now: datetime) -> None:
    """The words and files of what was sent, or given up, a day ago. Buttons stay, for presses are looked up by them; so does
    the row, which knows what replies are about and that its key was used."""
    spoken = select(PromiseRow).where(PromiseRow.words_until <= now).order_by(PromiseRow.words_until).limit(AT_A_TIME)
    for row in db.scalars(spoken.with_for_update(skip_locked=True)):
        rows = row.body["rows"] if row.body else []
        row.body = {"blocks": [], "rows": rows, "attachments": []} if rows else None
        row.words_until = None
