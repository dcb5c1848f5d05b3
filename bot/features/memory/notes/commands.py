"""Handlers of notes: /note, /decided, and what becomes of one."""

import re

from bot.chat.incoming import Ack, Quoted
from bot.commons import permissions
from bot.delivery import boards
from bot.features.memory.notes import life, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, NoteRow

LONGEST = 2_000  # characters
EARLIER = re.compile(r"D-(\d{1,9})[\s:,]+", re.IGNORECASE | re.ASCII)


def note(call: Call) -> None:
    """`/note The spare key hangs in the shed.`; `/note D-17 It was the 5th, not the 4th.`"""
    found = EARLIER.match(call.text)
    earlier = int(found[1]) if found else None
    if earlier is not None and not 1 <= earlier <= call.group.last_number:
        raise Refused("no such decision", number=earlier)
    text = call.text[found.end() :] if found else call.text
    put(call, "note", text, earlier)


def decided(call: Call) -> None:
    """In reply to the message that says it, or with the words behind the command."""
    if call.text:
        put(call, "decided", call.text, None)
    else:
        put(call, "decided", call.quoted.text if call.quoted else "", None, call.quoted)


def put(call: Call, kind: str, text: str, corrects: int | None, quoted: Quoted | None = None) -> None:
    member = writer(call)
    if not text.strip():
        raise Refused("nothing noted", kind=kind)
    if len(text) > LONGEST:
        raise Refused("note too long", most=LONGEST)
    said_by = quoted.by.label if quoted and quoted.by and not quoted.mine else None
    life.put(call, member, kind, text.strip(), corrects, said_by)


def writer(call: Call) -> MemberRow:
    return permissions.on_the_roll(call, "notes from the roll")


def objector(call: Call) -> MemberRow:
    return permissions.on_the_roll(call, "roll to object")


def object_by_button(call: Call) -> Ack:
    found = store.pressed(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None or not boards.may_stand(call.db, life.BOARD, found.id):
        raise Refused("old button")
    life.object_(call, found, objector(call), "")
    return Ack(texts.objected(call.voice, found.number, found.decision, call.prefix))


def object_in_words(call: Call, note_id: int) -> None:
    found = store.locked(call.db, note_id)
    if len(call.text) > LONGEST:
        raise Refused("note too long", most=LONGEST)
    life.object_(call, found, objector(call), call.text)
    call.answer(texts.said(texts.objected(call.voice, found.number, found.decision, call.prefix)))


def withdraw(call: Call, note_id: int) -> None:
    found: NoteRow = store.locked(call.db, note_id)
    life.withdraw(call, found, writer(call))
    call.answer(texts.said(texts.taken_back(call.voice, found.number, found.state)))
