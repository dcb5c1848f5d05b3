"""Lines that any message may get: a room that is behind, one that was not heard, one that has left, people of one name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.chat.message import Block, Message
from bot.commons import choices, electorate, rooms, texts
from bot.delivery.boards import Face
from bot.language import Voice
from bot.routing.feature import voice_at
from models import BoardRow, ElectorateRow, GroupRow


def annotated(faces: Mapping[str, Face]) -> dict[str, Face]:
    """Every feature's boards, as the group wants them, with what they have to say about rooms that are behind or have left it."""
    return {kind: annotating(face) for kind, face in faces.items()}


def annotating(face: Face) -> Face:
    def drawn(db: Session, board: BoardRow) -> Message:
        said = face(db, board)
        if not said.rows:
            return said
        if board.chat.kind == "group" and board.chat.group_id != board.group_id:
            return with_lines(replace(said, rows=()), texts.room_left(voice_at(db, board)))
        said = choices.as_preferred(db.get_one(GroupRow, board.group_id), said)
        return with_lines(said, texts.behind(voice_at(db, board), rooms.behind(db, board.group_id)))

    return drawn


def with_unheard(db: Session, v: Voice, said: Message, kind: str, subject_id: int) -> Message:
    """A result, with a line for each room of which not all was heard (see `rooms.note_unheard`)."""
    return with_lines(said, texts.unheard(v, rooms.unheard(db, kind, subject_id)))


def with_warnings(db: Session, v: Voice, said: Message, electorate_id: int, prefix: str) -> Message:
    """An open board, with a line if many came lately, and if people of one name may take part: whoever facilitates can ask."""
    if not said.rows:
        return said
    who = db.get_one(ElectorateRow, electorate_id)
    alike = electorate.twins(db, who)
    return with_lines(said, [*texts.wave(v, who.wave, who.size, who.too_new), *texts.twins(v, alike, prefix)])


def with_lines(said: Message, lines: Sequence[Block]) -> Message:
    return replace(said, blocks=(*said.blocks, *lines)) if lines else said
