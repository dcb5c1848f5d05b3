"""The end of a poll: counted once, a tie drawn, entered in the register and told in each room."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.commons import lots, publication, register, roll, rooms
from bot.commons.accounting import Accounting
from bot.delivery import boards
from bot.delivery.outbox import last_key, say
from bot.features.polls import rules, store
from bot.features.polls.closing import counting, results
from bot.features.polls.secret import box
from bot.routing.feature import Gap, Sweep
from bot.routing.house import Decided, House
from models import ChatRow, EntryRow, GroupRow, MemberRow, PollRow

SHORTEST_RESPITE, LONGEST_RESPITE = timedelta(minutes=5), timedelta(days=1)


def settle(db: Session, poll_id: int, now: datetime, house: House) -> None:
    poll = db.get_one(PollRow, poll_id)
    store.locked_group(db, poll.group_id)
    db.refresh(poll, with_for_update=True)
    if poll.state == "open" and poll.closes_at <= now:
        rooms.note_unheard(db, poll.group_id, "poll", poll.id, poll.closes_at)
        close(db, poll, now, house)


def close(db: Session, poll: PollRow, now: datetime, house: House) -> None:
    poll.state, poll.closed_at = "closed", now
    result = counting.result_of(db, poll, now)
    entry = enter(db, poll, result, now, house)
    boards.touch(db, "poll", poll.id, now)
    for chat in rooms.rooms_with(db, poll.group_id, ("poll", poll.id)):
        said = results.message_for(db, poll, result, chat)
        thread = boards.thread_of(db, "poll", poll.id, chat.id)
        key = f"poll:{poll.id}:result:{chat.id}"
        say(db, chat, said, key=key, now=now, must=True, thread=thread)
        publication.note(db, entry, chat, last_key(said, key))
    tell_asker(db, poll, rules.answer_of(result.outcome, result.count.winners), now, house)


def tell_asker(db: Session, poll: PollRow, result: str, now: datetime, house: House) -> None:
    """The feature that asked, if one did."""
    if poll.purpose:
        group = store.locked_group(db, poll.group_id)
        house.tell(db, Decided(group, poll.number, poll.purpose, poll.subject_id or 0, result), now, house)


def take_back(db: Session, group: GroupRow, number: int, now: datetime, house: House) -> bool:
    """A question that is no longer needed."""
    found = store.numbered(db, group, number)
    if found is None or found.state != "open" or not found.purpose:
        return False
    withdraw(db, store.locked(db, found.id), now, house)
    return True


def enter(db: Session, poll: PollRow, result: counting.Result, now: datetime, house: House) -> EntryRow:
    facts: dict[str, Any] = {
        "poll": f"D-{poll.number}",
        "method": poll.method,
        "visibility": poll.visibility,
        "electorate_sha256": result.electorate.fingerprint,
        "electors": result.electorate.size,
        "resting": result.electorate.resting,
        "quorum": poll.quorum,
        "outcome": result.outcome,
        **accounts(result.accounting),
    }
    if result.outcome == "counted":
        figures = {str(place): n for place, n in result.count.figures.items()}
        facts |= {"figures": figures, "winners": list(result.count.winners)}
    if result.lots is not None:
        sealed = lots.fingerprint(result.lots.document)
        facts |= {"pool_sha256": sealed, "secret": poll.secret.hex(), "chance": result.lots.chance}
    personal: dict[str, Any] = {"question": poll.question, "options": list(store.named(db, poll).values())}
    personal["by"] = roll.ref_of(db.get_one(MemberRow, poll.opened_by)).label
    if result.lots is not None:
        personal["pool"] = result.lots.document.splitlines()
    group = store.locked_group(db, poll.group_id)
    return register.enter(db, group, "poll", facts, now=now, dice=house.dice, personal=personal)


def accounts(line: Accounting) -> dict[str, int]:
    return {"received": line.received, "counted": line.counted, "replaced": line.replaced, "refused": line.refused}


def withdraw(db: Session, poll: PollRow, now: datetime, house: House) -> None:
    poll.state, poll.closed_at = "withdrawn", now
    if poll.visibility == "secret":
        box.destroy(db, poll)
    group = store.locked_group(db, poll.group_id)
    register.enter(db, group, "poll withdrawn", {"poll": f"D-{poll.number}"}, now=now, dice=house.dice)
    boards.touch(db, "poll", poll.id, now)
    tell_asker(db, poll, "withdrawn", now, house)


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """An open poll whose end fell into the gap stays open for as long as the gap was, between five minutes and a day."""
    if chat.group is None:
        return False
    polls = store.open_polls(db, chat.group.id)
    for poll in polls:
        if poll.closes_at <= gap.until:
            poll.closes_at = now + min(max(gap.until - gap.since, SHORTEST_RESPITE), LONGEST_RESPITE)
            boards.touch(db, "poll", poll.id, now)
    return bool(polls)


SWEEP = Sweep("polls", store.due, store.upcoming, settle)
