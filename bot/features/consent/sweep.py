"""Rounds that come due, reasons that are asked for once more, and those that an outage fell into."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import hours, private, resting, roll
from bot.commons.rooms import note_unheard, say_everywhere
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.consent import closing, opening, rules, store, texts
from bot.language import Voice
from bot.routing.feature import Gap, Sweep
from bot.routing.house import House
from bot.tidy import isolated
from models import ChatRow, GroupRow, MemberRow, ObjectionRow, RoundRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def settle(db: Session, round_id: int, now: datetime, house: House) -> None:
    """Whatever is due in the round: it closes, its next step begins, or those who are silent are told of it once."""
    round_ = db.get_one(RoundRow, round_id)
    store.lock_group(db, round_.group_id)
    db.refresh(round_, with_for_update=True)
    if round_.outcome != "open" or round_.wakes_at > now:
        return
    if round_.closes_at > now:
        go_on(db, round_, now)
    elif round_.objection_id is not None:
        closing.close_aside(db, round_, now)
    else:
        note_unheard(db, round_.group_id, "outcome", round_.id, round_.closes_at)
        closing.close(db, round_, now, house)


def go_on(db: Session, round_: RoundRow, now: datetime) -> None:
    if round_.nudge_at is not None and round_.nudge_at <= now:
        round_.nudge_at = hours.waking(db.get_one(GroupRow, round_.group_id), now, round_.closes_at)
        if round_.nudge_at is not None and round_.nudge_at <= now:
            nudge(db, round_, now)
    while round_.phase in rules.PHASE_ENDS and rules.phase_end(round_.phase, round_.opens_at, round_.closes_at) <= now:
        round_.phase = rules.next_phase(round_.phase)
        boards.touch(db, "round", round_.id, now)
    opening.rewake(round_)


def nudge(db: Session, round_: RoundRow, now: datetime) -> None:
    """Once: in private to those who have a private chat with the bot, in one message to each room to a few of the others."""
    round_.nudge_at = None
    title = isolated(rules.title_of(store.text_of(db, round_.proposal)))
    facts = (round_.proposal.number, title, round_.closes_at)
    others = [member for member in store.silent(db, round_, now) if not nudge_privately(db, round_, member, facts, now)]
    if not others:
        return
    mentions = roll.mentions_in(db, others)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.nudge(v, *facts, mentions)

    say_everywhere(db, round_.group_id, words, f"nudge:{round_.id}", now, after=("round", round_.id))


def nudge_privately(db: Session, round_: RoundRow, member: MemberRow, facts: tuple[int, str, datetime], now: datetime) -> bool:
    """Says whether there is such a chat."""
    chat = private.room_of(db, member, now)
    if chat is not None:
        group, home = db.get_one(GroupRow, round_.group_id), db.get_one(ChatRow, round_.proposal.chat_id)
        words = texts.private_nudge(Voice(group.language, group.zone), *facts, room=isolated(home.title))
        say(db, chat, words, key=f"nudge:{round_.id}:{chat.id}", now=now)
    return chat is not None


def remind(db: Session, objection_id: int, now: datetime, house: House) -> None:
    """An objector who gave no reason is asked once more, by day, unless they are resting."""
    objection = db.get_one(ObjectionRow, objection_id)
    group = store.lock_group(db, objection.group_id)
    db.refresh(objection, with_for_update=True)
    if objection.state != "open" or objection.remind_at is None or objection.remind_at > now:
        return
    waits_until = hours.awake_at(group, now)
    objection.remind_at = waits_until if waits_until > now else None
    if objection.remind_at is not None or resting.rests(objection.member, now):
        return
    name = roll.mention_in(db, objection.member)

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.reason_again(v, objection.proposal.number, name)

    say_everywhere(db, objection.group_id, words, f"reason:{objection.id}", now, after=("objection", objection.id))


def gap(db: Session, chat: ChatRow, gap: Gap, now: datetime, house: House) -> bool:
    """An open round whose end fell into the gap goes on for as long as the gap was: an hour at least, a day at most."""
    if chat.group is None:
        return False
    rounds = store.open_rounds(db, chat.group.id)
    for round_ in rounds:
        if round_.closes_at <= gap.until:
            round_.nudge_at = None
            round_.closes_at = now + min(max(gap.until - gap.since, HOUR), DAY, round_.closes_at - round_.opens_at)
            opening.rewake(round_)
            boards.touch(db, "round" if round_.objection_id is None else "aside", round_.id, now)
    return bool(rounds)


SWEEPS = (
    Sweep("rounds", store.due, store.upcoming, settle),
    Sweep("reasons", store.reminders_due, store.next_reminder, remind, after_intake=False),
)
