"""The life of an election: nominations are shown, one of those named is put to the group, and it ends or takes up again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import hours, register, roll
from bot.commons.rooms import note_unheard, put_up_everywhere, say_everywhere
from bot.delivery import boards
from bot.features.grants import granting
from bot.features.grants import store as grants
from bot.features.grants.elections import facts, rules, store, texts
from bot.features.grants.elections.faces import texts as faces
from bot.language import Voice
from bot.routing.house import Decided, House, prefix_on
from bot.tidy import isolated
from models import ChatRow, ElectionRow, EntryRow, GrantRow, GroupRow, NominationRow


def show(db: Session, election: ElectionRow, now: datetime, house: House) -> None:
    """All nominations at once; from here on everybody may change theirs in the open. Without any it is over."""
    if not store.nominations(db, election):
        entry = end(db, election, "nobody", now, house)
        tell(db, election, lambda v, chat: texts.nobody(v, election.number), "nobody", now, entry)
        return
    election.state, election.shown_at = "changing", now
    election.ends_at = election.wakes_at = now + timedelta(seconds=election.length)
    enter(db, election, "nominations", now, house)
    boards.touch(db, "election", election.id, now)
    attach_list(db, election, now)
    put_up_everywhere(db, election.group_id, "nominations", election.id, now, after=("election", election.id))


def attach_list(db: Session, election: ElectionRow, now: datetime) -> None:
    """All of them in a file, where a board has no room for all."""
    listed = facts.listed(db, election)
    if faces.is_folded(listed):
        tell(db, election, lambda v, chat: faces.full_list(v, election.number, listed), "list", now)


def close_changes(db: Session, election: ElectionRow, now: datetime) -> None:
    """From here on anybody who takes part may put one of those named to the group."""
    election.state = "choosing"
    election.wakes_at = idle_until(db, election, now)
    boards.touch(db, "nominations", election.id, now)


def idle_until(db: Session, election: ElectionRow, now: datetime) -> datetime:
    at = now + rules.IDLE
    return hours.waking(db.get_one(GroupRow, election.group_id), at, at + timedelta(days=1)) or at


def put(db: Session, election: ElectionRow, now: datetime) -> None:
    """The group is being asked; until it has answered nothing moves here."""
    election.state, election.wakes_at = "asked", None
    boards.touch(db, "nominations", election.id, now)


def decided(db: Session, what: Decided, now: datetime, house: House) -> None:
    """The group has spoken: on a yes the person is asked, else another may be put to it."""
    grant = grants.locked(db, what.subject_id)
    election = db.get_one(ElectionRow, grant.election_id)
    if grant.state != "asked" or election.state != "asked":
        return
    if granting.is_agreed(db, what, grant):
        granting.offer(db, what.group, grant, now)
        granting.put_up(db, grant, "grant", now)
        election.state = "offered"
        boards.touch(db, "nominations", election.id, now)
        return
    grant.state = "refused"
    take_up_again(db, election, grant, what.result, now)


def answered(db: Session, grant: GrantRow, now: datetime, house: House) -> None:
    """The person has answered, or let the time for it pass. Of a grant that no election came to: nothing."""
    election = db.get(ElectionRow, grant.election_id) if grant.election_id else None
    if election is None or election.state != "offered":
        return
    if grant.state == "accepted":
        end(db, election, "filled", now, house)
    else:
        take_up_again(db, election, grant, grant.state, now)


def take_up_again(db: Session, election: ElectionRow, grant: GrantRow, why: str, now: datetime) -> None:
    """Another may be chosen, or it is ended; in the time for changes these go on."""
    early = now < election.ends_at
    election.state = "changing" if early else "choosing"
    election.wakes_at = election.ends_at if early else idle_until(db, election, now)
    boards.touch(db, "nominations", election.id, now)
    tried, name = grant.number, roll.name_in(db, grant.member)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.goes_on(v, election.number, tried, name, why, prefix_on(chat.platform))

    tell(db, election, words, f"again:{grant.id}", now)


def lapse(db: Session, election: ElectionRow, now: datetime, house: House) -> None:
    entry = end(db, election, "lapsed", now, house)
    number, role = election.number, isolated(election.role)
    tell(db, election, lambda v, chat: texts.lapsed(v, number, role, prefix_on(chat.platform)), "lapsed", now, entry)


def end(db: Session, election: ElectionRow, state: str, now: datetime, house: House) -> EntryRow:
    """It is over. What nobody has been shown is not kept."""
    if election.shown_at is None:
        db.execute(delete(NominationRow).filter_by(election_id=election.id))
        db.expire_all()
    election.state, election.ended_at, election.wakes_at = state, now, None
    entry = enter(db, election, "election", now, house)
    for kind in ("election", "nominations"):
        boards.touch(db, kind, election.id, now)
    return entry


def go_on(db: Session, election_id: int, now: datetime, house: House) -> None:
    """What is due in it: all is shown, changes are over, or it has waited for too long."""
    election = store.locked(db, election_id)
    if election.state not in rules.UNDER_WAY or election.wakes_at is None or election.wakes_at > now:
        return
    match election.state:
        case "naming":
            note_unheard(db, election.group_id, "nominations", election.id, election.ends_at)
            show(db, election, now, house)
        case "changing":
            close_changes(db, election, now)
        case _:
            lapse(db, election, now, house)


def end_with_role(db: Session, election_id: int, now: datetime, house: House) -> None:
    election = store.locked(db, election_id)
    if election.state in rules.UNDER_WAY and role_is_over(db, election):
        end(db, election, "role ended", now, house)


def role_is_over(db: Session, election: ElectionRow) -> bool:
    """Whether the group has given up the role since this was opened."""
    return granting.is_over(store.role_of(db, election), election.opened_at)


def tell(
    db: Session,
    election: ElectionRow,
    words: Callable[[Voice, ChatRow], Message],
    what: str,
    now: datetime,
    tells: EntryRow | None = None,
) -> None:
    key, after = f"election:{election.id}:{what}", ("election", election.id)
    say_everywhere(db, election.group_id, words, key, now, after=after, tells=tells)


def enter(db: Session, election: ElectionRow, kind: str, now: datetime, house: House) -> EntryRow:
    """Figures; who named whom, and why, stands outside the hashed part."""
    group, rows = store.lock_group(db, election.group_id), store.nominations(db, election)
    who, tried = election.electorate, store.choices(db, election)
    figures: dict[str, Any] = {
        "election": f"D-{election.number}",
        "state": election.state,
        "opened_at": election.opened_at.isoformat(),
        "shown_at": election.shown_at.isoformat() if election.shown_at else None,
        "electorate": {"size": who.size, "resting": who.resting, "sha256": who.fingerprint},
        "nominations": len(rows),
        "changed": sum(row.before_id is not None for row in rows),
        "named": len({row.nominee_id for row in rows}),
        "decisions": [f"D-{grant.number}" for grant in tried],
    }
    personal = {"role": election.role, "by": roll.ref_of(election.opener).label, "nominations": [said(row) for row in rows]}
    return register.enter(db, group, kind, figures, now=now, dice=house.dice, personal=personal)


def said(row: NominationRow) -> list[str | None]:
    """Who, whom, whom before, why."""
    before = roll.ref_of(row.before).label if row.before else None
    return [roll.ref_of(row.member).label, roll.ref_of(row.nominee).label, before, row.reason]
