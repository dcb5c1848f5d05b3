"""Roles are the group's, whoever worded them; why somebody objected to a change is their own."""

from bot.routing.forgetting import Forget
from models import RoleChangeRow, RoleRow

ROLE = (RoleRow.name, RoleRow.key, RoleRow.purpose, RoleRow.term, RoleRow.pool, RoleRow.cooling)
MORE = (RoleRow.answer_within, RoleRow.sunset, RoleRow.notice)
CHANGE = (RoleChangeRow.name, RoleChangeRow.key, RoleChangeRow.wanted, RoleChangeRow.before, RoleChangeRow.by_id)

FORGET = Forget(empty={RoleChangeRow.reason: RoleChangeRow.objector_id}, stay=(*ROLE, *MORE, *CHANGE))
