"""The whole story of a draw: who was in the pool and its fingerprint, the chance, who was asked and said what, who served."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Block, Mention, Text
from bot.commons import terms
from bot.features.lots import boards
from bot.features.lots import texts as lots
from bot.features.lots.story import texts
from bot.language import Voice
from models import ChatRow, DrawRow, MandateRow


def story(db: Session, draw_id: int, v: Voice) -> Sequence[Block]:
    draw = db.get_one(DrawRow, draw_id)
    facts = boards.facts_of(db, draw, db.get_one(ChatRow, draw.chat_id).platform)
    served = db.scalars(select(MandateRow).filter_by(draw_id=draw.id).order_by(MandateRow.id)).all()
    said = [
        *texts.called(v, facts.opener, draw.frozen_at),
        *lots.opening(v, facts)[1:],
        lots.sealed_pool(v, facts),
        *(lots.result(v, boards.result_of(db, v, draw, "")).blocks[1:] if facts.drawn else texts.state(v, facts)),
    ]
    return [*map(unmentioned, said), *terms.story(db, served, v)]


def unmentioned(block: Block) -> Block:
    """Who is only spoken of is not called for."""
    return replace(block, spans=tuple(Text(span.name) if isinstance(span, Mention) else span for span in block.spans))
