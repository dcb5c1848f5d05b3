"""What the hat keeps of somebody goes with them."""

from bot.routing.forgetting import Forget
from models import HatRow

FORGET = Forget(drop=(HatRow.member_id,), stay=(HatRow.role_key,))
