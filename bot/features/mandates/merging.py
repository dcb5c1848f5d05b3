"""Two members turn out to be one person, or somebody who holds a mandate leaves the room."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates, roll
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.mandates import store, texts
from bot.features.mandates.reminders import BOARD
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import OnePerson, prefix_on
from bot.tidy import isolated
from models import ChatRow, MandateRow


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What `gone` held and holds is `kept`'s: nobody has two seats in a role, or serves anew under another account.

    Refused while the others are asked about either of them: in that the person must have no say, and one of the two has.
    """
    theirs = store.of_member(db, found.gone)
    serves_in = {each.role_id for each in store.of_member(db, found.kept) if each.state == "running"}
    for mandate in (*theirs, *store.of_member(db, found.kept)):
        if mandate.asked_number is not None:
            raise Refused("link waits", number=mandate.asked_number)
    for mandate in theirs:
        if mandate.state == "running" and mandate.role_id in serves_in:
            unlink(db, mandate, found)
        mandate.member = found.kept
        boards.touch(db, BOARD, mandate.id, found.now)
    db.flush()
    return ()


def unlink(db: Session, mandate: MandateRow, found: OnePerson) -> None:
    """One of two seats in the same role is free again."""
    mandates.end(db, mandate, "unlinked", found.now, found.house, pass_on=True)
    name, role = roll.name_in(db, found.kept), isolated(mandate.role.name)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.one_seat(v, name, role)

    say_everywhere(db, mandate.group_id, words, f"mandate:{mandate.id}:unlinked", found.now)


def left(call: Call) -> None:
    """Somebody left the room by which they came: the mandate stands, and the rooms are told once how it can be ended."""
    member = roll.find(call.db, call.group, call.person) if call.chat.group else None
    running = mandates.running(call.db, call.group, member=member) if member and roll.lives_in(member, call.chat) else []
    if member is None or not running:
        return
    name = roll.name_in(call.db, member)
    stands = [(isolated(mandate.role.name), mandate.ends_at) for mandate in running]

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.left(v, name, stands, prefix_on(chat.platform))

    newest = max(mandate.id for mandate in running)
    say_everywhere(call.db, call.group.id, words, f"mandate:{newest}:left", call.now)
