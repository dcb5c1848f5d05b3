"""Taking somebody out of what was said and heard: the outbox, what stands on boards, and events as they came."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.chat.message import to_json
from bot.delivery import boards
from bot.features.privacy import texts
from bot.features.privacy.traces import UNREADABLE, Traces, as_text, is_closed, opened, raw_spellings
from bot.language import Voice
from bot.routing.feature import voice_in
from models import AccountRow, ArrivalRow, BoardRow, ChatRow, DeadLetterRow, LinkCodeRow, PromiseRow, SeenRow, WaitingRow

AT_A_TIME = 500  # rows
Columns = InstrumentedAttribute[str]


def erase(db: Session, groups: Collection[int], traces: Traces, somebody: str, now: datetime) -> None:
    """What still waits to be said is said without their name; of what was said the words go, as they would after a day.

    In these groups' rooms, and in private chats: a name can be any word, and other groups are to keep theirs.
    """
    chats = select(ChatRow.id).where(or_(ChatRow.group_id.in_(groups), ChatRow.kind == "private"))
    promised = select(PromiseRow).where(PromiseRow.body.is_not(None), PromiseRow.chat_id.in_(chats))
    for row in db.scalars(promised.execution_options(yield_per=AT_A_TIME)):
        if row.body and (traces.is_in(opened(row.body)) or (is_closed(row.body) and row.chat.group_id in groups)):
            row.body = renamed(row, traces, somebody) if row.state == "waiting" else bare(row.body, traces, somebody)
    standing = select(BoardRow).where(BoardRow.face.is_not(None), BoardRow.group_id.in_(groups))
    for board in db.scalars(standing.execution_options(yield_per=AT_A_TIME)):
        if board.face and traces.is_in(opened(board.face)):
            board.face = bare(board.face, traces, somebody)
            boards.touch(db, board.kind, board.subject_id, now)
    db.flush()


def renamed(row: PromiseRow, traces: Traces, somebody: str) -> dict[str, Any]:
    """A file that tells of them is not sent any more, and the message says so."""
    body: dict[str, Any] = row.body or {}
    files = [file for file in body["attachments"] if file[1] not in UNREADABLE and not traces.is_in(as_text(*file[1:]))]
    blocks = [[kind, [unmentioned(span, traces, somebody) for span in spans]] for kind, spans in body["blocks"]]
    if len(files) < len(body["attachments"]):
        blocks += to_json(texts.file_gone(voice_in(row.chat, row.chat.group) if row.chat.group else Voice()))["blocks"]
    return {**body, "blocks": blocks, "rows": relabelled(body["rows"], traces, somebody), "attachments": files}


def unmentioned(span: list[str], traces: Traces, somebody: str) -> list[str]:
    if span[0] == "mention" and span[3] in traces.refs:
        return ["plain", somebody]
    return [span[0], *traces.replaced(span[1:2], somebody), *span[2:]]


def bare(body: dict[str, Any], traces: Traces, somebody: str) -> dict[str, Any] | None:
    """The buttons alone, for presses are looked up by them."""
    rows = relabelled(body["rows"], traces, somebody)
    return {"blocks": [], "rows": rows, "attachments": []} if rows else None


def relabelled(rows: list[list[list[Any]]], traces: Traces, somebody: str) -> list[list[list[Any]]]:
    """What buttons say, and never what they do."""
    return [[[traces.replaced(label, somebody), *rest] for label, *rest in row] for row in rows]


def erase_private(db: Session, accounts: Collection[AccountRow]) -> None:
    """The private chats with them, and all that was said there."""
    theirs = [chat.id for account in accounts for chat in db.scalars(select(ChatRow).where(private_with(account)))]
    for rows in (PromiseRow, BoardRow, LinkCodeRow):
        db.execute(delete(rows).where(rows.chat_id.in_(theirs)))
    db.execute(delete(ChatRow).where(ChatRow.id.in_(theirs)))


def private_with(account: AccountRow) -> ColumnElement[bool]:
    named = or_(ChatRow.person_ref == account.ref, ChatRow.ref.in_([account.ref, f"dm:{account.ref}"]))
    return (ChatRow.platform == account.platform) & (ChatRow.kind == "private") & named


def erase_events(db: Session, account: AccountRow) -> None:
    """Those that came from them, by their id, and the ids of events that were made of it."""
    needles = raw_spellings(account.ref)
    heard_by = (
        (ArrivalRow, ArrivalRow.account, ArrivalRow.raw),
        (DeadLetterRow, DeadLetterRow.platform, DeadLetterRow.raw),
        (WaitingRow, WaitingRow.platform, WaitingRow.raw),
    )
    for rows, heard, raw in heard_by:
        db.execute(delete(rows).where(on(heard, account.platform), or_(*(contains(raw, needle) for needle in needles))))
    named = or_(contains(SeenRow.event_id, f":{account.ref}:"), SeenRow.event_id.endswith(f":{account.ref}", autoescape=True))
    db.execute(delete(SeenRow).where(on(SeenRow.platform, account.platform), named))


def on(heard: Columns, platform: str) -> ColumnElement[bool]:
    """By any account of ours on the platform."""
    return or_(heard == platform, heard.startswith(f"{platform}.", autoescape=True))


def contains(column: Columns, text: str) -> ColumnElement[bool]:
    return column.contains(text, autoescape=True)
