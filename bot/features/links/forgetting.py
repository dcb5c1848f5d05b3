"""Codes and links of accounts go with whoever had them; that a room was joined stays, by nobody."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.routing.forgetting import Forget, Forgotten
from models import LinkCodeRow, LinkTryRow, PersonLinkRow, RoomLinkRow


def forget(db: Session, found: Forgotten) -> None:
    ids, people = [account.id for account in found.accounts], {account.person_id for account in found.accounts}
    theirs = or_(PersonLinkRow.account_id.in_(ids), PersonLinkRow.person_id.in_(people), PersonLinkRow.old_person_id.in_(people))
    db.execute(delete(PersonLinkRow).where(theirs))
    for rows in (LinkCodeRow, LinkTryRow):
        db.execute(delete(rows).where(rows.account_id.in_(ids)))
    objected = RoomLinkRow.objector_id.in_(ids)
    for link_id in db.scalars(select(RoomLinkRow.id).where(or_(objected, RoomLinkRow.account_id.in_(ids)))):
        boards.touch(db, "link", link_id, found.now)
    found.words.update(filter(None, db.scalars(select(RoomLinkRow.reason).where(objected))))
    db.execute(update(RoomLinkRow).where(objected).values(objector_id=found.nobody.id, reason=""))
    db.execute(update(RoomLinkRow).where(RoomLinkRow.account_id.in_(ids)).values(account_id=found.nobody.id))


FORGET = Forget(
    by_hand=(
        *(LinkCodeRow.account_id, LinkCodeRow.digest, LinkTryRow.account_id),
        *(PersonLinkRow.account_id, PersonLinkRow.person_id, PersonLinkRow.old_person_id),
        *(RoomLinkRow.account_id, RoomLinkRow.objector_id, RoomLinkRow.reason),
    ),
    stay=(RoomLinkRow.waits_for,),
    then=forget,
)
