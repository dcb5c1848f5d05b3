"""All that is kept about a person, as plain JSON: every row of every table that names them, and their part of the registers."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, or_, select
from sqlalchemy.orm import Session

from bot.features.privacy.erasing import accounts_of, label_of, members_of
from bot.features.privacy.mail import private_with
from bot.features.privacy.traces import texts_in
from models import AccountRow, Base, ChatRow, EntryRow, GroupRow, HandoverRow, MandateRow, MemberRow, PromiseRow

HIDDEN = frozenset({"nominations.nominee_id", "nominations.before_id"})  # what others say of them, in private at first
PEOPLE = {"members", "accounts", "people"}
GIVEN = "mydata"  # in the key of what this gave
SECRETS = frozenset({"link_codes.digest"})


def of(db: Session, account: AccountRow) -> dict[str, Any]:
    """The same for all accounts through which they act."""
    accounts = accounts_of(db, account)
    members = members_of(db, accounts)
    ids = {
        "members": [member.id for member in members],
        "accounts": [each.id for each in accounts],
        "people": sorted({each.person_id for each in accounts}),
    }
    found = {table.name: rows for table in Base.metadata.sorted_tables if (rows := rows_of(db, table, ids))}
    return {
        **found,
        "handovers": notes_of(db, members),
        "register": entries_of(db, members, accounts),
        "chat": said_to(db, accounts),
    }


def rows_of(db: Session, table: Table, ids: dict[str, list[int]]) -> list[dict[str, Any]]:
    mine = [column.in_(ids[target]) for column, target in naming(table)]
    if table.name in {"accounts", "people", "members"}:
        mine.append(table.c.id.in_(ids[table.name]))
    return [plain(table, row) for row in db.execute(select(table).where(or_(*mine))).mappings()] if mine else []


def naming(table: Table) -> Iterator[tuple["Column[Any]", str]]:
    """The columns that name somebody, and which table they point into."""
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table.name in PEOPLE and str(column) not in HIDDEN:
                yield column, key.column.table.name


def plain(table: Table, row: Any) -> dict[str, Any]:
    return {name: readable(value) for name, value in row.items() if f"{table.name}.{name}" not in SECRETS and value is not None}


def readable(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def notes_of(db: Session, members: Sequence[MemberRow]) -> list[list[str]]:
    """What they left for whoever follows."""
    held = select(MandateRow.id).where(MandateRow.member_id.in_([member.id for member in members]))
    return [row.things for row in db.scalars(select(HandoverRow).where(HandoverRow.mandate_id.in_(held)))]


def entries_of(db: Session, members: Sequence[MemberRow], accounts: Sequence[AccountRow]) -> list[dict[str, Any]]:
    """The pieces of entries in which their label stands."""
    labels, found = {label_of(account) for account in accounts}, []
    rows = select(EntryRow).where(EntryRow.group_id.in_({member.group_id for member in members}), EntryRow.personal.is_not(None))
    for row in db.scalars(rows.order_by(EntryRow.group_id, EntryRow.place)):
        kept = json.loads(row.personal or "[]")
        pieces = [piece for piece in kept if any(labels & set(text.split()) for text in texts_in(piece))]
        if pieces:
            found.append({"group_id": row.group_id, "place": row.place, "pieces": pieces})
    return found


def said_to(db: Session, accounts: Sequence[AccountRow]) -> list[dict[str, Any]]:
    """The private chats with them, and what the bot has said there that is still kept, but for what this command gave."""
    chats = [chat for account in accounts for chat in db.scalars(select(ChatRow).where(private_with(account)))]
    kept = select(PromiseRow.body).where(PromiseRow.body.is_not(None), PromiseRow.key.not_like(f"%:{GIVEN}%"))
    promised = {chat.id: kept.where(PromiseRow.chat_id == chat.id) for chat in chats}
    return [{"platform": chat.platform, "ref": chat.ref, "said": list(db.scalars(promised[chat.id]))} for chat in chats]


def groups_of(db: Session, account: AccountRow) -> list[tuple[GroupRow, MemberRow]]:
    found = [(db.get_one(GroupRow, member.group_id), member) for member in members_of(db, accounts_of(db, account))]
    return sorted(found, key=lambda each: each[0].id)
