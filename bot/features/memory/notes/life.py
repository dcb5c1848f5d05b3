"""The life of a note: in the register at once; contested while somebody objects; standing after a day, or by consent."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.commons import permissions, register, roll
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.memory.notes import store, texts
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import Decided, House, Question
from bot.routing.rooms import lock_group
from models import ChatRow, EntryRow, MemberRow, NoteRow

BOARD, PURPOSE = "note", "note.keep"
OBJECT_FOR = timedelta(days=1)


def put(call: Call, by: MemberRow, kind: str, text: str, corrects: int | None, said_by: str | None) -> NoteRow:
    note = NoteRow(group_id=call.group.id, kind=kind, text=text, corrects=corrects, by=by, reason="", state="announced")
    note.chat_id, note.thread, note.number = call.chat.id, call.event.origin.thread, register.next_number(call.group)
    note.noted_at, note.holds_at = call.now, call.now + OBJECT_FOR
    call.db.add(note)
    call.db.flush()
    earlier = f"D-{corrects}" if corrects else None
    facts = {"kind": kind, "corrects": earlier, "holds_at": note.holds_at.isoformat()}
    personal = {"by": roll.ref_of(by).label, "text": text} | ({"said_by": said_by} if said_by else {})
    entry = enter(call.db, note, "note", facts, personal, call.now, call.house)
    thread = note.thread
    put_up_everywhere(call.db, call.group.id, BOARD, note.id, call.now, home=call.chat, thread=thread, tells=entry)
    return note


def enter(
    db: Session, note: NoteRow, kind: str, facts: dict[str, Any], personal: dict[str, Any], now: datetime, house: House
) -> EntryRow:
    """Into the register; who and what stands outside the hashed part."""
    group, facts = lock_group(db, note.group_id), {"note": f"D-{note.number}"} | facts
    return register.enter(db, group, kind, facts, now=now, dice=house.dice, personal=personal)


def object_(call: Call, note: NoteRow, member: MemberRow, reason: str) -> None:
    """It is contested from now on, and the group is asked; where it cannot be, it stays so until the objection is taken back."""
    if note.state != "announced":
        raise Refused("note settled", number=note.number)
    if permissions.is_theirs(member, note.by_id):
        raise Refused("own note", number=note.number)
    note.state, note.objector, note.reason = "contested", member, reason
    personal = {"by": roll.ref_of(member).label, **({"reason": reason} if reason else {}), "text": note.text}
    enter(call.db, note, "note contested", {}, personal, call.now, call.house)
    try:
        with call.db.begin_nested():
            note.decision = ask(call, note)
    except Refused:
        note.decision = None
    boards.touch(call.db, BOARD, note.id, call.now)


def ask(call: Call, note: NoteRow) -> int:
    chat = call.db.get_one(ChatRow, note.chat_id)
    words = texts.question(Voice(call.group.language, call.group.zone), note.number, note.text)
    question = Question(call.group, chat, note.thread, note.by, words, PURPOSE, note.id)
    return call.house.ask(call.db, question, call.now, call.house)


def decided(db: Session, outcome: Decided, now: datetime, house: House) -> None:
    """The group has spoken. Without enough stances nothing is decided, and it stays contested."""
    note = store.locked(db, outcome.subject_id)
    if note.state == "contested" and note.decision == outcome.number and outcome.result in {"adopted", "blocked"}:
        end(db, note, "stands" if outcome.result == "adopted" else "dropped", now, house)


def withdraw(call: Call, note: NoteRow, member: MemberRow) -> None:
    """By whoever wrote it; or of an objection, by whoever objects: others may still object until its day is over."""
    if note.state not in store.OPEN:
        raise Refused("note settled", number=note.number)
    asked, note.decision = note.decision, None
    if note.state == "contested" and permissions.is_theirs(member, note.objector_id):
        note.state = "announced"
        enter(call.db, note, "note uncontested", {}, {"text": note.text}, call.now, call.house)
        boards.touch(call.db, BOARD, note.id, call.now)
    elif permissions.is_theirs(member, note.by_id):
        end(call.db, note, "withdrawn", call.now, call.house)
    else:
        raise Refused("not your note", number=note.number)
    if asked is not None:
        call.house.take_back(call.db, call.group, asked, call.now, call.house)


def end(db: Session, note: NoteRow, state: str, now: datetime, house: House) -> None:
    note.state, note.ended_at = state, now
    facts = {"result": state, "asked": f"D-{note.decision}" if note.decision else None}
    enter(db, note, "note ends", facts, {"text": note.text}, now, house)
    boards.touch(db, BOARD, note.id, now)
