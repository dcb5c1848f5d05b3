"""Handlers of /roles and /mine."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Attachment, Message
from bot.chat.refs import PersonRef
from bot.commons import permissions, roll
from bot.features.roles.roster import sheet, texts
from bot.features.roles.roster.facts import Roster
from bot.language import Voice
from bot.routing.feature import Call, voice_in
from bot.tidy import isolated
from models import AccountRow, GroupRow, MemberRow

MOST = 200  # roles on paper


def roles(call: Call) -> None:
    lines = Roster(call.db, call.group).lines()
    if lines:
        call.answer(texts.roster(call.voice, lines, call.now, call.prefix, on_paper(call, lines[:MOST])))
    else:
        call.answer(texts.no_roles(call.voice, call.prefix))


def on_paper(call: Call, lines: list[texts.Line]) -> Attachment:
    v = call.voice
    page = sheet.Sheet(
        language=v.language,
        title=texts.title(v, isolated(call.group.title)),
        headings=texts.headings(v),
        rows=[texts.cells(v, line, call.now, call.prefix) for line in lines],
        footer=texts.as_of(v, call.now),
    )
    return Attachment(f"roles-{call.now.astimezone(v.zone):%Y-%m-%d}.html", "text/html", sheet.written(page))


def mine(call: Call) -> None:
    """In a room of that group; in private of all groups."""
    if call.chat.kind == "private":
        call.answer(everywhere(call))
        return
    member = roll.find(call.db, call.group, call.person)
    own = Roster(call.db, call.group).own(member, "") if member else texts.Own()
    call.answer(Message(tuple(texts.mine(call.voice, own, call.now, call.prefix))))


def everywhere(call: Call) -> Message:
    """Groups in which there is nothing are named, too, so that nobody wonders; but not those that they have left."""
    said = Message()
    for member, group in memberships(call.db, call.person):
        v: Voice = voice_in(call.chat, group)
        own = Roster(call.db, group).own(member, group.title)
        if own.is_empty and not permissions.belongs(member):
            continue
        said += Message((texts.group_heading(v, own.group), *texts.mine(v, own, call.now, call.prefix)))
    return said if said.blocks else texts.nowhere(call.voice)


def memberships(db: Session, person: PersonRef) -> list[tuple[MemberRow, GroupRow]]:
    query = select(MemberRow, GroupRow).join(GroupRow, MemberRow.group_id == GroupRow.id)
    query = query.join(AccountRow, AccountRow.person_id == MemberRow.person_id)
    query = query.where(AccountRow.platform == person.platform, AccountRow.ref == person.id)
    return [(member, group) for member, group in db.execute(query.order_by(GroupRow.id))]
