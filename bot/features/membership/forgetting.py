"""What the hat keeps of somebody goes with them."""

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.routing.forgetting import Forget, Forgotten
from models import HatRow


def forget(db: Session, found: Forgotten) -> None:
    for member in found.members:
        boards.touch(db, "welcome", member.group_id, found.now)


FORGET = Forget(drop=(HatRow.member_id,), stay=(HatRow.role_key,), then=forget)
