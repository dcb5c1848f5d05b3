"""What moves with a room: its place, its language, and those who came onto the roll in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import circles, hats, resting, roll
from bot.features.links import store
from models import ChatRow, GroupRow, MemberRow


def bring_in(db: Session, chat: ChatRow, own: GroupRow, joint: GroupRow) -> None:
    if own.language != joint.language:
        chat.language = chat.language or own.language
    chat.group = joint
    for member in roll.members(db, own):
        admit(db, member, joint, chat)
    db.flush()
    circles.bring_along(db, own, joint)


def admit(db: Session, member: MemberRow, joint: GroupRow, chat: ChatRow) -> None:
    """With the time that they have been on the roll; who is on both keeps the longer one."""
    there = store.member(db, joint.id, member.person_id)
    if there is None:
        there = same_in(joint, member)
        db.add(there)
        db.flush()
    hats.unite(db, there, member)
    if there.left_at is None:
        there.joined_at = min(there.joined_at, member.joined_at)
        there.resting_until = resting.longer(there.resting_until, member.resting_until)
    else:
        there.joined_at, there.left_at, there.chat_id = member.joined_at, None, chat.id
        there.resting_until = member.resting_until


def take_out(db: Session, chat: ChatRow, own: GroupRow, joint: GroupRow, now: datetime) -> None:
    """Back to the room's own roll go those who came by this room, with what became of them since."""
    for member in store.came_by(db, joint.id, chat):
        there = store.member(db, own.id, member.person_id)
        if there is None:
            there = same_in(own, member)
            db.add(there)
            db.flush()
        hats.copy(db, there, member)
        there.joined_at, there.left_at, there.chat_id = member.joined_at, member.left_at, chat.id
        there.resting_until = member.resting_until
        roll.leave(member, now)
    chat.group = own
    chat.language = None if chat.language == own.language else chat.language
    db.flush()


def same_in(group: GroupRow, member: MemberRow) -> MemberRow:
    """The same person, known to this group but not yet on its roll."""
    made = MemberRow(group_id=group.id, person_id=member.person_id, account_id=member.account_id)
    made.joined_at = made.left_at = member.joined_at
    return made
