"""Who is forgotten takes no seat that was offered, and neither names nor is named in what is not over."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.grants import granting, store
from bot.features.grants.elections import store as elections
from bot.routing.forgetting import Forget, Forgotten
from models import ElectionRow, GrantRow, MemberRow, NominationRow


def forget(db: Session, found: Forgotten) -> None:
    for member in found.members:
        decline(db, member, found)
        for election in elections.unfinished(db, member.group_id):
            leave(db, election, member, found)
    db.flush()


def decline(db: Session, member: MemberRow, found: Forgotten) -> None:
    for grant in store.of_member(db, member):
        found.about.add((grant.group_id, grant.number))
        if grant.state == "offered":
            granting.settle(db, grant, "declined", found.now)
        for kind in ("grant", "delegation"):
            boards.touch(db, kind, grant.id, found.now)


def leave(db: Session, election: ElectionRow, member: MemberRow, found: Forgotten) -> None:
    for row in db.scalars(select(NominationRow).filter_by(election_id=election.id, before_id=member.id)):
        row.before = None
    db.flush()
    theirs = or_(NominationRow.member_id == member.id, NominationRow.nominee_id == member.id)
    db.execute(delete(NominationRow).where(NominationRow.election_id == election.id, theirs))
    for kind in ("election", "nominations"):
        boards.touch(db, kind, election.id, found.now)


FORGET = Forget(
    empty={NominationRow.reason: NominationRow.member_id},
    stay=(
        *(GrantRow.role, GrantRow.member_id, GrantRow.by_id, GrantRow.term),
        *(GrantRow.question, GrantRow.instructions, GrantRow.report),
        *(ElectionRow.role, ElectionRow.role_key, ElectionRow.term, ElectionRow.opener_id),
        *(NominationRow.nominee_id, NominationRow.before_id),
    ),
    then=forget,
)
