"""Somebody's message is removed: what it said to a round is taken back, if its author removes it in time."""

import logging

from bot.chat.incoming import TakenBack
from bot.commons import permissions, roll
from bot.features.consent import stances, store
from bot.routing.feature import Call

log = logging.getLogger(__name__)


def taken_back(call: Call) -> None:
    """What others remove stands."""
    assert isinstance(call.event, TakenBack)
    member = roll.find(call.db, call.group, call.person) if call.chat.group else None
    for round_, stance in store.said_in(call.db, call.chat.group_id, call.event.of):
        if call.event.by_author and permissions.is_theirs(member, stance.member_id):
            stances.unsay(call.db, round_, stance, call.now)
        else:
            log.info("somebody else removed the message of a stance, which stands", extra={"round": round_.id})
