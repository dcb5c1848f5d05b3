"""Who supports a recall, and who takes that back; the opener takes back the whole."""

from bot.chat.incoming import Ack
from bot.commons import permissions, roll, tenure
from bot.delivery import boards
from bot.features.recall import deciding, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, RecallRow, SupportRow


def support(call: Call) -> Ack:
    recall, member = gathering(call)
    if store.support_of(call.db, recall, member) is not None:
        return Ack(texts.supported(call.voice, new=False))
    call.db.add(SupportRow(recall_id=recall.id, member_id=member.id, group_id=recall.group_id, given_at=call.now))
    call.db.flush()
    boards.touch(call.db, "recall", recall.id, call.now)
    if not deciding.enough(call.db, recall):
        return Ack(texts.supported(call.voice, new=True))
    deciding.begin(call.db, recall, call.now, call.house)
    return Ack(texts.asked(call.voice, recall.question_number or 0))


def no_more(call: Call) -> Ack:
    recall, member = gathering(call)
    mine = store.support_of(call.db, recall, member)
    if mine is None:
        raise Refused("recall not supported")
    call.db.delete(mine)
    boards.touch(call.db, "recall", recall.id, call.now)
    return Ack(texts.no_more(call.voice))


def pressed(call: Call) -> RecallRow:
    """Anyone can forge a button: it must be a recall of this group's, whose board stands somewhere."""
    found = store.pressed(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None or not boards.may_stand(call.db, "recall", found.id):
        raise Refused("old button")
    return found


def gathering(call: Call) -> tuple[RecallRow, MemberRow]:
    """Refused: it does not look for supporters, or not for this one."""
    recall, member = pressed(call), roll.find(call.db, call.group, call.person)
    if recall.state == "deciding":
        raise Refused("recall is decided on", number=recall.question_number)
    if recall.state != "gathering" or recall.mandate.state != "running":
        raise Refused("recall over", number=recall.number)
    if not permissions.belongs(member):
        raise Refused("not on the roll")
    if permissions.is_theirs(member, recall.holder_id):
        raise Refused("recall about you", number=recall.number)
    if member.joined_at > tenure.since(call.db, call.group, recall.opened_at):
        raise Refused("recall too new")
    return recall, member


def withdraw(call: Call, recall_id: int) -> None:
    """By whoever opened it, while it looks for supporters."""
    recall, member = store.locked(call.db, recall_id), roll.find(call.db, call.group, call.person)
    if recall.state == "deciding":
        raise Refused("recall is decided on", number=recall.question_number)
    if recall.state != "gathering":
        raise Refused("recall over", number=recall.number)
    if not permissions.is_theirs(member, recall.opener_id):
        raise Refused("recall not yours", number=recall.number)
    deciding.end(call.db, recall, "withdrawn", call.now, call.house)
    call.answer(texts.withdrawn(call.voice, recall.number, roll.name_of(member)))
