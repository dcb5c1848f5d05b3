"""What was noted for the group is the group's; why somebody objected to it is their own, and pages that were looked up go."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.delivery import boards
from bot.features.memory.commands import BOARD
from bot.features.memory.notes import life
from bot.routing.forgetting import Forget, Forgotten
from models import NoteRow, SearchRow


def forget(db: Session, found: Forgotten) -> None:
    for search in db.scalars(select(SearchRow).where(SearchRow.group_id.in_({member.group_id for member in found.members}))):
        search.words, search.face = "", None
        boards.touch(db, BOARD, search.id, found.now)
    named = or_(NoteRow.by_id.in_(found.ids), NoteRow.objector_id.in_(found.ids))
    for note_id in db.scalars(select(NoteRow.id).where(named)):
        boards.touch(db, life.BOARD, note_id, found.now)
    db.flush()


FORGET = Forget(
    empty={NoteRow.reason: NoteRow.objector_id},
    by_hand=(SearchRow.words, SearchRow.face),
    stay=(NoteRow.text, NoteRow.by_id),
    then=forget,
)
