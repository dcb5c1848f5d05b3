"""A longer term: by the consent of the others, once, and by no more than a term."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates, naming, permissions, roles, roll
from bot.commons.rolenames import role_named
from bot.commons.rooms import say_everywhere
from bot.commons.when import after, read_instant, read_span
from bot.features.mandates import renewals, rules, store, texts
from bot.features.mandates.faces import texts as faces
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, Matter
from bot.routing.house import Decided, House
from bot.tidy import isolated
from models import ChatRow, GroupRow, MandateRow, RoleRow

EXTEND = "mandate.extend"


def named(call: Call, words: str) -> tuple[int, str] | None:
    return of_role(call, words, "extend")


def of_role(call: Call, words: str, verb: str) -> tuple[int, str] | None:
    """The mandate in the role that the words begin with, and what follows; None if they name none of the group's roles."""
    known = {role.key: role for role in roles.all_of(call.db, call.group)}
    found = role_named(words, known.keys())
    if found is None:
        return None
    role, rest = known[found[0]], found[1]
    running = mandates.running(call.db, call.group, role)
    if not running:
        raise Refused("nobody serves", role=isolated(role.name))
    if len(running) == 1 and not rest.startswith("@"):
        return running[0].id, rest
    return whose(call, role, running, rest, verb)


def whose(call: Call, role: RoleRow, running: list[MandateRow], words: str, verb: str) -> tuple[int, str]:
    """Of several who hold it, the one who is named."""
    try:
        member, rest = naming.named(call, words)
    except Refused:
        member, rest = None, words
    found = next((mandate for mandate in running if permissions.is_theirs(member, mandate.member_id)), None)
    if found is None:
        names = roll.names_in(call.db, [mandate.member for mandate in running])
        raise Refused("which holder", role=isolated(role.name), names=names, verb=verb)
    return found.id, rest


def extend(call: Call, mandate_id: int) -> None:
    """The others are asked; their round's board is the answer."""
    mandate = call.db.get_one(MandateRow, mandate_id)
    by = roll.find(call.db, call.group, call.person)
    if not permissions.renews(by, mandate.member_id):
        raise Refused("not on the roll")
    check(mandate, by.id)
    until = read_until(call, mandate)
    text = faces.longer(
        voice_of(call.group), roll.name_in(call.db, mandate.member), isolated(mandate.role.name), mandate.ends_at, until
    )
    renewals.put(call, call.group, mandate, by, text, EXTEND)
    mandate.asked_until = until


def check(mandate: MandateRow, by_id: int) -> None:
    renewals.check(mandate, by_id)
    if mandate.extended:
        raise Refused("extended before")


def read_until(call: Call, mandate: MandateRow) -> datetime:
    """`2 weeks` more, or `until Friday`."""
    if not call.text:
        raise Refused("extend how long", role=isolated(mandate.role.name))
    words, is_until = rules.read_more(call.text)
    until = read_instant(words, call.now, call.voice) if is_until else after(read_span(words), mandate.ends_at, call.voice.zone)
    longest = roles.term_end(call.group, mandate.role, mandate.ends_at)
    if until <= mandate.ends_at:
        raise Refused("not later than it ends", until=mandate.ends_at)
    if until > longest:
        raise Refused("extension too long", until=longest)
    return until


def voice_of(group: GroupRow) -> Voice:
    return Voice(group.language, group.zone)


def answered(db: Session, decided: Decided, now: datetime, house: House) -> None:
    """It ends later, if it runs still and whoever holds it has not wished it to end."""
    mandate = store.answered(db, decided, now)
    until, mandate.asked_until = mandate.asked_until, None
    if decided.result != "adopted" or until is None or mandate.outlook == "let end":
        return
    if mandate.state == "running":
        mandates.extend(db, mandate, until, now, house)
    elif mandate.ended_why == "expired":
        tell_too_late(db, mandate, now)


def tell_too_late(db: Session, mandate: MandateRow, now: datetime) -> None:
    role = isolated(mandate.role.name)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.seat_gone(v, role)

    say_everywhere(db, mandate.group_id, words, f"mandate:{mandate.id}:late", now)


def find(db: Session, group: GroupRow, number: int) -> None:
    """Mandates have no D-numbers."""


def open_ones(db: Session, group: GroupRow) -> list[int]:
    return []


MATTER = Matter(find, open_ones, {"extend": extend}, named)
