"""Rooms: what stands in every room of a group at once, in the room's own language, and which rooms cannot be heard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bot.chat.action import Action
from bot.chat.message import Message
from bot.commons import publication
from bot.delivery import boards
from bot.delivery.outbox import last_key, say
from bot.language import Voice
from bot.routing.feature import voice_in
from bot.routing.rooms import rooms_of
from bot.routing.storing import drained_until
from models import BoardRow, ChatRow, EntryRow, GroupRow, IntakeRow, UnheardRow
from models.database import add_if_new

Subject = tuple[str, int]  # a board's kind, and what it is about


@dataclass(frozen=True, slots=True)
class Silence:
    """A room's platform that is not heard, and since when; None: never heard at all."""

    platform: str
    since: datetime | None


def put_up_everywhere(
    db: Session,
    group_id: int,
    kind: str,
    subject_id: int,
    now: datetime,
    *,
    home: ChatRow | None = None,
    thread: str | None = None,
    after: Subject | None = None,
    pin: bool = False,
    tells: EntryRow | None = None,
) -> None:
    """A board in each room of the group; in `home` in the topic `thread`.

    `after`: an earlier board about the same thing. Each room has the new one in the same topic, and a room from which the
    bot was removed since has it in its lane for the day when the bot is back. `tells`: the entry that it makes public.
    """
    for chat in rooms_with(db, group_id, after):
        topic = topic_in(db, chat, home, thread, after)
        key = boards.put_up(db, chat, kind, subject_id, now=now, thread=topic, pin=pin)
        publication.note(db, tells, chat, key)


def say_everywhere(
    db: Session,
    group_id: int,
    words: Callable[[Voice, ChatRow], Message],
    key: str,
    now: datetime,
    *,
    home: ChatRow | None = None,
    thread: str | None = None,
    after: Subject | None = None,
    awaits: Action | None = None,
    tells: EntryRow | None = None,
    must: bool = True,
) -> None:
    """The same in each room of the group, worded for it; all as for boards. The key is unique to the occasion."""
    group = db.get_one(GroupRow, group_id)
    for chat in rooms_with(db, group_id, after):
        topic = topic_in(db, chat, home, thread, after)
        said = words(voice_in(chat, group), chat)
        say(db, chat, said, key=f"{key}:{chat.id}", now=now, must=must, thread=topic, awaits=awaits)
        publication.note(db, tells, chat, last_key(said, f"{key}:{chat.id}"))


def topic_in(db: Session, chat: ChatRow, home: ChatRow | None, thread: str | None, after: Subject | None) -> str | None:
    if thread is not None and home is not None and chat.id == home.id:
        return thread
    return boards.thread_of(db, *after, chat.id) if after else None


def rooms_with(db: Session, group_id: int, after: Subject | None) -> list[ChatRow]:
    """The group's open rooms, and those where the earlier board was put up."""
    if after is None:
        return rooms_of(db, group_id)
    stood = exists().where(BoardRow.kind == after[0], BoardRow.subject_id == after[1], BoardRow.chat_id == ChatRow.id)
    query = select(ChatRow).where(ChatRow.group_id == group_id, or_(ChatRow.state == "open", stood))
    return list(db.scalars(query.order_by(ChatRow.id)))


def behind(db: Session, group_id: int) -> list[Silence]:
    """The group's platforms that are not heard while others are; a line on each open board says so (commons/texts)."""
    query = select(IntakeRow.platform, IntakeRow.silent_since).where(IntakeRow.silent_since.is_not(None))
    mine = select(ChatRow.served_by).filter_by(group_id=group_id, state="open")
    found = db.execute(query.where(IntakeRow.platform.in_(mine)).order_by(IntakeRow.platform))
    return [Silence(account.partition(".")[0], since) for account, since in found]


def note_unheard(db: Session, group_id: int, kind: str, subject_id: int, at: datetime) -> None:
    """Something that was to close at `at` closes now: write down the rooms of which not all until then was heard."""
    for chat in rooms_of(db, group_id):
        intake = db.get(IntakeRow, chat.served_by)
        until = drained_until(db, intake) if intake is not None else at
        if until is None or until < at:
            add_if_new(db, UnheardRow, kind=kind, subject_id=subject_id, chat_id=chat.id, since=until)


def unheard(db: Session, kind: str, subject_id: int) -> list[Silence]:
    """What `note_unheard` has written down, for the result to say (commons/texts)."""
    query = select(ChatRow.platform, UnheardRow.since).join(ChatRow, UnheardRow.chat_id == ChatRow.id)
    found = db.execute(query.where(UnheardRow.kind == kind, UnheardRow.subject_id == subject_id).distinct())
    return sorted((Silence(*row) for row in found), key=lambda silence: silence.platform)
