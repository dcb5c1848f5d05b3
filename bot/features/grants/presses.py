"""The answer of whom the group has named."""

from bot.chat.incoming import Ack
from bot.commons import permissions, roll
from bot.features.grants import granting, store, texts
from bot.features.grants.elections import life
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import GrantRow


def accept(call: Call) -> Ack:
    grant = offered(call)
    made = granting.accept(call.db, grant, call.now, call.house)
    life.answered(call.db, grant, call.now, call.house)
    return Ack(texts.thanks(call.voice, isolated(grant.role), made.ends_at))


def decline(call: Call) -> Ack:
    grant = offered(call)
    granting.settle(call.db, grant, "declined", call.now)
    life.answered(call.db, grant, call.now, call.house)
    return Ack(texts.noted(call.voice))


def offered(call: Call) -> GrantRow:
    """What the pressed button is about. Refused unless it waits for an answer of whoever pressed."""
    grant = store.in_group(call.db, call.group.id, call.about[0]) if len(call.about) == 1 else None
    if grant is None:
        raise Refused("old button")
    member = roll.find(call.db, call.group, call.person)
    if not permissions.is_theirs(member, grant.member_id):
        raise Refused("not named")
    if grant.state != "offered":
        raise Refused("answered before")
    if grant.answer_by is not None and grant.answer_by <= call.now:
        raise Refused("answered too late")
    return grant
