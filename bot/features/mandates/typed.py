"""What the buttons of a term do, for those who type: another term, or none."""

from bot.chat.message import message
from bot.commons import mandates, permissions, private, roll
from bot.features.mandates import extensions, presses
from bot.features.mandates.commands import own
from bot.features.mandates.faces import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import MandateRow


def renew(call: Call) -> None:
    """`/renew treasurer`: the board of the round in which the others are asked is the answer; in private, its number."""
    if call.chat.group_id is not None:
        presses.ask(call, meant(call), roll.find(call.db, call.group, call.person))
        return
    mandate = own(call, "renew")
    private.about_group(call, mandate.group_id)
    call.answer(message(texts.asked(call.voice, presses.ask(call, mandate, mandate.member))))


def let_end(call: Call) -> None:
    """`/letend treasurer`, by whoever holds it."""
    mandate = own(call, "letend")
    private.about_group(call, mandate.group_id)
    presses.no_more(call, mandate)
    call.answer(message(texts.lets_end(call.voice, mandate.ends_at)))


def meant(call: Call) -> MandateRow:
    """Anybody's: in the role that is named; without a name the speaker's only one, or the only one that there is."""
    if (found := extensions.of_role(call, call.text, "renew")) is not None:
        return call.db.get_one(MandateRow, found[0])
    running, member = mandates.running(call.db, call.group), roll.find(call.db, call.group, call.person)
    mine = [each for each in running if permissions.is_theirs(member, each.member_id)]
    alone = next((found for found in (mine, running) if len(found) == 1), None)
    if alone is None or call.text:
        raise unclear(running)
    return alone[0]


def unclear(running: list[MandateRow]) -> Refused:
    roles = list(dict.fromkeys(isolated(each.role.name) for each in running))
    return Refused("which term", roles=roles) if roles else Refused("no term runs")
