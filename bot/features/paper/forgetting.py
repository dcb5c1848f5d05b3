"""A page that is being printed when somebody is forgotten is gathered anew, without them."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.routing.forgetting import Forget, Forgotten
from models import BulletinRow


def forget(db: Session, found: Forgotten) -> None:
    theirs = BulletinRow.group_id.in_({member.group_id for member in found.members})
    db.execute(update(BulletinRow).where(theirs).values(page=None))


FORGET = Forget(by_hand=(BulletinRow.page,), stay=(BulletinRow.key,), then=forget)
