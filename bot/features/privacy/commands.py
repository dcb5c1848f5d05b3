"""Handlers of privacy: find, decide, save, announce."""

from sqlalchemy import select

from bot.chat.incoming import Ack
from bot.features.privacy import erasing, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from models import AccountRow

MYSELF = frozenset({"me", "myself", "yo", "mí", "mi", "a mí", "a mi"})


def forget(call: Call) -> None:
    """Asks once what it would do, and does nothing yet."""
    if call.text.casefold().strip() not in MYSELF:
        raise Refused("forget whom")
    call.answer(texts.asks(call.voice, own_account(call).id))


def go(call: Call) -> Ack:
    account = own_account(call)
    if call.about != (str(account.id),):
        raise Refused("not theirs")
    erasing.forget(call.db, account, call.now, call.house)
    return Ack(texts.forgotten(call.voice))


def own_account(call: Call) -> AccountRow:
    who = call.person
    found = call.db.scalar(select(AccountRow).filter_by(platform=who.platform, ref=who.id))
    if found is None:
        raise Refused("nothing known")
    return found
