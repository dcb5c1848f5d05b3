"""Handlers of /meeting and /stack: find, decide, save, announce."""

from bot.commons import entries, permissions, register, roll
from bot.commons.rooms import put_up_everywhere
from bot.delivery import boards
from bot.features.meetings import ending, rules, store, texts
from bot.features.meetings.boards import BOARD
from bot.refusal import Refused
from bot.routing.feature import Call
from models import AgendaRow, MeetingRow, MemberRow


def meeting(call: Call) -> None:
    """`/meeting start …`, `/meeting end`; alone it puts the agenda up anew."""
    first, _, rest = call.text.partition("\n")
    word, _, more = first.strip().partition(" ")
    if word.casefold() in rules.START:
        start(call, f"{more}\n{rest}")
    elif word.casefold() in rules.END:
        end(call, running(call))
    elif not call.text:
        put_up(call, running(call))
    else:
        raise Refused("meeting how")


def start(call: Call, text: str) -> None:
    items, opener = rules.read_agenda(text), on_the_roll(call)
    already = store.running(call.db, call.group.id)
    if already is not None:
        raise Refused("meeting open", number=already.number)
    made = MeetingRow(group_id=call.group.id, chat_id=call.chat.id, thread=call.event.origin.thread, opener_id=opener.id)
    made.number, made.started_at, made.item_since = register.next_number(call.group), call.now, call.now
    made.after_entry, made.secret = entries.last_place(call.db, call.group.id), call.house.dice.secret()
    made.item = 1 if items else 0
    call.db.add(made)
    call.db.flush()
    rows = (AgendaRow(meeting_id=made.id, place=n, group_id=call.group.id, text=item) for n, item in enumerate(items, start=1))
    call.db.add_all(rows)
    store.attendee(call.db, made, opener)
    put_up(call, made)


def put_up(call: Call, found: MeetingRow) -> None:
    put_up_everywhere(call.db, found.group_id, BOARD, found.id, call.now, home=call.chat, thread=call.event.origin.thread)


def end(call: Call, found: MeetingRow) -> None:
    check_leads(call, found, on_the_roll(call))
    ending.end(call.db, found, call.now, call.house)


def stack(call: Call) -> None:
    """`/stack` raises a hand, `/stack down` lowers it, `/stack next` gives the floor to whoever's turn it is."""
    found, member = running(call), on_the_roll(call)
    word = call.text.casefold()
    if word in rules.NEXT:
        check_leads(call, found, member)
        next_speaker(call, found)
    elif word in rules.DOWN:
        lower(call, found, member)
    elif not word:
        raise_hand(call, found, member)
    else:
        raise Refused("stack how")
    call.answer(texts.queued(call.voice, [roll.name_in(call.db, row.member) for row in store.queue(call.db, found)]))


def raise_hand(call: Call, found: MeetingRow, member: MemberRow) -> None:
    row, _ = store.attendee(call.db, found, member)
    row.raised_at = row.raised_at or call.now
    touch(call, found)


def lower(call: Call, found: MeetingRow, member: MemberRow) -> None:
    row, _ = store.attendee(call.db, found, member)
    row.raised_at = None
    touch(call, found)


def next_speaker(call: Call, found: MeetingRow) -> None:
    """Refused: no hand is up."""
    queue = store.queue(call.db, found)
    if not queue:
        raise Refused("no hands")
    queue[0].raised_at, queue[0].spoken = None, queue[0].spoken + 1
    found.speaker = queue[0].member
    touch(call, found)


def touch(call: Call, found: MeetingRow) -> None:
    call.db.flush()
    boards.touch(call.db, BOARD, found.id, call.now)


def running(call: Call) -> MeetingRow:
    found = store.running(call.db, call.group.id)
    if found is None:
        raise Refused("no meeting")
    return found


def on_the_roll(call: Call) -> MemberRow:
    return permissions.on_the_roll(call, "not on the roll")


def check_leads(call: Call, found: MeetingRow, member: MemberRow) -> None:
    """Whoever was drawn to facilitate moves it on, and whoever opened it; where nobody was drawn, everybody may."""
    if not permissions.leads(member, call.db, call.group, found.facilitator_id, found.opener_id, call.now):
        raise Refused("does not facilitate", name=roll.name_in(call.db, found.facilitator) if found.facilitator else "")
