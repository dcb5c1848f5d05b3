"""Handlers of /label: by everybody of themselves alone. What was said is repeated in private chats only."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import PersonRef
from bot.commons import labels, permissions, private, roll
from bot.delivery.outbox import say
from bot.features.labels import rules, texts
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import OnePerson, prefix_on
from bot.tidy import isolated
from models import AccountRow, GroupRow, LabelRow, MemberRow

NUMBERED = re.compile(r"\s*(\d{1,3})\b[\s.:)]*(.*)", re.DOTALL)


def label(call: Call) -> None:
    if call.chat.kind == "private":
        in_private(call)
    elif call.text.strip():
        member = on_the_roll(roll.find(call.db, call.group, call.person))
        call.answer(texts.noted(call.voice, roll.name_of(member), *change(call.db, member, call.text), call.prefix))
    else:
        show_apart(call, on_the_roll(roll.find(call.db, call.group, call.person)))


def in_private(call: Call) -> None:
    """Of the one group, or of that whose number in the list is said first."""
    groups = memberships(call.db, call.person)
    numbered = NUMBERED.fullmatch(call.text) if len(groups) > 1 else None
    if not call.text.strip() or not groups:
        call.answer(texts.listed(call.voice, [told(call.db, *each) for each in groups], call.prefix))
        return
    if len(groups) > 1 and numbered is None:
        raise Refused("label of which group", groups=[isolated(group.title) for _, group in groups])
    number, words = (int(numbered[1]), numbered[2]) if numbered else (1, call.text)
    if not 1 <= number <= len(groups):
        raise Refused("label of which group", groups=[isolated(group.title) for _, group in groups])
    member, group = groups[number - 1]
    private.about_group(call, group.id)
    put, erased = change(call.db, member, words)
    call.answer(texts.noted_apart(call.voice, told(call.db, member, group), put, erased, call.prefix))


def show_apart(call: Call, member: MemberRow) -> None:
    """In a room everybody reads along, so the list goes to the private chat, if there is one."""
    chat = private.room_of(call.db, member, call.now)
    if chat is not None:
        words = texts.listed(voice_in(chat, call.group), [told(call.db, member, call.group)], prefix_on(chat.platform))
        say(call.db, chat, words, key=f"{call.key}:labels", now=call.now)
    call.answer(texts.shown_apart(call.voice, roll.name_of(member), chat is not None, call.prefix))


def change(db: Session, member: MemberRow, words: str) -> tuple[list[str], bool]:
    """The categories of which something was said, and whether something was erased."""
    if rules.erases_all(words):
        return [], labels.erase(db, member) > 0
    said = rules.read(words)
    kept = {row.category for row in labels.of(db, member)} | said.keys()
    if len(kept - {category for category, value in said.items() if not value}) > rules.MOST:
        raise Refused("too many labels", most=rules.MOST)
    erased = labels.erase(db, member, [category for category, value in said.items() if not value])
    put = {category: value for category, value in said.items() if value}
    for category, value in put.items():
        labels.put(db, member, category, value)
    return [isolated(category) for category in put], erased > 0


def told(db: Session, member: MemberRow, group: GroupRow) -> texts.Own:
    return texts.Own(isolated(group.title), [(isolated(row.category), isolated(row.value)) for row in labels.of(db, member)])


def on_the_roll(member: MemberRow | None) -> MemberRow:
    if not permissions.belongs(member):
        raise Refused("labels from the roll")
    return member


def memberships(db: Session, person: PersonRef) -> list[tuple[MemberRow, GroupRow]]:
    """Of all groups on whose roll they are."""
    query = select(MemberRow, GroupRow).join(GroupRow, MemberRow.group_id == GroupRow.id)
    query = query.join(AccountRow, AccountRow.person_id == MemberRow.person_id).where(MemberRow.left_at.is_(None))
    query = query.where(AccountRow.platform == person.platform, AccountRow.ref == person.id)
    return [(member, group) for member, group in db.execute(query.order_by(GroupRow.id))]


def gone(call: Call) -> None:
    """Who leaves the room by which they came leaves no label behind."""
    member = roll.find(call.db, call.group, call.person) if call.chat.group else None
    if member is not None and roll.lives_in(member, call.chat):
        labels.erase(call.db, member)


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What the kept one has said stands; of what else the gone one has said, the kept one has said it."""
    own = {row.category for row in labels.of(db, found.kept)}
    for row in db.scalars(select(LabelRow).filter_by(member_id=found.gone.id)).all():
        if row.category not in own:
            labels.put(db, found.kept, row.category, row.value)
    labels.erase(db, found.gone)
    return ()
