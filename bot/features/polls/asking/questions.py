"""Questions that other features have a group decide by majority: a poll of Yes or No among all but those whom it is about."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.commons import questions
from bot.commons.electorate import Terms
from bot.features.polls import rules
from bot.features.polls.asking import opening
from bot.refusal import Refused
from bot.routing.feature import Ask
from bot.routing.house import House, Question
from models import PollRow


def asking(visibility: rules.Visibility) -> Ask:
    """More Yes than No adopts it; a tie does not, and no lots are drawn."""

    def ask(db: Session, question: Question, now: datetime, house: House) -> int:
        place = opening.Place(question.group, question.chat, question.thread, question.by)
        asked = rules.checked(rules.Asked(question.text, visibility=visibility))
        terms = rules.Terms(now + questions.length_of(question.group), questions.quorum_of(question.group))
        who = Terms(without=question.without)
        return opening.open_poll(db, place, asked, terms, now, house, opening.Origin(question=question, who=who)).number

    return ask


def check_no_question(found: PollRow) -> None:
    """Refused: asked anew by itself it would decide nothing."""
    if found.purpose:
        raise Refused("asked by a rule", number=found.number)


def check_all_heard(found: PollRow, electors: int) -> None:
    """Refused: it is about somebody, and whoever opened it must not end it at a moment of their choice."""
    if found.purpose and found.voted < electors:
        raise Refused("stays open", number=found.number)
