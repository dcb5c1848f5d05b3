"""What the person has to say whose mandate it is: it stands on the board beside the reason."""

from bot.chat.incoming import Ack
from bot.commons import numbers, permissions, roll
from bot.delivery import boards
from bot.features.recall import rules, store, texts
from bot.features.recall.presses import pressed
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, RecallRow


def answer(call: Call) -> None:
    """`/answer D-4 I was ill, and the books are open.`"""
    holder = roll.find(call.db, call.group, call.person)
    mine = store.about(call.db, call.group.id, holder) if holder else []
    by_number = {recall.number: recall for recall in mine}
    number, words = numbers.read(call.text, lambda found: found in by_number)
    if number is None and len(mine) > 1:
        raise Refused("which one", numbers=sorted(by_number), verb="answer")
    recall = by_number.get(number) if number is not None else next(iter(mine), None)
    if recall is None:
        raise Refused("nothing to answer")
    take(call, recall, words)


def reply(call: Call) -> Ack | None:
    """A reply to the board by the person; others may talk under it as they like."""
    recall = pressed(call)
    if not is_holder(call, recall) or recall.state not in rules.OPEN:
        return None
    take(call, recall, call.text)
    return None


def how(call: Call) -> Ack:
    """Somebody pressed Answer: how it is done, and for whom it is."""
    recall = pressed(call)
    if not is_holder(call, recall):
        raise Refused("answer is theirs", number=recall.number)
    if recall.state not in rules.OPEN:
        raise Refused("recall over", number=recall.number)
    return Ack(texts.how_to_answer(call.voice, recall.number, call.prefix))


def is_holder(call: Call, recall: RecallRow) -> bool:
    member: MemberRow | None = roll.find(call.db, call.group, call.person)
    return permissions.is_theirs(member, recall.holder_id)


def take(call: Call, recall: RecallRow, words: str) -> None:
    """Refused: no words, or too many. Later words replace earlier ones."""
    text = rules.read_words(words)
    if not text:
        raise Refused("answer missing", number=recall.number)
    recall.answer = text
    boards.touch(call.db, "recall", recall.id, call.now)
    call.answer(texts.answered(call.voice, recall.number))
