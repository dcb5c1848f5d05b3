"""Another term, or a longer one: the others are asked, and what they said is done."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates, permissions, roles, roll
from bot.commons.mandates import Beginning
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.mandates import rules, store, texts
from bot.features.mandates.faces import texts as faces
from bot.features.mandates.reminders import BOARD
from bot.features.mandates.successors import renewed_term
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import Decided, House, Question
from bot.routing.rooms import rooms_of
from bot.tidy import isolated
from models import ChatRow, GroupRow, MandateRow, MemberRow

RENEW = "mandate.renew"


def ask(call: Call, mandate: MandateRow, by: MemberRow) -> int:
    """Whether another term follows. Gives the D-number of the round."""
    check(mandate, by.id)
    group = call.db.get_one(GroupRow, mandate.group_id)
    number = put(call, group, mandate, by, wording(call.db, group, mandate), RENEW)
    mandate.outlook = "asked"
    return number


def check(mandate: MandateRow, by_id: int) -> None:
    """Refused: it is asked already, or needs not to be."""
    if mandate.asked_number is not None:
        raise Refused("asked about it", number=mandate.asked_number)
    if mandate.outlook == "renewed":
        raise Refused("renewed already")
    if mandate.outlook == "let end" and by_id != mandate.member_id:
        raise Refused("wants it to end")


def put(call: Call, group: GroupRow, mandate: MandateRow, by: MemberRow, text: str, purpose: str) -> int:
    """To all but the holder, where it was asked for, or in the mandate's own room."""
    home, thread = place(call, group, mandate)
    question = Question(group, home, thread, by, text, purpose, mandate.id, without=(mandate.member,))
    mandate.asked_number = call.house.ask(call.db, question, call.now, call.house)
    boards.touch(call.db, BOARD, mandate.id, call.now)
    return mandate.asked_number


def place(call: Call, group: GroupRow, mandate: MandateRow) -> tuple[ChatRow, str | None]:
    if call.chat.group_id == group.id:
        return call.chat, call.event.origin.thread
    rooms = rooms_of(call.db, group.id)
    if not rooms:
        raise Refused("old button")
    return next((room for room in rooms if room.id == mandate.chat_id), rooms[0]), None


def wording(db: Session, group: GroupRow, mandate: MandateRow) -> str:
    """In the group's language; plainly also that it would be more than the role allows."""
    v, until = Voice(group.language, group.zone), roles.term_end(group, mandate.role, mandate.ends_at)
    words = faces.question(v, roll.name_in(db, mandate.member), isolated(mandate.role.name), mandate.ends_at, until)
    most = mandate.role.most_terms
    return f"{words} {faces.too_many(v, mandate.term_count + 1, most)}" if rules.beyond(mandate.term_count, most) else words


def answered(db: Session, decided: Decided, now: datetime, house: House) -> None:
    """In time it is noted, and the new term begins when the old one ends; too late, it begins now."""
    mandate = store.answered(db, decided, now)
    wished = mandate.outlook != "let end"
    if mandate.outlook == "asked":
        mandate.outlook = "open"
    if decided.result != "adopted" or not wished:
        return
    if mandate.state == "running":
        mandate.outlook, mandate.remind_at = "renewed", None
    elif mandate.ended_why == "expired":
        begin_late(db, decided.group, mandate, now, house)


def begin_late(db: Session, group: GroupRow, mandate: MandateRow, now: datetime, house: House) -> None:
    """The old term had ended by then: there is a gap between the two."""
    made = begin(db, group, mandate, now, now, house)
    role = isolated(mandate.role.name)
    new = renewed_term(db, made) if made else None

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.renewed(v, new) if new else texts.seat_gone(v, role)

    say_everywhere(db, group.id, words, f"mandate:{mandate.id}:late", now)


def begin(db: Session, group: GroupRow, mandate: MandateRow, at: datetime, now: datetime, house: House) -> MandateRow | None:
    """The term that the group has consented to; None if the seat, the role or the person is not there for it any more."""
    role, member = mandate.role, mandate.member
    barred = mandates.bar(db, group, role, member, at)
    taken = len(mandates.running(db, group, role)) >= role.seats
    if not permissions.belongs(member) or role.state != "open" or taken or (barred and barred.why in {"serves", "recalled"}):
        return None
    how = Beginning("renewal", mandate.chat_id, mandate.draw_id, by_consent=True, starts_at=at)
    return mandates.begin(db, group, role, member, how, now, house)
