"""Handlers of the buttons on the board of a term: in the room, or in private to whoever holds it."""

from bot.chat.incoming import Ack
from bot.commons import permissions, private, roll
from bot.delivery import boards
from bot.features.mandates import renewals, store
from bot.features.mandates.faces import texts
from bot.features.mandates.reminders import BOARD
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MandateRow, MemberRow


def pressed(call: Call) -> tuple[MandateRow, MemberRow | None]:
    """Anyone can forge a button: it must be a mandate of this group's that runs; in private, one's own."""
    found = store.pressed(call.db, call.about)
    if found is None or call.chat.group_id not in (None, found.group_id):
        raise Refused("old button")
    if call.chat.kind == "private":
        member = private.about_group(call, found.group_id)
        if not permissions.is_theirs(member, found.member_id):
            raise Refused("old button")
    else:
        member = roll.find(call.db, call.group, call.person)
    if found.state != "running":
        raise Refused("term over")
    return found, member


def held(call: Call) -> MandateRow:
    """Only whoever holds it decides this."""
    mandate, member = pressed(call)
    if not permissions.is_theirs(member, mandate.member_id):
        raise Refused("for the holder")
    return mandate


def renew(call: Call) -> Ack:
    """Whoever holds it, or anybody on the roll, may have the others asked."""
    return Ack(texts.asked(call.voice, ask(call, *pressed(call))))


def ask(call: Call, mandate: MandateRow, member: MemberRow | None) -> int:
    if not permissions.renews(member, mandate.member_id):
        raise Refused("not on the roll")
    return renewals.ask(call, mandate, member)


def let_end(call: Call) -> Ack:
    """No reminder more, and no renewal: not even one that the others consent to."""
    mandate = held(call)
    no_more(call, mandate)
    return Ack(texts.lets_end(call.voice, mandate.ends_at))


def no_more(call: Call, mandate: MandateRow) -> None:
    mandate.outlook, mandate.remind_at = "let end", None
    boards.touch(call.db, BOARD, mandate.id, call.now)
