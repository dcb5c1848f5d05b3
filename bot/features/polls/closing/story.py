"""The story of a poll that is over, for whoever looks it up: what was asked, and what each option received."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Block
from bot.commons import finding, register
from bot.features.polls import store
from bot.features.polls.closing import texts
from bot.language import Voice
from bot.tidy import isolated
from models import PollRow


def story(db: Session, poll_id: int, v: Voice) -> Sequence[Block]:
    """As the register has it: of a secret poll nobody knows more, and of one that runs nothing is told."""
    poll = db.get_one(PollRow, poll_id)
    read = map(register.read, finding.about(db, poll.group_id, poll.number))
    facts = next((entry.facts for entry in read if entry.kind == "poll"), {})
    figures = {int(place): n for place, n in facts.get("figures", {}).items()}
    return texts.story(v, isolated(poll.question), store.named(db, poll), figures)
