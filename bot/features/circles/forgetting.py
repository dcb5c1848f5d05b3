"""Who is forgotten is in no circle any more; circles are the group's."""

from bot.routing.forgetting import Forget
from models import CircleMemberRow, CircleRow

FORGET = Forget(drop=(CircleMemberRow.member_id,), stay=(CircleRow.name, CircleRow.key))
