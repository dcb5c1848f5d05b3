"""Electorates: the document of who could take part keeps a line for somebody who was forgotten, and its SHA-256 as published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.routing.forgetting import Forgotten
from models import ElectorateRow


def erase(db: Session, group_id: int, found: Forgotten) -> None:
    for row in db.scalars(select(ElectorateRow).filter_by(group_id=group_id)):
        lines = [found.renamed(group_id, line) for line in row.document.splitlines()]
        row.document = "".join(f"{line}\n" for line in lines)
    db.flush()
