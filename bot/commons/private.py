"""Private chats with people: where the bot may write to somebody, and which group something said there is about."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import PersonRef
from bot.commons import roll
from bot.routing import rooms
from bot.routing.feature import Call, voice_in
from models import AccountRow, ChatRow, GroupRow, MemberRow, PersonRow


def room_of(db: Session, who: MemberRow | PersonRow, now: datetime) -> ChatRow | None:
    """The private chat in which the bot may write to this person, first that of the account through which they act.

    None where they have opened none (Telegram), have left theirs, or have blocked the bot.
    """
    chats = (rooms.private_of(db, PersonRef(account.platform, account.ref), now) for account in accounts_of(db, who))
    return next((chat for chat in chats if chat is not None), None)


def accounts_of(db: Session, who: MemberRow | PersonRow) -> list[AccountRow]:
    person_id, first = (who.person_id, who.account_id) if isinstance(who, MemberRow) else (who.id, None)
    accounts = db.scalars(select(AccountRow).filter_by(person_id=person_id).order_by(AccountRow.id))
    return sorted(accounts, key=lambda account: account.id != first)


def about_group(call: Call, group_id: int) -> MemberRow | None:
    """What is said in private is about this group: speak as it wants, one event of it at a time from here on.

    Returns the member as whom the person acts there, None for a stranger or a group that there is not: the caller decides
    what they may do.
    """
    if call.db.get(GroupRow, group_id) is None:
        return None
    group = rooms.lock_group(call.db, group_id)
    call.voice = voice_in(call.chat, group)
    return roll.find(call.db, group, call.person)
