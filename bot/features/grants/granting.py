"""The life of a grant: the group is asked, then the person, and then the mandate begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.commons import mandates, permissions, roles, roll
from bot.commons.mandates import Beginning, Way
from bot.commons.rooms import put_up_everywhere
from bot.commons.when import after, read_instant, read_span
from bot.delivery import boards
from bot.features.grants import rules, store, texts
from bot.refusal import Refused
from bot.routing.feature import Call, voice_in
from bot.routing.house import Decided, House, OnePerson, Question
from bot.tidy import isolated
from models import ChatRow, ElectionRow, GrantRow, GroupRow, MandateRow, MemberRow, RoleRow

GIVE, ELECT = "grants.give", "grants.elect"  # purposes


@dataclass(frozen=True, slots=True)
class Term:
    """How long: in words, or until an instant; neither: as the role has it."""

    words: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom the group is asked to name, for what, and for how long."""

    member: MemberRow
    role: str
    term: Term
    errand: rules.Errand | None = None
    election: ElectionRow | None = None  # which came to this choice


def term_of(call: Call, options: Mapping[str, str], otherwise: str) -> Term:
    """Refused: in the past, or longer than any mandate may be."""
    if "until" in options:
        until = read_instant(options["until"], call.now, call.voice)
        rules.check_length(until - call.now)
        return Term(until=until)
    words = options.get("for", otherwise)
    if words:
        rules.check_length(after(read_span(words), call.now, call.voice.zone) - call.now)
    return Term(words)


def ask(call: Call, wish: Wish) -> GrantRow:
    """Put it to all but the person whom it is about."""
    by = roll.known(call.db, call.group, call.event.origin, call.now)
    chat, thread = place(call, wish)
    grant = GrantRow(group_id=call.group.id, chat_id=chat.id, thread=thread, role=wish.role, by_id=by.id)
    grant.member, grant.term, grant.until_at, grant.created_at = wish.member, wish.term.words, wish.term.until, call.now
    if wish.errand:
        grant.question, grant.instructions = wish.errand.question, wish.errand.instructions
    grant.election_id = wish.election.id if wish.election else None
    call.db.add(grant)
    call.db.flush()
    text = texts.question(voice_in(chat, call.group), facts(call, grant, wish.election))
    purpose = ELECT if wish.election else GIVE
    question = Question(call.group, chat, thread, by, text, purpose, grant.id, without=(wish.member,))
    grant.number = call.house.ask(call.db, question, call.now, call.house)
    return grant


def place(call: Call, wish: Wish) -> tuple[ChatRow, str | None]:
    """The room and topic where it is asked; of an election, where that was opened, from wherever it is moved on."""
    if wish.election is None:
        return call.chat, call.event.origin.thread
    return call.db.get_one(ChatRow, wish.election.chat_id), wish.election.thread


def facts(call: Call, grant: GrantRow, election: ElectionRow | None) -> texts.Facts:
    role = roles.find(call.db, call.group, grant.role)
    barred = mandates.bar(call.db, call.group, role, grant.member, call.now) if role else None
    length = grant.term or (roles.term_of(call.group, role) if role else roles.usual_term(call.group))
    return texts.Facts(
        name=roll.name_of(grant.member),
        role=isolated(grant.role),
        length=isolated(length),
        until=grant.until_at,
        exception=barred.why if barred else "",
        question=isolated(grant.question),
        instructions=isolated(grant.instructions),
        election=election.number if election else None,
    )


def decided(db: Session, what: Decided, now: datetime, house: House) -> None:
    """The group has spoken: on a yes the person is asked, unless they had asked for it themselves."""
    grant = store.locked(db, what.subject_id)
    if grant.state != "asked":
        return
    if not is_agreed(db, what, grant):
        grant.state = "refused"
        return
    offer(db, what.group, grant, now)
    if grant.by_id != grant.member_id or not begun(db, grant, now, house):
        put_up(db, grant, "grant", now)


