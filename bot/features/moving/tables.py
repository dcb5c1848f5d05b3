"""Tables that a spreadsheet opens as they are: UTF-8 with a mark before it, and no cell that it would calculate."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.refs import PersonRef
from bot.commons import entries, tables
from bot.language import Voice
from bot.routing.house import House
from models import EntryRow, GroupRow


def people(state: dict[str, Any]) -> bytes:
    accounts = state["accounts"]
    rows = []
    for member in state["members"]:
        account = accounts[member["account"]]
        belongs = "yes" if member["left_at"] is None else "no"
        label = PersonRef(account["platform"], account["ref"]).label
        rows.append([label, account["name"], belongs, member["joined_at"], member["left_at"] or ""])
    return table(["id", "name", "belongs", "joined", "left"], rows)


def roles(state: dict[str, Any]) -> bytes:
    names = ("name", "purpose", "term", "seats", "pool", "sunset", "state")
    return table(names, [[role[name] for name in names] for role in state["roles"]])


def mandates(state: dict[str, Any]) -> bytes:
    rows = []
    for each in state["mandates"]:
        who = state["accounts"][state["members"][each["member"]]["account"]]["name"]
        role = state["roles"][each["role"]]["name"]
        rows.append([role, who, each["way"], each["starts_at"], each["ends_at"], each["ended_at"] or "", each["ended_why"]])
    return table(["role", "who", "way", "from", "until", "ended", "why"], rows)


def decisions(db: Session, group: GroupRow, voice: Voice, house: House) -> bytes:
    """Every entry of the register, in words."""
    rows = list(db.scalars(select(EntryRow).filter_by(group_id=group.id).order_by(EntryRow.place)))
    told = entries.told(db, group, rows, voice, house)
    hashes = [row.hash for row in rows]
    cells = [
        [entry.place, entry.at.isoformat(), entry.kind, say.words, digest]
        for (entry, say), digest in zip(told, hashes, strict=True)
    ]
    return table(["entry", "at", "kind", "what", "sha256"], cells)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return tables.table(head, rows).encode("utf-8-sig")
