"""Codes: given out in one place, brought to another, good for one use; only their hashes are kept."""

from bot.commons import roll
from bot.commons.canonical import sha256
from bot.commons.codes import code_from, read_code
from bot.features.links import rules, store
from bot.refusal import Refused
from bot.routing.feature import Call
from models import LinkCodeRow, LinkTryRow


def give(call: Call) -> str:
    account = roll.account_of(call.db, call.event.origin, call.now)
    code = code_from(call.house.dice.secret())
    row = LinkCodeRow(digest=sha256(code), chat_id=call.chat.id, account=account)
    row.made_at, row.expires_at = call.now, call.now + rules.GOOD_FOR
    call.db.add(row)
    return code


def bring(call: Call) -> LinkCodeRow | None:
    """The code that was brought, for the caller to use up; None for a wrong one, which is counted.

    Refused: what cannot be a code, one that is over, one for the other kind of chat, or too many wrong ones.
    """
    account = roll.account_of(call.db, call.event.origin, call.now)
    if store.wrong_tries(call.db, account, since=call.now - rules.WRONG_FOR) >= rules.MOST_WRONG:
        raise Refused("too many codes")
    found = store.code(call.db, sha256(read_code(call.text)))
    if found is None:
        call.db.add(LinkTryRow(account_id=account.id, tried_at=call.now))
        return None
    rules.check_code(call.now, found.expires_at, found.used_at is not None)
    if found.chat.kind != call.chat.kind:
        raise Refused("code for a room") if found.chat.kind == "group" else Refused("code for a person")
    return found
