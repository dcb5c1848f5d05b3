"""The handler of /quotas."""

from bot.commons import roll
from bot.features.lots import rules, store
from bot.features.lots.balances import files, strata, telling, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated


def quotas(call: Call) -> None:
    draw = store.by_number(call.db, call.group, rules.read_number(call.text))
    if draw is None:
        raise Refused("no such draw")
    found, told = strata.read(draw.pool_document), telling.balance_of(draw, call.chat.platform)
    if found is None or told is None:
        raise Refused("not balanced", number=draw.number)
    tickets = store.tickets(call.db, draw)
    names = dict(zip([t.label for t in tickets], roll.names_in(call.db, [t.member for t in tickets]), strict=True))
    attached = files.exchange(draw.number, found, draw.seats, names)
    call.answer(texts.quotas(call.voice, told, isolated(draw.role), attached))
