"""A recall goes on: the group is asked, and what it says is done; or it comes to nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import mandates, permissions, register, roll
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.features.recall import rules, store, texts
from bot.language import Voice
from bot.routing.house import Decided, House, Question, prefix_on
from bot.tidy import isolated
from models import ChatRow, EntryRow, GroupRow, RecallRow

DECIDE = "recall.decide"
TOLD: Sequence[rules.State] = ("adopted", "blocked", "no quorum", "withdrawn")  # ends of which the rooms hear


def enough(db: Session, recall: RecallRow) -> bool:
    """Whether as many support it as must, or all others that there are today."""
    group = db.get_one(GroupRow, recall.group_id)
    others = roll.count(db, group) - permissions.belongs(recall.holder)
    return store.support_count(db, recall) >= min(recall.needed, max(1, others))


def begin(db: Session, recall: RecallRow, now: datetime, house: House) -> None:
    """The others are asked. Refused: it cannot be asked now."""
    group, chat = db.get_one(GroupRow, recall.group_id), db.get_one(ChatRow, recall.chat_id)
    text = texts.question(Voice(group.language, group.zone), recall.number, roll.name_in(db, recall.holder), role_of(recall))
    without, method = (recall.holder,), recall.method
    question = Question(group, chat, recall.thread, recall.opener, text, DECIDE, recall.id, without=without, method=method)
    recall.question_number = house.ask(db, question, now, house)
    recall.state = "deciding"
    if recall.suspends:
        recall.mandate.suspended_at = now
        enter(db, group, recall, "mandate suspended", {"mandate": recall.mandate_id}, now, house)
    boards.touch(db, "recall", recall.id, now)


def decided(db: Session, what: Decided, now: datetime, house: House) -> None:
    """The group has spoken. A mandate that is over by then, or by its date, is not recalled any more, unless it is renewed."""
    recall = store.locked(db, what.subject_id)
    if recall.state != "deciding":
        return
    follow(db, recall, now)
    mandate = recall.mandate
    if mandate.state != "running" or (mandate.ends_at <= now and mandate.outlook != "renewed"):
        end(db, recall, "unneeded", now, house)
        return
    if what.result == "adopted":
        mandates.end(db, mandate, "recalled", now, house, pass_on=True)
    end(db, recall, state_of(what.result), now, house)


def follow(db: Session, recall: RecallRow, now: datetime) -> bool:
    """To the next term of the same person in the same role, if the last has ended. Says whether there is one that runs."""
    running = store.running_mandate(db, recall)
    if running is not None and running is not recall.mandate:
        recall.mandate = running
        boards.touch(db, "recall", recall.id, now)
    return running is not None


def state_of(result: str) -> rules.State:
    match result:
        case "adopted":
            return "adopted"
        case "blocked":
            return "blocked"
        case "withdrawn":
            return "withdrawn"
    return "no quorum"


def end(db: Session, recall: RecallRow, state: rules.State, now: datetime, house: House) -> None:
    """Over, one way or another; a mandate that runs on has its powers again, and nobody who supported it is named any more."""
    asked, group = recall.state == "deciding", store.lock_group(db, recall.group_id)
    recall.state, recall.ended_at = state, now
    db.flush()
    store.forget_supporters(db, recall)
    if recall.mandate.state == "running" and recall.mandate.suspended_at is not None:
        recall.mandate.suspended_at = None
        enter(db, group, recall, "mandate resumes", {"mandate": recall.mandate_id}, now, house)
    entry = enter(db, group, recall, "recall ends", {"recall": f"D-{recall.number}", "result": state}, now, house)
    boards.touch(db, "recall", recall.id, now)
    if asked and state in TOLD:
        tell(db, recall, entry)


def drop(db: Session, recall: RecallRow, now: datetime, house: House) -> None:
    """It is no longer needed, and neither is what the group was asked."""
    end(db, recall, "unneeded", now, house)
    if recall.question_number is not None:
        house.take_back(db, store.lock_group(db, recall.group_id), recall.question_number, now, house)


def tell(db: Session, recall: RecallRow, entry: EntryRow) -> None:
    facts = texts.Ended(
        number=recall.number,
        decision=recall.question_number or recall.number,
        who=roll.mention_in(db, recall.holder),
        role=role_of(recall),
        state=recall.state,
        until=recall.mandate.ends_at,
        passes_on=recall.mandate.vacancy == "open",
        role_open=recall.mandate.role.state == "open",
    )

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.ended(v, facts, prefix_on(chat.platform))

    home = db.get_one(ChatRow, recall.chat_id)
    key = f"recall:{recall.id}:ended"
    after = ("recall", recall.id)
    say_everywhere(db, recall.group_id, words, key, entry.entered_at, home=home, thread=recall.thread, after=after, tells=entry)


def role_of(recall: RecallRow) -> str:
    return isolated(recall.mandate.role.name)


def enter(
    db: Session, group: GroupRow, recall: RecallRow, kind: str, facts: dict[str, object], now: datetime, house: House
) -> EntryRow:
    """Into the register; who and what for stands outside the hashed part."""
    personal = {"role": recall.mandate.role.name, "label": roll.ref_of(recall.holder).label}
    return register.enter(db, group, kind, facts, now=now, dice=house.dice, personal=personal)
