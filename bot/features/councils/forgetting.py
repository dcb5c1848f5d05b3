"""What a council is about, and came to, is the group's."""

from bot.routing.forgetting import Forget
from models import CouncilRow

FORGET = Forget(stay=(CouncilRow.by_id, CouncilRow.issue, CouncilRow.result))
