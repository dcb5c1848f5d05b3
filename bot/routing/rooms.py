"""Which chat and group an event belongs to; a chat that is heard for the first time founds its group."""

from datetime import datetime

from sqlalchemy import ColumnElement, Exists, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.chat.incoming import Origin
from bot.chat.refs import PersonRef
from bot.delivery import moving
from bot.routing.watch import Watch
from bot.tidy import tidy
from models import AccountRow, ChatRow, GroupRow, MemberRow
from models.database import add_if_new, is_alone
from models.memory import memory

ROOM = select(ChatRow).where(ChatRow.platform == bindparam("platform"), ChatRow.ref == bindparam("ref"))
OWN = select(GroupRow).where(GroupRow.id == bindparam("group")).with_for_update(key_share=True)
SPEAKS_FIRST = frozenset({"matrix", "terminal"})  # platforms on which a bot may open a private chat


def find(db: Session, platform: str, ref: str) -> ChatRow | None:
    return db.scalar(ROOM, {"platform": platform, "ref": ref})


def comes_to(db: Session, chat: ChatRow, account: str, watch: Watch) -> bool:
    """Whether the chat is this account's from now on: it is, or it is private, or the account that had it is there no more."""
    if chat.served_by == account:
        return True
    if chat.kind == "group" and chat.state == "open" and watch.is_on(chat.served_by):
        return False
    chat.account = account
    moving.leave_messages(db, chat)
    return True


def chat_of(db: Session, origin: Origin, language: str, zone: str, now: datetime) -> ChatRow:
    """The chat's row, made at need; its group is locked, so that one group's events are handled one at a time."""
    if (chat := heard_before(db, origin)) is not None:
        return chat
    chat = find(db, origin.chat.platform, origin.chat.id) or found(db, origin, now)
    if chat.kind == "group":
        chat.group = lock_own(db, chat) if chat.group_id else new_group(db, origin, language, zone, now)
        rename(chat, origin)
    db.flush()
    memory(db)["chat", origin.chat] = chat, chat.group_id, origin.chat_title
    return chat


def heard_before(db: Session, origin: Origin) -> ChatRow | None:
    """In this transaction: its group is locked already, unless the chat has moved, or changed its name."""
    chat, group_id, title = memory(db).get(("chat", origin.chat), (None, None, ""))
    same = chat is not None and (chat.ref, chat.group_id, title) == (origin.chat.id, group_id, origin.chat_title)
    return chat if same else None


def found(db: Session, origin: Origin, now: datetime) -> ChatRow:
    ref = origin.chat
    add_if_new(
        db, ChatRow, platform=ref.platform, ref=ref.id, kind=origin.kind, title="", encrypted=False, state="open", created_at=now
    )
    return db.scalars(select(ChatRow).filter_by(platform=ref.platform, ref=ref.id).with_for_update()).one()


def new_group(db: Session, origin: Origin, language: str, zone: str, now: datetime) -> GroupRow:
    return GroupRow(title=tidy(origin.chat_title), language=language, zone=zone, last_number=0, created_at=now)


def lock_own(db: Session, chat: ChatRow) -> GroupRow:
    """The chat's group; while we waited for it the chat may have moved to another."""
    while True:
        group = lock_group(db, chat.group_id or 0)
        if not is_alone(db):
            db.refresh(chat, ["group_id"])
        if chat.group_id == group.id:
            return group


def lock_group(db: Session, group_id: int) -> GroupRow:
    """As it is now, and nobody else's until the end of this transaction.

    Rows that name the group can still be written meanwhile: two groups that write to each other do not wait for each other.
    """
    return db.scalars(OWN, {"group": group_id}, execution_options={"populate_existing": True}).one()


def rename(chat: ChatRow, origin: Origin) -> None:
    if origin.chat_title and chat.title != tidy(origin.chat_title):
        chat.title = tidy(origin.chat_title)


def private_of(db: Session, who: PersonRef, now: datetime, *, asked: bool = False) -> ChatRow | None:
    """The private chat in which the bot may write to this account; a new one where the platform lets the bot speak first.

    `asked`: by a press of theirs just now, so that somebody who once left theirs gets another.
    """
    theirs = select(ChatRow).filter_by(platform=who.platform, kind="private", person_ref=who.id).order_by(ChatRow.id.desc())
    known = list(db.scalars(theirs))
    found = next((chat for chat in known if chat.state == "open"), None)
    if found is not None or who.platform not in SPEAKS_FIRST or (known and not asked):
        return found
    return opened(db, who, now)


def opened(db: Session, who: PersonRef, now: datetime) -> ChatRow:
    """A private chat that the adapter makes when something is delivered there."""
    named = {"platform": who.platform, "ref": f"dm:{who.id}"}
    add_if_new(
        db,
        ChatRow,
        **named,
        account=account_near(db, who),
        kind="private",
        person_ref=who.id,
        title="",
        encrypted=False,
        state="open",
        created_at=now,
    )
    chat = db.scalars(select(ChatRow).filter_by(**named).with_for_update()).one()
    moving.reopen(db, chat)
    return chat


def account_near(db: Session, who: PersonRef) -> str | None:
    """The account of ours that is in a room with them."""
    theirs = select(MemberRow.group_id).join(AccountRow, AccountRow.person_id == MemberRow.person_id)
    groups = theirs.where(AccountRow.platform == who.platform, AccountRow.ref == who.id)
    near = select(ChatRow.account).where(ChatRow.platform == who.platform, ChatRow.state == "open", ChatRow.group_id.in_(groups))
    return db.scalar(near.order_by(ChatRow.id).limit(1))


def inhabited(group_id: ColumnElement[int] | InstrumentedAttribute[int]) -> Exists:
    """Whether a group has a room at all: its only one may have joined another group, and come back some day."""
    return exists().where(ChatRow.group_id == group_id)


def rooms_of(db: Session, group_id: int) -> list[ChatRow]:
    """The group's chats in which the bot may speak."""
    return list(db.scalars(select(ChatRow).filter_by(group_id=group_id, state="open").order_by(ChatRow.id)))
