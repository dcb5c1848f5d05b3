"""A decision whose review date has come: the group is asked whether to keep, change or end it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.chat.incoming import Ack
from bot.commons import hours, permissions, register, roll
from bot.commons.when import after, read_span
from bot.delivery import boards
from bot.features.consent import opening, rules, store, texts
from bot.features.consent.commands import speaker
from bot.features.consent.settings import DEPTH, LAPSED, QUORUM
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, Sweep
from bot.routing.house import House
from models import MemberRow, ProposalRow

ANSWER_WITHIN = timedelta(days=14)


def settle(db: Session, proposal_id: int, now: datetime, house: House) -> None:
    """Ask, by day; and if nobody answered, what the group's setting says happens."""
    proposal = db.get_one(ProposalRow, proposal_id)
    group = store.lock_group(db, proposal.group_id)
    db.refresh(proposal, with_for_update=True)
    if proposal.review_at is None or proposal.review_at > now or proposal.state != "adopted":
        return
    if proposal.review_state != "asked" and (wakes_at := hours.awake_at(group, now)) > now:
        proposal.review_at = wakes_at
    elif proposal.review_state != "asked":
        proposal.review_state, proposal.review_at = "asked", now + ANSWER_WITHIN
        opening.everywhere(db, proposal, "review", proposal.id, now)
    else:
        end(db, proposal, "lapsed" if LAPSED.of(group) == "lapse" else "stayed", now, house)


def end(db: Session, proposal: ProposalRow, state: str, now: datetime, house: House, by: MemberRow | None = None) -> None:
    """Write down what the review came to, and show it."""
    group = store.lock_group(db, proposal.group_id)
    proposal.review_state, proposal.review_at = state, None
    if state == "kept":
        proposal.review_at = after(read_span(proposal.review), now, Voice(group.language, group.zone).zone)
    facts = {"review": f"D-{proposal.number}", "result": state}
    personal = {"by": roll.ref_of(by).label} if by else None
    register.enter(db, group, "review", facts, now=now, dice=house.dice, personal=personal)
    boards.touch(db, "review", proposal.id, now)


def asked(call: Call) -> tuple[ProposalRow, MemberRow]:
    """What the pressed button is about, and who pressed it; Refused unless it waits for an answer of somebody on the roll."""
    found = store.proposal_in(call.db, call.chat.group_id, call.about[0]) if len(call.about) == 1 else None
    if found is None:
        raise Refused("old button")
    member = speaker(call)
    if not permissions.belongs(member):
        raise Refused("not on the roll")
    if found.review_state != "asked":
        raise Refused("already reviewed")
    return found, member


def keep(call: Call) -> Ack:
    proposal, member = asked(call)
    end(call.db, proposal, "kept", call.now, call.house, member)
    return Ack(texts.kept(call.voice, proposal.review_at or call.now))


def change(call: Call) -> Ack:
    asked(call)
    return Ack(texts.how_to_change(call.voice, call.prefix))


def end_it(call: Call) -> Ack:
    """Ending a decision is itself one: a round is opened."""
    proposal, member = asked(call)
    title = rules.title_of(store.text_of(call.db, proposal), 200)
    text = texts.ending(call.voice, proposal.number, title)
    closes_at = call.now + opening.default_length(call.group)
    opening.put(call, opening.Asked(text, closes_at, QUORUM.of(call.group), DEPTH.of(call.group), ends_id=proposal.id), member)
    return Ack(texts.round_opened(call.voice))


SWEEP = Sweep("reviews", store.reviews_due, store.next_review, settle, after_intake=False)
