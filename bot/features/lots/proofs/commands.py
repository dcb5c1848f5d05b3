"""The handler of /verify."""

from bot.chat.message import Message
from bot.commons import lots, roll
from bot.features.lots import chances, rules, store
from bot.features.lots.balances import sealed
from bot.features.lots.balances.texts import chosen_follow
from bot.features.lots.beacon import texts as beacon_texts
from bot.features.lots.proofs import texts
from bot.features.lots.proofs.texts import receipt_name
from bot.refusal import Refused
from bot.routing.feature import Call
from models import DrawRow


def verify(call: Call) -> None:
    found = store.by_number(call.db, call.group, rules.read_number(call.text))
    if found is None:
        raise Refused("no such draw")
    if found.state != "drawn":
        raise Refused("not drawn yet", number=found.number)
    if not rules.is_whole(found.pool_document):
        raise Refused("pool forgotten", number=found.number, hash=chances.fingerprint_of(call.db, found))
    said = hat_proof(call, found) if found.signature is None else beacon_proof(call, found, found.signature)
    more = chosen_follow(call.voice, chosen(call, found), receipt_name(found.number))
    call.answer(said + Message(tuple(more)))


def hat_proof(call: Call, found: DrawRow) -> Message:
    shakes = store.shakes(call.db, found)
    facts = texts.Proof(
        number=found.number,
        fingerprint=lots.fingerprint(found.pool_document),
        commitment=lots.commitment(found.secret),
        secret=found.secret.hex(),
        chance=chances.chance_of(call.db, found).hex(),
        order=order_of(call, found),
        shakes=len(shakes),
        document=found.pool_document,
        receipt=chances.receipt_of(call.db, found),
    )
    return texts.proof(call.voice, facts)


def beacon_proof(call: Call, found: DrawRow, signature: bytes) -> Message:
    facts = beacon_texts.Proof(
        number=found.number,
        round_=found.beacon_round or 0,
        fingerprint=lots.fingerprint(found.pool_document),
        signature=signature.hex(),
        chance=chances.chance_of(call.db, found).hex(),
        order=order_of(call, found),
        document=found.pool_document,
        receipt=chances.receipt_of(call.db, found),
    )
    return beacon_texts.proof(call.voice, facts)


def order_of(call: Call, found: DrawRow) -> list[str]:
    return roll.names_in(call.db, [ticket.member for ticket in store.tickets(call.db, found)])


def chosen(call: Call, found: DrawRow) -> list[str]:
    """Of a balanced draw the names of those whom the quotas choose."""
    labels = sealed.chosen(call.db, found)
    members = {ticket.label: ticket.member for ticket in store.tickets(call.db, found)}
    return roll.names_in(call.db, [members[label] for label in labels])
