"""What the house itself keeps of people, besides what features do; see erasing.py for what becomes of it."""

from bot.routing.forgetting import Forget
from models import (
    AccountRow,
    ArrivalRow,
    BoardRow,
    ChatRow,
    DeadLetterRow,
    EarlierNameRow,
    ElectorateRow,
    ElectorRow,
    EntryMarkRow,
    EntryRow,
    GroupRow,
    IntakeRow,
    MemberRow,
    PromiseRow,
    PublicationRow,
    SeenRow,
    WaitingRow,
    WishRow,
    WorkerRow,
)

FORGET = Forget(
    by_hand=(
        *(AccountRow.ref, AccountRow.name, AccountRow.handle, AccountRow.person_id),
        *(MemberRow.person_id, MemberRow.account_id, ElectorateRow.document),
        *(ChatRow.ref, ChatRow.person_ref, ChatRow.title, BoardRow.face, PromiseRow.body),
        *(EarlierNameRow.account_id, EarlierNameRow.name, WishRow.account_id),
        *(ArrivalRow.raw, ArrivalRow.names),
        *(EntryRow.personal, EntryRow.salt, EntryMarkRow.unnamed, DeadLetterRow.raw, WaitingRow.raw, SeenRow.event_id),
    ),
    stay=(
        *(GroupRow.title, GroupRow.choices, ChatRow.digest, ElectorRow.member_id, ElectorateRow.without, EntryRow.public),
        *(PromiseRow.key, PromiseRow.awaits, PublicationRow.key, PublicationRow.again_key),
        *(IntakeRow.cursor, WaitingRow.event_id),
        *(DeadLetterRow.event_id, DeadLetterRow.fault, WaitingRow.chat_ref, WorkerRow.name),
    ),
)
