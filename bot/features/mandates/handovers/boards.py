"""The board of a handover: that there is one, and whether it is confirmed."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.features.mandates.handovers import texts
from bot.routing.feature import voice_at
from bot.tidy import isolated
from models import BoardRow, HandoverRow

BOARD = "handover"


def handover_board(db: Session, board: BoardRow) -> Message:
    return texts.handover(voice_at(db, board), facts_of(db, db.get_one(HandoverRow, board.subject_id)))


def facts_of(db: Session, row: HandoverRow) -> texts.Handover:
    receiver = row.receiver or row.mandate
    giver_name, receiver_name = roll.names_in(db, [row.mandate.member, receiver.member])
    return texts.Handover(
        id=row.id,
        giver=giver_name,
        receiver=receiver_name,
        receiver_ref=roll.ref_of(receiver.member),
        role=isolated(row.mandate.role.name),
        things=[isolated(thing) for thing in row.things],
        state=row.state,
    )
