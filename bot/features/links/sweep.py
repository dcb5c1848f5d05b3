"""Links to which nobody has objected in their hour, and those that an outage fell into."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.links import joining, rules, store
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from models import ChatRow, RoomLinkRow


def settle(db: Session, link_id: int, now: datetime, house: House) -> None:
    """It comes about, unless something is open in the room that joins: then it waits, and its board says for what."""
    link = db.get_one(RoomLinkRow, link_id)
    own, joint = store.lock_groups(db, link.from_group_id, link.to_group_id)
    db.refresh(link, with_for_update=True)
    if link.state != "announced" or link.holds_at > now:
        return
    if not stands(link):
        joining.end(db, link, "lapsed", now)
    elif numbers := house.open_in(db, own):
        wait(db, link, rules.named(numbers), now)
    else:
        joining.hold(db, link, own, joint, now, house)


def stands(link: RoomLinkRow) -> bool:
    """Whether both rooms still belong where they did, and the bot may speak there."""
    rooms = ((link.chat, link.from_group_id), (link.host, link.to_group_id))
    return all(chat.state == "open" and chat.group_id == group_id for chat, group_id in rooms)


def wait(db: Session, link: RoomLinkRow, numbers: str, now: datetime) -> None:
    if link.waits_for != numbers:
        link.waits_for = numbers
        boards.touch(db, "link", link.id, now)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """An hour that ended while objections may have been lost begins anew."""
    links = store.announced(db, chat.group_id) if chat.group_id else []
    for link in links:
        if link.holds_at <= gap.until:
            link.holds_at = now + rules.OBJECT_FOR
            boards.touch(db, "link", link.id, now)
    return bool(links)


SWEEP = Sweep("room links", store.due, store.upcoming, settle)
