"""A room joins another group: announced to both, in force after an hour without objection, undone by one word."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.incoming import Ack
from bot.chat.message import Message
from bot.chat.refs import ChatRef
from bot.commons import permissions, register, roll
from bot.commons.rooms import put_up_everywhere, say_everywhere
from bot.delivery import boards
from bot.features.links import moving, rules, store, texts
from bot.features.links.facts import facts_of
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import House
from bot.routing.rooms import rooms_of
from models import ChatRow, GroupRow, LinkCodeRow, RoomLinkRow


def announce(call: Call, code: LinkCodeRow) -> None:
    """In all rooms of both groups."""
    host = code.chat
    check(call, host)
    code.used_at = call.now
    link = RoomLinkRow(chat=call.chat, host=host, from_group_id=call.group.id, to_group_id=host.group_id)
    link.account = roll.account_of(call.db, call.event.origin, call.now)
    link.announced_at, link.holds_at = call.now, call.now + rules.OBJECT_FOR
    call.db.add(link)
    call.db.flush()
    for group_id in (link.to_group_id, link.from_group_id):
        put_up_everywhere(call.db, group_id, "link", link.id, call.now, home=call.chat, thread=call.event.origin.thread)


def check(call: Call, host: ChatRow) -> None:
    """Refused: rooms that are one group already, or of which one is not free to join."""
    if host.group_id is None or host.group_id == call.group.id:
        raise Refused("one group already")
    if store.held(call.db, call.chat) is not None:
        raise Refused("joined already")
    if store.announced(call.db, call.group.id, host.group_id):
        raise Refused("link pending")
    if store.room_count(call.db, call.group.id) > 1:
        raise Refused("has rooms")


def object_(call: Call) -> Ack:
    """One objection, from anyone on either roll, is enough."""
    link = store.pressed(call.db, call.about[0]) if len(call.about) == 1 else None
    if link is None or call.group.id not in (link.from_group_id, link.to_group_id):
        raise Refused("old button")
    if link.state != "announced":
        raise Refused("link settled")
    permissions.on_the_roll(call, "not in a hat")
    link.objector = roll.account_of(call.db, call.event.origin, call.now)
    end(call.db, link, "stopped", call.now)
    return Ack(texts.objected(call.voice))


def end(db: Session, link: RoomLinkRow, state: str, now: datetime) -> None:
    """It comes to nothing, and all rooms of both groups hear it."""
    link.state, link.ended_at = state, now
    tell(db, link, (link.to_group_id, link.from_group_id), now)


def tell(db: Session, link: RoomLinkRow, group_ids: tuple[int, ...], now: datetime) -> None:
    db.flush()
    boards.touch(db, "link", link.id, now)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.news(v, facts_of(link, chat.platform))

    for group_id in group_ids:
        say_everywhere(db, group_id, words, f"link:{link.id}:{link.state}", now, after=("link", link.id))


def hold(db: Session, link: RoomLinkRow, own: GroupRow, joint: GroupRow, now: datetime, house: House) -> None:
    """The room belongs to the joint group from now on, and so do those on its roll."""
    link.state, link.waits_for = "held", ""
    moving.bring_in(db, link.chat, own, joint)
    enter(db, link, "room joined", (own, joint), now, house)
    boards.touch(db, "welcome", joint.id, now)
    tell(db, link, (joint.id,), now)


def enter(db: Session, link: RoomLinkRow, kind: str, groups: tuple[GroupRow, ...], now: datetime, house: House) -> None:
    """In the registers of both groups, which stay two."""
    facts = {"room": ChatRef(link.chat.platform, link.chat.ref).label, "host": ChatRef(link.host.platform, link.host.ref).label}
    for group in groups:
        register.enter(db, group, kind, facts, now=now, dice=house.dice)


def part(call: Call) -> None:
    """At once: the room goes back to the group that it had; a link that is only announced is called off."""
    link = store.held(call.db, call.chat)
    if link is not None:
        leave(call, link)
        return
    pending = [each for each in store.announced(call.db, call.group.id) if each.chat_id == call.chat.id]
    if not pending:
        raise Refused("not joined")
    end(call.db, pending[0], "undone", call.now)


def leave(call: Call, link: RoomLinkRow) -> None:
    own, joint = store.lock_groups(call.db, link.from_group_id, call.group.id)
    rooms = rooms_of(call.db, joint.id)
    link.state, link.ended_at = "undone", call.now
    moving.take_out(call.db, link.chat, own, joint, call.now)
    enter(call.db, link, "room left", (own, joint), call.now, call.house)
    boards.touch(call.db, "link", link.id, call.now)
    boards.touch_group(call.db, joint.id, call.now)
    for chat in rooms:
        words = texts.news(voice_in(chat, own if chat.id == call.chat.id else joint), facts_of(link, chat.platform))
        call.tell(chat, words, f"link:{link.id}:undone:{chat.id}")