def begun(db: Session, grant: GrantRow, now: datetime, house: House) -> bool:
    """Whether the mandate could begin at once; else they are asked like others, and hear what is in the way."""
    try:
        accept(db, grant, now, house)
    except Refused:
        return False
    return True


def is_agreed(db: Session, what: Decided, grant: GrantRow) -> bool:
    """Whether the person can be asked: the group has said yes, they are still there, and so is the role."""
    role = roles.find(db, what.group, grant.role)
    return what.result == "adopted" and permissions.belongs(grant.member) and not is_over(role, grant.created_at)


def offer(db: Session, group: GroupRow, grant: GrantRow, now: datetime) -> None:
    """From now on it is for the person to say."""
    role = role_of(db, group, grant, now)
    grant.state, grant.answer_by = "offered", roles.answer_time(group, role, now)


def role_of(db: Session, group: GroupRow, grant: GrantRow, now: datetime) -> RoleRow:
    role = roles.ensure(db, group, grant.role, now)
    if grant.question:
        v = voice_in(db.get_one(ChatRow, grant.chat_id), group)
        role.defined, role.purpose, role.most_terms, role.sunset = True, grant.question, 1, texts.sunset(v)
    return role


def is_over(role: RoleRow | None, since: datetime) -> bool:
    """Whether the group has given up the role since then."""
    return role is not None and role.state == "ended" and role.ended_at is not None and role.ended_at >= since


def accept(db: Session, grant: GrantRow, now: datetime, house: House) -> MandateRow:
    """The mandate begins. Refused: the role is given up, no seat is free any more, or they serve already."""
    group = db.get_one(GroupRow, grant.group_id)
    if is_over(roles.find(db, group, grant.role), grant.created_at):
        raise Refused("grant role over")
    role = role_of(db, group, grant, now)
    holders = [mandate.member for mandate in mandates.serving(db, group, role, now)]
    if len(holders) >= role.seats:
        raise Refused("grant no seat", names=roll.names(holders), role=isolated(role.name))
    ends_at = grant.until_at or (after(read_span(grant.term), now, roles.zone_of(group)) if grant.term else None)
    if ends_at is not None and ends_at <= now:
        raise Refused("grant is over")
    way: Way = "election" if grant.election_id else "consent"
    how = Beginning(way, grant.chat_id, ends_at=ends_at, by_consent=True)
    made = mandates.begin(db, group, role, grant.member, how, now, house)
    grant.state, grant.mandate_id = "accepted", made.id
    put_up(db, grant, "delegation" if grant.question else "grant", now)
    boards.touch(db, "grant", grant.id, now)
    return made


def settle(db: Session, grant: GrantRow, state: str, now: datetime) -> None:
    """`declined`, or `silent` until it was too late."""
    grant.state = state
    boards.touch(db, "grant", grant.id, now)


def dissolve(db: Session, grant: GrantRow, now: datetime, house: House) -> None:
    """A delegation ends with its report, and so does the role that was made for it."""
    mandate = db.get_one(MandateRow, grant.mandate_id)
    if mandate.state == "running":
        mandates.end(db, mandate, "reported", now, house)
    grant.state, mandate.role.state, mandate.role.ended_at = "over", "ended", mandate.ended_at
    boards.touch(db, "delegation", grant.id, now)


def put_up(db: Session, grant: GrantRow, kind: str, now: datetime) -> None:
    home = db.get_one(ChatRow, grant.chat_id)
    put_up_everywhere(db, grant.group_id, kind, grant.id, now, home=home, thread=grant.thread)


def merge(db: Session, found: OnePerson) -> Sequence[int]:
    """What was asked about one of two accounts is about the person."""
    for grant in store.of_member(db, found.gone):
        grant.member = found.kept
        boards.touch(db, "grant", grant.id, found.now)
    db.execute(update(GrantRow).filter_by(by_id=found.gone.id).values(by_id=found.kept.id))
    return ()
