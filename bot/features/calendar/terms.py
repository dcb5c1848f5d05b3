"""What mandates have in the group's calendar: the day on which each ends."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.commons import mandates, roll
from bot.features.calendar import texts
from bot.language import Voice
from bot.routing.house import Dated
from bot.tidy import isolated
from models import GroupRow, MandateRow


def dates(db: Session, group: GroupRow, v: Voice) -> Sequence[Dated]:
    running = mandates.running(db, group)
    names = roll.names_in(db, [mandate.member for mandate in running])
    return [ends(mandate, name, v) for mandate, name in zip(running, names, strict=True)]


def ends(mandate: MandateRow, holder: str, v: Voice) -> Dated:
    words = texts.term_ends(v, holder, isolated(mandate.role.name))
    return Dated(f"mandate:{mandate.id}", mandate.ends_at, words, whole_day=True, kind="term")
