"""What the buttons below an agenda do, and what replies to it become."""

from collections.abc import Callable

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from bot.commons import permissions, roll
from bot.commons.rooms import say_everywhere
from bot.features.meetings import commands, rules, store, texts
from bot.features.meetings.boards import BOARD
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import tidy
from models import ChatRow, MeetingNoteRow, MeetingRow, MemberRow


def pressed(call: Call) -> tuple[MeetingRow, MemberRow]:
    """The open meeting that the button speaks of, and the member who pressed it. Refused: one that is over, a stranger."""
    found = store.pressed(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None:
        raise Refused("old button")
    if found.state != "open":
        raise Refused("meeting over", number=found.number)
    return found, commands.on_the_roll(call)


def moving(step: int) -> Callable[[Call], Ack]:
    """To the next item of the agenda, or back; the time of the one before is written down."""

    def move(call: Call) -> Ack:
        found, member = pressed(call)
        commands.check_leads(call, found, member)
        agenda = store.agenda(call.db, found)
        place = found.item + step
        if not 1 <= place <= len(agenda):
            raise Refused("no more items") if step > 0 else Refused("first item")
        store.spend(agenda, found, call.now)
        found.item = place
        commands.touch(call, found)
        return Ack(texts.at_item(call.voice, place, agenda[place - 1].text))

    return move


def hand(call: Call) -> Ack:
    """Up, or down again."""
    found, member = pressed(call)
    row, _ = store.attendee(call.db, found, member)
    if row.raised_at is not None:
        commands.lower(call, found, member)
        return Ack(texts.hand_down(call.voice))
    commands.raise_hand(call, found, member)
    order = [each.member_id for each in store.queue(call.db, found)]
    return Ack(texts.hand_up(call.voice, order.index(member.id)))


def next_speaker(call: Call) -> Ack:
    found, member = pressed(call)
    commands.check_leads(call, found, member)
    commands.next_speaker(call, found)
    assert found.speaker is not None
    return Ack(texts.speaks(call.voice, roll.name_in(call.db, found.speaker)))


def here(call: Call) -> Ack:
    found, member = pressed(call)
    _, new = store.attendee(call.db, found, member)
    if new:
        commands.touch(call, found)
    return Ack(texts.counted(call.voice, store.attendee_count(call.db, found)))


def draw(call: Call) -> Ack:
    """Lots among those who are there: once, because the secret is open then."""
    found, _ = pressed(call)
    if found.pool_document:
        raise Refused("drawn in meeting")
    people = {roll.ref_of(each).label: each for each in store.attendees(call.db, found)}
    if len(people) < rules.LEAST:
        raise Refused("too few there", least=rules.LEAST)
    home = call.db.get_one(ChatRow, found.chat_id)
    room = ChatRef(home.platform, home.ref).label
    found.pool_document = rules.pool_document(found.number, room, found.secret, call.now, list(people))
    first, second, *_ = rules.drawn(found.pool_document, found.secret)
    found.facilitator, found.note_taker = people[first], people[second]
    commands.touch(call, found)
    tell_draw(call, found)
    return Ack(texts.drawn_ack(call.voice))


def tell_draw(call: Call, found: MeetingRow) -> None:
    assert found.facilitator is not None
    assert found.note_taker is not None
    names = roll.names_in(call.db, [found.facilitator, found.note_taker])
    receipt = rules.receipt(found.pool_document, found.secret)
    say_everywhere(
        call.db,
        found.group_id,
        lambda v, chat: texts.drawn(v, found.number, names, receipt),
        f"meeting:{found.id}:drawn",
        call.now,
        after=(BOARD, found.id),
    )


def pass_on(call: Call) -> Ack:
    """Whoever was drawn may pass it on, to the next in the published order who is not serving. Refused: nobody is left."""
    found, member = pressed(call)
    if not any(permissions.is_theirs(member, drawn) for drawn in (found.facilitator_id, found.notes_id)):
        raise Refused("not drawn in meeting")
    holding = [roll.ref_of(each).label for each in (found.facilitator, found.note_taker) if each]
    order = rules.drawn(found.pool_document, found.secret)
    label = rules.next_in(order, holding)
    after = next((each for each in store.attendees(call.db, found) if roll.ref_of(each).label == label), None)
    if after is None:
        raise Refused("nobody left")
    if permissions.is_theirs(member, found.facilitator_id):
        found.facilitator = after
    else:
        found.note_taker = after
    commands.touch(call, found)
    return Ack(texts.passed(call.voice, roll.name_in(call.db, after)))


def note(call: Call) -> Ack | None:
    """A reply to the agenda becomes a note on the item that is spoken about. Of strangers it is talk."""
    found = store.pressed(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    member = roll.find(call.db, call.group, call.person)
    if found is None or found.state != "open" or not permissions.belongs(member):
        return None
    text = tidy(call.text, rules.NOTE_LIMIT + 1)
    if len(text) > rules.NOTE_LIMIT:
        raise Refused("meeting note too long", limit=rules.NOTE_LIMIT)
    if store.note_count(call.db, found) >= rules.MOST_NOTES:
        raise Refused("too many notes", most=rules.MOST_NOTES)
    store.attendee(call.db, found, member)
    place = {"meeting_id": found.id, "group_id": found.group_id, "member_id": member.id, "place": found.item}
    call.db.add(MeetingNoteRow(text=text, **place))
    commands.touch(call, found)
    return Ack(texts.noted(call.voice))
