"""Labels that somebody has given themselves go with them."""

from bot.routing.forgetting import Forget
from models import LabelRow

FORGET = Forget(drop=(LabelRow.member_id,), stay=(LabelRow.category, LabelRow.value))
