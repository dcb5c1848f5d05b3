"""Handlers of privacy: find, decide, save, announce."""

import json

from sqlalchemy import select

from bot.chat.incoming import Ack
from bot.chat.message import Attachment, Message
from bot.commons import permissions, private
from bot.delivery.outbox import say
from bot.features.privacy import erasing, holdings, texts, waiting
from bot.refusal import Refused
from bot.routing.feature import Call, voice_of
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import AccountRow, ChatRow

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
    waits_for = waiting.forget(call.db, account, call.now, call.house)
    if waits_for is not None:
        return Ack(texts.waits(call.voice, waits_for))
    if call.chat.kind == "group":
        call.answer(texts.forgotten_here(call.voice))
    return Ack(texts.forgotten(call.voice))


def mydata(call: Call) -> None:
    """In the private chat alone; from a room it goes there."""
    account = own_account(call)
    chat = call.chat if call.chat.kind == "private" else private.room_of(call.db, account.person, call.now)
    if chat is None:
        raise Refused("mydata in private")
    say(call.db, chat, told(call, chat, account), key=f"{call.key}:{holdings.GIVEN}", now=call.now)
    if chat.id != call.chat.id:
        call.answer(texts.sent_apart(call.voice))


def told(call: Call, chat: ChatRow, account: AccountRow) -> Message:
    found = holdings.of(call.db, account)
    groups = [
        texts.Part(isolated(group.title), permissions.belongs(member)) for group, member in holdings.groups_of(call.db, account)
    ]
    names = [isolated(each.name) for each in erasing.accounts_of(call.db, account)]
    content = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode()
    figures = {name: len(rows) for name, rows in found.items()}
    facts = texts.Held(names, groups, figures, prefix_on(chat.platform))
    return texts.held(voice_of(chat, call.house), facts).with_attachments(Attachment("mydata.json", "application/json", content))


def own_account(call: Call) -> AccountRow:
    who = call.person
    found = call.db.scalar(select(AccountRow).filter_by(platform=who.platform, ref=who.id))
    if found is None:
        raise Refused("nothing known")
    return found
