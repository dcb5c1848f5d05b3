"""People in seats, put there without the story of how: for stories about what comes afterwards."""

from typing import Any

from sqlalchemy.orm import Session

from bot.chat.refs import PersonRef
from bot.commons import mandates, roles
from bot.commons.mandates import Beginning
from bot.routing.house import House
from models import AccountRow, ChatRow, GroupRow, MandateRow, MemberRow, RoleRow
from tests.support.moot import Moot, enrol

HOUSE = House("test")


def seat(bot: Moot, name: str, role: str = "treasurer", *, by_consent: bool = False, platform: str = "", **facts: Any) -> int:
    """Somebody on the roll serves from now on; `facts` of the role, such as `term` or `notice`. Gives the mandate's id.

    Whether a seat is free is not asked: what comes afterwards may be told of more than there are.
    """
    if name not in bot.people or not bot.rows(AccountRow, name=name):
        enrol(bot, name)
    with bot.database.transaction() as db:
        chat = db.query(ChatRow).filter_by(ref=bot.group.id).one()
        group = db.get_one(GroupRow, chat.group_id)
        found = role_with(db, group, role, bot, facts)
        how = Beginning("draw", chat.id, by_consent=by_consent)
        seats, found.seats = found.seats, 1_000
        made = mandates.begin(db, group, found, member_of(db, group, bot.person(name, platform)), how, bot.clock.now(), HOUSE)
        found.seats = seats
        return made.id


def role_with(db: Session, group: GroupRow, name: str, bot: Moot, facts: dict[str, Any]) -> RoleRow:
    found = roles.ensure(db, group, name, bot.clock.now())
    for fact, value in facts.items():
        setattr(found, fact, value)
    return found


def member_of(db: Session, group: GroupRow, who: PersonRef) -> MemberRow:
    account = db.query(AccountRow).filter_by(platform=who.platform, ref=who.id).one()
    return db.query(MemberRow).filter_by(person_id=account.person_id, group_id=group.id).one()


def standing(bot: Moot, mandate_id: int) -> MandateRow:
    """The mandate as it is now."""
    return bot.row(MandateRow, id=mandate_id)
