"""Handlers of moving: the group's files, by consent or for anyone; and a room that becomes a group's new home."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Attachment
from bot.chat.refs import ChatRef
from bot.commons import entries, permissions, register, roll
from bot.commons.canonical import sha256
from bot.commons.codes import read_code
from bot.delivery import moving
from bot.delivery.outbox import say
from bot.features.moving import archive, texts
from bot.features.moving.founding import MOVED, WAITING
from bot.features.moving.settings import EXPORT
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import Decided, House, Question
from bot.routing.rooms import lock_group
from models import ChatRow, GroupRow

PURPOSE = "moving.export"


def export(call: Call) -> None:
    member = permissions.on_the_roll(call, "export from the roll")
    if EXPORT.of(call.group) == "anyone":
        hand_out(call.db, call.group, call.chat, call.key, call.now, call.house)
        return
    words = texts.question(voice_in(call.chat, call.group))
    question = Question(call.group, call.chat, call.event.origin.thread, member, words, PURPOSE, call.chat.id)
    call.house.ask(call.db, question, call.now, call.house)


def decided(db: Session, outcome: Decided, now: datetime, house: House) -> None:
    """On a yes the files stand where the group was asked."""
    chat = db.get(ChatRow, outcome.subject_id)
    if outcome.result == "adopted" and chat is not None and chat.group_id == outcome.group.id:
        hand_out(db, outcome.group, chat, f"export:{outcome.group.id}:{outcome.number}", now, house)


def hand_out(db: Session, group: GroupRow, chat: ChatRow, key: str, now: datetime, house: House) -> None:
    content = archive.written(db, group, house)
    words = texts.handed_out(voice_in(chat, group), entries.last_place(db, group.id), register.head(db, group.id))
    file = Attachment(f"group-{now:%Y-%m-%d}.zip", "application/zip", content)
    say(db, chat, words.with_attachments(file), key=key, now=now, must=True)


def move_in(call: Call) -> None:
    """This room is the home of an imported group from now on. Refused: it has a register of its own."""
    own, waiting = call.group, waiting_for(call.db, sha256(read_code(call.text)))
    if waiting is None:
        raise Refused("nobody moves in")
    if entries.last_place(call.db, own.id) or call.house.open_in(call.db, own):
        raise Refused("room has a memory")
    group = lock_group(call.db, waiting)
    home = settle(call.db, group, call.chat)
    figures = texts.Moved(
        group.title, entries.last_place(call.db, group.id), roll.count(call.db, group), register.head(call.db, group.id)
    )
    say(call.db, home, texts.moved_in(voice_in(home, group), figures, call.prefix), key=call.key, now=call.now, must=True)


def waiting_for(db: Session, digest: str) -> int | None:
    groups = db.scalars(select(GroupRow).where(GroupRow.choices.is_not(None)))
    return next((group.id for group in groups if (group.choices or {}).get(WAITING) == digest), None)


def settle(db: Session, group: GroupRow, room: ChatRow) -> ChatRow:
    """The room that was still to be said is this one; what the bot had noted of this one until now gives way."""
    home = db.scalars(select(ChatRow).filter_by(platform=MOVED, group_id=group.id)).one()
    home.platform, home.encrypted, home.title, home.state = room.platform, room.encrypted, room.title, "open"
    home.ref = f"moving in {home.id}"
    db.flush()
    moving.rekey(db, home, ChatRef(room.platform, room.ref))
    group.choices = {name: value for name, value in (group.choices or {}).items() if name != WAITING}
    db.flush()
    return home
