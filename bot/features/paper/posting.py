"""From the wish for a bulletin to its message: gathered in a transaction, printed outside of any, posted in another."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.chat.message import Attachment
from bot.commons.canonical import sha256
from bot.delivery.outbox import say
from bot.features.paper import sheet, texts
from bot.features.paper.gathering import gathered
from bot.features.paper.page import Page, kept, page_of
from bot.routing.feature import Due, Errand, Sweep, voice_in
from bot.routing.house import House
from bot.routing.rooms import lock_group
from models import BulletinRow, ChatRow, GroupRow
from models.database import add_if_new


def ask(
    db: Session, chat: ChatRow, group: GroupRow, now: datetime, key: str, thread: str | None = None, reply_to: str | None = None
) -> None:
    """With the same key once, and for a room that waits for one already not another."""
    if db.scalar(select(BulletinRow.id).filter_by(chat_id=chat.id).limit(1)) is None:
        place = {"thread": thread, "reply_to": reply_to}
        add_if_new(db, BulletinRow, group_id=group.id, chat_id=chat.id, key=key, asked_at=now, page=None, **place)


def due(db: Session, now: datetime) -> Sequence[Due]:
    wanted = db.scalars(select(BulletinRow).where(BulletinRow.page.is_(None)).order_by(BulletinRow.id))
    return [Due(row.id, row.asked_at, row.group_id) for row in wanted]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(BulletinRow.asked_at)).where(BulletinRow.page.is_(None)))


def settle(db: Session, row_id: int, now: datetime, house: House) -> None:
    """What it tells is what stands now; without a press it is posted as it is."""
    row = db.get_one(BulletinRow, row_id)
    page = gathered(db, db.get_one(ChatRow, row.chat_id), lock_group(db, row.group_id), now, house)
    row.page = kept(page)
    if house.print_page is None:
        post(db, row, page, None, now, house)


def wanted(db: Session, now: datetime) -> Sequence[tuple[int, str]]:
    rows = db.scalars(select(BulletinRow).where(BulletinRow.page.is_not(None)).order_by(BulletinRow.id))
    return [(row.id, json.dumps(row.page)) for row in rows]


async def fetch(page: str, house: House) -> bytes | None:
    """The PDF behind the fingerprint of its page."""
    pdf = await house.print_page(page) if house.print_page else None
    return fingerprint(page) + pdf if pdf else None


def bring(db: Session, row_id: int, printed: bytes | None, now: datetime, house: House) -> None:
    """What was printed from a page that has been gathered anew since is thrown away."""
    row = db.get(BulletinRow, row_id, with_for_update=True)
    if row is None or row.page is None:
        return
    mark = fingerprint(json.dumps(row.page))
    if printed is None or printed.startswith(mark):
        post(db, row, page_of(row.page), printed[len(mark) :] if printed else None, now, house)


def fingerprint(page: str) -> bytes:
    return sha256(page).encode()


def post(db: Session, row: BulletinRow, page: Page, pdf: bytes | None, now: datetime, house: House) -> None:
    chat, group = db.get_one(ChatRow, row.chat_id), db.get_one(GroupRow, row.group_id)
    v = voice_in(chat, group)
    name = f"bulletin-{row.asked_at.astimezone(v.zone):%Y-%m-%d}"
    printed = [Attachment(f"{name}.pdf", "application/pdf", pdf)] if pdf else []
    files = [*printed, Attachment(f"{name}.html", "text/html", sheet.written(page))]
    said = texts.posted(v, row.asked_at, pdf is not None, house.print_page is not None).with_attachments(*files)
    say(db, chat, said, key=row.key, now=now, must=True, thread=row.thread, reply_to=row.reply_to)
    db.delete(row)


SHEETS = Sweep("bulletins", due, upcoming, settle, after_intake=False)
PRINT = Errand("bulletins", wanted, fetch, bring)
