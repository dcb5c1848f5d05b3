"""Somebody names a person and says why: in private until all is shown, and for everybody to see from then on."""

from bot.chat.action import action
from bot.chat.incoming import Ack
from bot.commons import numbers, permissions, private, roll
from bot.commons.naming import named
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.grants.elections import life, opening, rules, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import ElectionRow, GroupRow, MemberRow, NominationRow

WHOM = "elections.whom"  # what words in reply to the question are about


def nominate(call: Call) -> None:
    """`/nominate facilitator` opens an election; `/nominate D-5 @ben because calm` names somebody in it."""
    if call.chat.kind == "private":
        in_private(call)
        return
    number, rest = numbers.read(call.text, lambda number: store.find(call.db, call.group, number) is not None)
    if number is None:
        opening.open_election(call)
    else:
        in_the_open(call, number, rest)


def in_the_open(call: Call, number: int, words: str) -> None:
    """In the time for changes. Refused before: what is said here everybody reads."""
    found = store.by_number(call.db, call.group, number)
    if found is None:
        raise Refused("no such matter", number=number)
    election = store.locked(call.db, found.id)
    if election.state == "naming":
        raise Refused("nominate in private", number=number)
    member = taking_part(call, call.group, election)
    made = name(call, call.group, election, member, words)
    call.answer(texts.noted_openly(call.voice, election.number, *names(call, made)))


def in_private(call: Call) -> None:
    """The one election in which this person may name somebody, or the one of that number."""
    able = store.open_to(call.db, roll.account_of(call.db, call.event.origin, call.now))
    number, rest = numbers.read(call.text, lambda number: any(each.number == number for each in able))
    wanted = [each for each in able if number in (None, each.number)]
    if not wanted:
        raise Refused("no election for you")
    if len(wanted) > 1:
        raise Refused("which election", numbers=[each.number for each in wanted])
    call.text = rest
    take_in_private(call, wanted[0])


def ask_whom(call: Call) -> Ack | None:
    """Somebody pressed Nominate in private, or Change mine."""
    election, _, member = pressed(call)
    mine = store.nomination(call.db, election, member)
    now_named = (roll.name_in(call.db, mine.nominee), isolated(mine.reason)) if mine else None
    asked = texts.whom(call.voice, election.number, isolated(election.role), election.state, now_named)
    say(call.db, call.chat, asked, key=f"{call.key}:whom", now=call.now, awaits=action(WHOM, election.id))
    return None


def reply(call: Call) -> Ack | None:
    """The words that answer it."""
    election = store.spoken_of(call.db, call.about[0]) if call.chat.kind == "private" else None
    if election is not None:
        take_in_private(call, election)
    return None


def take_in_private(call: Call, election: ElectionRow) -> None:
    group, member = inside(call, election)
    if not call.text.strip():
        raise Refused("nominate why")
    made = name(call, group, election, member, call.text)
    shown = election.state != "naming"
    call.answer(texts.noted(call.voice, election.number, *names(call, made)[:2], shown=shown, prefix=prefix_on(call.chat.platform)))


def pressed(call: Call) -> tuple[ElectionRow, GroupRow, MemberRow]:
    """What a private button is about. Refused: outside the private chat, forged, over, or to whoever may not take part."""
    election = store.spoken_of(call.db, call.about[0]) if len(call.about) == 1 else None
    if election is None or call.chat.kind != "private":
        raise Refused("old button")
    group, member = inside(call, election)
    return election, group, member


def inside(call: Call, election: ElectionRow) -> tuple[GroupRow, MemberRow]:
    """In a private chat: its group, locked and spoken of as it wants, and as whom the person takes part."""
    private.about_group(call, election.group_id)
    group = call.db.get_one(GroupRow, election.group_id)
    call.db.refresh(election, with_for_update=True)
    return group, taking_part(call, group, election)


def taking_part(call: Call, group: GroupRow, election: ElectionRow) -> MemberRow:
    member = roll.find(call.db, group, call.person)
    if not permissions.takes_part(member, call.db, election.electorate_id):
        raise Refused("not in the election", number=election.number)
    if election.state not in rules.OPEN_TO_NAMES:
        raise Refused("election moved on", number=election.number)
    return member


def name(call: Call, group: GroupRow, election: ElectionRow, member: MemberRow, words: str) -> NominationRow:
    """Refused: nobody of that name, nobody who could serve, or no reason."""
    nominee, rest = whom(call, group, member, words)
    if not permissions.belongs(nominee):
        raise Refused("grant not on the roll", name=roll.name_of(nominee))
    made = write(call, election, member, nominee, rules.read_reason(rest))
    if election.state == "naming" and not store.waited_for(call.db, election, call.now):
        life.show(call.db, election, call.now, call.house)
    return made


def whom(call: Call, group: GroupRow, member: MemberRow, words: str) -> tuple[MemberRow, str]:
    rest = rules.names_oneself(words)
    return (member, rest) if rest is not None else named(call, words, group)


def write(call: Call, election: ElectionRow, member: MemberRow, nominee: MemberRow, reason: str) -> NominationRow:
    row = store.nomination(call.db, election, member)
    if row is None:
        row = NominationRow(election_id=election.id, member=member, group_id=election.group_id)
        row.named_at = call.now
        call.db.add(row)
    elif election.state == "changing":
        row.before_id = rules.changed(row.before_id, row.nominee_id, nominee.id)
    row.nominee, row.reason = nominee, reason
    call.db.flush()
    call.db.refresh(row)
    boards.touch(call.db, "election" if election.state == "naming" else "nominations", election.id, call.now)
    return row


def names(call: Call, row: NominationRow) -> tuple[str, str, str]:
    """Whom, why, and whom before."""
    before = roll.name_in(call.db, row.before) if row.before else ""
    return roll.name_in(call.db, row.nominee), isolated(row.reason), before
