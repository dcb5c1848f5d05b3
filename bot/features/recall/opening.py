"""A recall is opened: of whom, in which role, and how many must support it."""

from bot.commons import electorate, mandates, permissions, register, roll
from bot.commons.electorate import Terms
from bot.commons.naming import named
from bot.commons.rolenames import role_named
from bot.commons.rooms import put_up_everywhere
from bot.commons.secrecy import LEAST_ELECTORS
from bot.delivery import boards
from bot.features.recall import deciding, rules, store
from bot.features.recall.settings import MEANWHILE, METHOD, SUPPORTERS
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import MandateRow, MemberRow, RecallRow, SupportRow


def recall(call: Call) -> None:
    """`/recall @anna treasurer because the books are closed to us`"""
    opener = permissions.on_the_roll(call, "not on the roll")
    holder, words = named(call, call.text)
    if permissions.is_theirs(opener, holder.id):
        raise Refused("recall oneself")
    mandate, reason = meant(call, holder, words)
    if already := store.of_mandate(call.db, mandate):
        boards.put_up(call.db, call.chat, "recall", already.id, now=call.now, thread=call.event.origin.thread)
        return
    needed = supporters(call, opener, mandate)
    made = write(call, opener, mandate, rules.read_reason(reason), needed)
    put_up_everywhere(call.db, made.group_id, "recall", made.id, call.now, home=call.chat, thread=made.thread)
    if deciding.enough(call.db, made):
        deciding.begin(call.db, made, call.now, call.house)


def meant(call: Call, holder: MemberRow, words: str) -> tuple[MandateRow, str]:
    """The mandate that is named, or the only one; and the reason. Refused: they hold none, or not this one."""
    held = [each for each in mandates.running(call.db, call.group, member=holder) if each.ends_at > call.now]
    if not held:
        raise Refused("recall holds nothing", name=roll.name_in(call.db, holder))
    if found := role_named(words, {each.role.key for each in held}):
        return next(each for each in held if each.role.key == found[0]), found[1]
    if len(held) == 1 and rules.is_reason(words):
        return held[0], words
    raise Refused("recall which role", name=roll.name_in(call.db, holder), roles=[isolated(each.role.name) for each in held])


def supporters(call: Call, opener: MemberRow, mandate: MandateRow) -> int:
    """Refused: who is too new to have a say, who had it asked lately, and a secret that few could not keep."""
    terms = Terms(without=(mandate.member,))
    others = electorate.eligible(call.db, call.group, call.now, terms)
    if opener.id not in {member.id for member in others}:
        raise Refused("recall too new")
    if METHOD.of(call.group) == "secret majority" and len(others) < LEAST_ELECTORS:
        raise Refused("recall few for secret", least=LEAST_ELECTORS, others=len(others))
    before = store.came_to_nothing(call.db, mandate, call.now - rules.PEACE)
    rules.check_peace(opener.id, before)
    usual = rules.supporters(len(others), roll.count(call.db, call.group), SUPPORTERS.of(call.group))
    return rules.supporters_again(len(others), usual, before)


def write(call: Call, opener: MemberRow, mandate: MandateRow, reason: str, needed: int) -> RecallRow:
    """Down, and into the register; whoever opens it is the first to support it."""
    group = call.group
    made = RecallRow(group_id=group.id, chat_id=call.chat.id, thread=call.event.origin.thread, mandate=mandate)
    made.number, made.holder, made.opener = register.next_number(group), mandate.member, opener
    made.reason, made.method, made.suspends = reason, METHOD.of(group), MEANWHILE.of(group) == "rests"
    made.needed, made.opened_at, made.closes_at = needed, call.now, call.now + rules.OPEN_FOR
    call.db.add(made)
    call.db.flush()
    call.db.add(SupportRow(recall_id=made.id, member_id=opener.id, group_id=group.id, given_at=call.now))
    call.db.flush()
    facts = {"recall": f"D-{made.number}", "mandate": mandate.id, "supporters": needed, "method": made.method}
    personal = {"role": mandate.role.name, "label": roll.ref_of(mandate.member).label, "by": roll.ref_of(opener).label}
    register.enter(
        call.db, group, "recall opens", facts, now=call.now, dice=call.house.dice, personal=personal | {"reason": reason}
    )
    return made
