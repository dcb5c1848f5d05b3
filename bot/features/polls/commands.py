"""Handlers of polls: find, decide, save, announce."""

from bot.chat.incoming import Ack, CommandSent
from bot.chat.message import message
from bot.commons import electorate, permissions, roll
from bot.delivery import boards
from bot.features.polls import rules, store
from bot.features.polls.asking import opening, series, texts, timing
from bot.features.polls.asking.questions import check_all_heard, check_no_question
from bot.features.polls.closing import closing
from bot.features.polls.methods.typed import read_typed
from bot.features.polls.voting import casting
from bot.features.polls.voting import rules as ballots
from bot.refusal import Refused
from bot.routing.feature import Call
from models import ElectorateRow, MemberRow, PollRow


def poll(call: Call) -> None:
    if order := rules.read_order(call.text):
        ORDERS[order.verb](call, order.number)
        return
    asked = rules.read_request(call.text)
    timed = timing.read(asked.clauses, call.now, call.voice)
    place = place_of(call)
    if timed.schedule is None:
        opening.open_poll(call.db, place, asked, timed.terms, call.now, call.house, opening.Origin())
        return
    begun = series.begin(call.db, place, asked, timed, call.now)
    call.answer(texts.begun(call.voice, begun.number, asked.question, begun.words, begun.next_at, call.prefix))


def place_of(call: Call) -> opening.Place:
    return opening.Place(call.group, call.chat, call.event.origin.thread, member_of(call))


def mark(call: Call) -> Ack:
    found = pressed(call, parts=2)
    place = int(call.about[1]) if call.about[1].isdecimal() and len(call.about[1]) < 4 else 0
    if not 1 <= place <= len(store.options(call.db, found)):
        raise Refused("old button")
    return casting.answer(call, found, lambda marks, _: ballots.tapped(found.method, marks, place, found.limit), place)


def undo(call: Call) -> Ack:
    found = pressed(call)
    return casting.answer(call, found, lambda marks, last: ballots.undone(found.method, marks, last))


def clear(call: Call) -> Ack:
    return casting.answer(call, pressed(call), lambda marks, _: ballots.cleared(marks))


def pressed(call: Call, parts: int = 1) -> PollRow:
    found = store.pressed(call.db, call.about[0], call.group.id) if len(call.about) == parts else None
    if found is None:
        raise Refused("old button")
    check_votable(found)
    return found


def check_votable(found: PollRow) -> None:
    casting.check_open(found)
    if found.visibility == "secret":
        raise Refused("in private only", number=found.number)


def reply(call: Call) -> Ack | None:
    """Words in reply to the board: an answer, said aloud because whoever types sees no short answers."""
    return typed(call, int(call.about[0]))


def vote(call: Call, poll_id: int) -> None:
    """`/vote 1` answers the poll that is open with option 1, also if that is D-1."""
    said = call.event.text.strip() if isinstance(call.event, CommandSent) else ""
    call.text = call.text or (said if said.isdecimal() else "")
    typed(call, poll_id)


def typed(call: Call, poll_id: int) -> Ack:
    found = store.locked(call.db, poll_id)
    check_votable(found)
    ack = casting.answer(call, found, lambda marks, _: answered(call, found))
    call.answer(message(ack.text))
    return ack


def answered(call: Call, found: PollRow) -> dict[int, int]:
    options = {option.place: option.text for option in store.options(call.db, found)}
    return read_typed(call.text, found.method, options, found.limit)


def add_option(call: Call) -> None:
    number, text = rules.read_addition(call.text)
    found = numbered(call, number) if number is not None else the_open_one(call)
    casting.check_open(found)
    member = roll.find(call.db, call.group, call.person)
    if not permissions.takes_part(member, call.db, found.electorate_id):
        raise Refused("not an elector", number=found.number)
    option = opening.add_option(call.db, found, member, rules.read_option(text), call.now)
    call.answer(texts.added(call.voice, found.number, option.place, option.text))


