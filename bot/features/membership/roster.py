"""Who is in for what, as /who tells it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import hats, resting, roll
from bot.features.membership import texts
from bot.tidy import isolated
from models import GroupRow, MemberRow


def size(db: Session, group: GroupRow) -> int:
    """How many are in the hat for all roles."""
    return sum(member.in_hat for member in roll.members(db, group))


def in_hat_for(db: Session, group: GroupRow, role_key: str) -> list[MemberRow]:
    members = roll.members(db, group)
    found = hats.among(db, members, role_key)
    return [member for member in members if member.id in found]


def resting_of(members: Sequence[MemberRow], now: datetime) -> int:
    return len(members) - len(resting.awake(members, now))


def roster(db: Session, group: GroupRow) -> texts.Roster:
    members = roll.members(db, group)
    shown = dict(zip([member.id for member in members], roll.names(members), strict=True))
    said = hats.exceptions(db, group)
    somewhere = {member_id for those in said.values() for member_id, willing in those.items() if willing}
    return texts.Roster(
        for_all=[shown[member.id] for member in members if member.in_hat],
        for_roles=[for_role(isolated(hats.role_name(db, group, key)), those, shown) for key, those in said.items()],
        for_none=[shown[member.id] for member in members if not member.in_hat and member.id not in somewhere],
    )


def for_role(name: str, said: dict[int, bool], shown: dict[int, str]) -> texts.RoleLine:
    also = [words for member_id, words in shown.items() if said.get(member_id) is True]
    without = [words for member_id, words in shown.items() if said.get(member_id) is False]
    return texts.RoleLine(name, also, without)
