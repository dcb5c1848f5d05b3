"""An election is opened: what for, until when, and who may take part."""

from datetime import timedelta

from bot.commons import circles, electorate, register, roles, roll
from bot.commons.rooms import put_up_everywhere
from bot.commons.when import Clause, read_clauses
from bot.commons.when.kinds import fits_span
from bot.features.grants import granting
from bot.features.grants.elections import settings, store
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded, tidy
from models import ElectionRow

WITHIN = Clause("within", ("within", "plazo", "en un plazo de"), fits_span, prose=True)
OPTIONS = ("until", "for", WITHIN)


def open_election(call: Call) -> None:
    """`/nominate facilitator for 3 months within 2 days`"""
    text, options = read_clauses(call.text, OPTIONS)
    role = tidy(text, roles.NAME_LIMIT + 1)
    check_role(call, role)
    term, length = granting.term_of(call, options, ""), settings.LENGTH.of(call.group)
    if "within" in options:
        length = settings.read_naming_time(options["within"])
    frozen = electorate.freeze(call.db, call.group, call.now)
    if not frozen.size:
        raise Refused("nobody to nominate")
    opener = roll.known(call.db, call.group, call.event.origin, call.now)
    made = ElectionRow(group_id=call.group.id, chat_id=call.chat.id, thread=call.event.origin.thread, role=role)
    made.role_key, made.term, made.until_at, made.length = folded(role), term.words, term.until, length
    made.opener, made.electorate, made.number = opener, frozen, register.next_number(call.group)
    made.opened_at, made.ends_at = call.now, call.now + timedelta(seconds=length)
    made.wakes_at = made.ends_at
    call.db.add(made)
    call.db.flush()
    put_up_everywhere(call.db, call.group.id, "election", made.id, call.now, home=call.chat, thread=made.thread)


def check_role(call: Call, role: str) -> None:
    """Refused: no name, too long a one, a circle's, or somebody is being chosen for it already."""
    if not role:
        raise Refused("nominate for what")
    if len(role) > roles.NAME_LIMIT:
        raise Refused("role too long", limit=roles.NAME_LIMIT)
    circles.check_role(call.db, call.group, role)
    if already := store.of_role(call.db, call.group, folded(role)):
        raise Refused("election runs", number=already.number)