def the_open_one(call: Call) -> PollRow:
    """The only poll here that takes additions."""
    fitting = [found for found in store.open_polls(call.db, call.group.id) if found.additions]
    if len(fitting) != 1:
        raise Refused("no such poll")
    return store.locked(call.db, fitting[0].id)


def close(call: Call, poll_id: int) -> None:
    found = in_charge_of(call, poll_id)
    check_all_heard(found, electorate.count(call.db, call.db.get_one(ElectorateRow, found.electorate_id)))
    closing.close(call.db, found, call.now, call.house)


def extend(call: Call, poll_id: int) -> None:
    found = in_charge_of(call, poll_id)
    if found.extended >= rules.MOST_EXTENSIONS:
        raise Refused("poll extended enough", number=found.number, most=rules.MOST_EXTENSIONS)
    found.closes_at = timing.extended(call.text, found.closes_at, call.now, call.voice)
    found.extended += 1
    boards.touch(call.db, "poll", found.id, call.now)
    call.answer(texts.extended(call.voice, found.number, found.closes_at))


def withdraw(call: Call, poll_id: int) -> None:
    """Whoever may steer it; what a feature asks only whoever had it asked."""
    found = in_charge_of(call, poll_id)
    if not permissions.withdraws(member_of(call), call.db, call.group, found.opened_by, found.purpose, call.now):
        raise Refused("not yours to close", number=found.number)
    closing.withdraw(call.db, found, call.now, call.house)
    call.answer(texts.withdrawn(call.voice, found.number, member_name(call)))


def in_charge_of(call: Call, poll_id: int) -> PollRow:
    """The open poll, for whoever asked it and for the facilitator."""
    found = store.locked(call.db, poll_id)
    casting.check_open(found)
    if not may_steer(call, found.opened_by):
        raise Refused("not yours to close", number=found.number)
    if not permissions.is_for_others(roll.find(call.db, call.group, call.person), call.db, found.electorate_id):
        raise Refused("about you in a poll", number=found.number)
    return found


def may_steer(call: Call, opened_by: int) -> bool:
    return permissions.steers(roll.find(call.db, call.group, call.person), call.db, call.group, opened_by, call.now)


def member_name(call: Call) -> str:
    return roll.name_of(member_of(call))


def member_of(call: Call) -> MemberRow:
    return roll.known(call.db, call.group, call.event.origin, call.now)


def again(call: Call, number: int) -> None:
    ask_anew(call, numbered(call, number))


def ask_anew(call: Call, found: PollRow) -> None:
    """The same question, options and rules, for as long as before, to whoever is in the hat now."""
    check_no_question(found)
    terms = rules.Terms(call.now + (found.closes_at - found.opened_at), str(found.quorum or ""))
    origin = opening.Origin(again_id=found.id)
    opening.open_poll(call.db, place_of(call), opening.asked_again(found), terms, call.now, call.house, origin)


def ask_again(call: Call) -> Ack:
    found = store.pressed(call.db, call.about[0], call.group.id) if len(call.about) == 1 else None
    if found is None or found.state == "open":
        raise Refused("old button")
    ask_anew(call, found)
    return Ack(texts.asked_again(call.voice))


def stop(call: Call, number: int) -> None:
    found = series.numbered(call.db, call.group, number)
    if found is None or found.state != "going":
        raise Refused("nothing repeats", number=number)
    if not may_steer(call, found.opened_by):
        raise Refused("not yours to close", number=number)
    found.state = "stopped"
    call.answer(texts.stopped(call.voice, number))


def numbered(call: Call, number: int) -> PollRow:
    found = store.numbered(call.db, call.group, number)
    if found is None:
        raise Refused("no such poll")
    return store.locked(call.db, found.id)


def polls(call: Call) -> None:
    """What is open, and what the asker has not answered."""
    member = roll.find(call.db, call.group, call.person)
    lines = [
        texts.Line(found.number, found.question, found.closes_at, member is not None and store.has_voted(call.db, found, member))
        for found in store.open_polls(call.db, call.group.id)
    ]
    call.answer(texts.open_ones(call.voice, lines, call.prefix))


ORDERS = {"again": again, "stop": stop}
