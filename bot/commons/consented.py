"""Settings of which some values are for the group as a whole to decide: they are put to it, and hold once it has agreed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.routing.feature import Setting
from bot.routing.house import Decided, House


def purpose(setting: Setting, value: Any) -> str:
    return f"settings.{setting.name}.{value}"


def outcomes(setting: Setting) -> Mapping[str, Callable[[Session, Decided, datetime, House], None]]:
    """For the feature that brings the setting."""
    return {purpose(setting, value): partial(decided, setting, value) for value in setting.consented}


def decided(setting: Setting, value: Any, db: Session, outcome: Decided, now: datetime, house: House) -> None:
    if outcome.result == "adopted":
        setting.put(outcome.group, value)
        db.flush()
        house.replan(db, outcome.group, now, house)
        boards.touch_group(db, outcome.group.id, now)
