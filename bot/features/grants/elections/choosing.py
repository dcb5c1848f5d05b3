"""What moves an election on: its nominations are shown, one of those named is put to the group, or it is ended."""

from bot.chat.incoming import Ack
from bot.chat.message import Message
from bot.commons import permissions, roll
from bot.features.grants import commands as seats
from bot.features.grants import granting
from bot.features.grants.elections import facts, life, rules, store, texts
from bot.features.grants.elections.faces import texts as faces
from bot.features.grants.granting import Term, Wish
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated
from models import ChatRow, ElectionRow, MemberRow


def show(call: Call) -> Ack:
    election = pressed(call, ("naming",))
    steering(call, election)
    show_now(call, election)
    return Ack(texts.shown(call.voice, election.number))


def show_now(call: Call, election: ElectionRow) -> None:
    if not store.nominations(call.db, election):
        raise Refused("nobody nominated yet", number=election.number)
    life.show(call.db, election, call.now, call.house)


def choose(call: Call) -> Ack:
    """One of those named is put to the group, with the reasons that were given for them."""
    election = pressed(call, rules.OPEN_TO_CHOICE, parts=2)
    member = moving(call, election)
    nominee = nominee_of(call, election)
    seats.check_seat(call, nominee, election.role)
    put_reasons(call, election, member, nominee)
    grant = granting.ask(call, Wish(nominee, election.role, Term(election.term, election.until_at), election=election))
    life.put(call.db, election, call.now)
    return Ack(texts.is_put(call.voice, grant.number))


def put_reasons(call: Call, election: ElectionRow, member: MemberRow, nominee: MemberRow) -> None:
    """Before the round; not in its text, which stays in the register for good."""
    name, by = roll.name_in(call.db, nominee), roll.name_in(call.db, member)
    reasons = [each for each in facts.listed(call.db, election) if each.nominee_id == nominee.id]
    number, role, tries = election.number, isolated(election.role), len(store.choices(call.db, election))

    def words(v: Voice, chat: ChatRow) -> Message:
        return faces.reasons(v, number, by, name, role, reasons)

    life.tell(call.db, election, words, f"reasons:{tries}", call.now)


def nominee_of(call: Call, election: ElectionRow) -> MemberRow:
    """Refused: nobody whom somebody has named, or who has declined."""
    wanted = next((row.nominee for row in store.nominations(call.db, election) if str(row.nominee_id) == call.about[1]), None)
    if wanted is None:
        raise Refused("old button")
    if any(
        permissions.is_theirs(wanted, grant.member_id) and grant.state == "declined" for grant in store.choices(call.db, election)
    ):
        raise Refused("nominee declined", name=roll.name_of(wanted))
    return wanted


def stop(call: Call) -> Ack:
    """It ends without a choice."""
    election = pressed(call, rules.OPEN_TO_CHOICE)
    moving(call, election)
    life.end(call.db, election, "closed", call.now, call.house)
    return Ack(texts.stopped(call.voice, election.number))


def pressed(call: Call, states: tuple[str, ...], parts: int = 1) -> ElectionRow:
    """What the button is about. Refused: forged, or of another group; or it does not apply now."""
    found = store.spoken_of(call.db, call.about[0]) if len(call.about) == parts else None
    if found is None or found.group_id != call.group.id:
        raise Refused("old button")
    return in_state(call, found.id, states)


def in_state(call: Call, election_id: int, states: tuple[str, ...]) -> ElectionRow:
    election = store.locked(call.db, election_id)
    if election.state in rules.UNDER_WAY and life.role_is_over(call.db, election):
        raise Refused("grant role over")
    if election.state in states:
        return election
    if election.state in ("asked", "offered"):
        raise Refused("election waits", number=election.number, decision=store.choices(call.db, election)[-1].number)
    raise Refused("election moved on", number=election.number)


def steering(call: Call, election: ElectionRow) -> MemberRow:
    member = roll.find(call.db, call.group, call.person)
    if not permissions.steers(member, call.db, call.group, election.opener_id, call.now):
        raise Refused("election not yours", number=election.number)
    return member


def moving(call: Call, election: ElectionRow) -> MemberRow:
    """Whoever facilitates or opened it; once the time for changes is over, anybody who takes part."""
    member = roll.find(call.db, call.group, call.person)
    heard = election.electorate_id if election.state == "choosing" else None
    if not permissions.moves_on(member, call.db, call.group, election.opener_id, heard, call.now):
        raise Refused("election not yours", number=election.number)
    return member


def close(call: Call, election_id: int) -> None:
    """`/close D-5`: naming is over and all is shown; after that, it ends without a choice."""
    election = in_state(call, election_id, rules.UNDER_WAY)
    if election.state == "naming":
        steering(call, election)
        show_now(call, election)
        return
    moving(call, election)
    life.end(call.db, election, "closed", call.now, call.house)
    call.answer(texts.ended(call.voice, election.number))


def withdraw(call: Call, election_id: int) -> None:
    election = in_state(call, election_id, rules.UNDER_WAY)
    member = steering(call, election)
    life.end(call.db, election, "withdrawn", call.now, call.house)
    call.answer(texts.withdrawn(call.voice, election.number, roll.name_in(call.db, member)))
