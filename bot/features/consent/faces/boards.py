"""Boards of consent: facts are gathered here and worded in texts.py."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import permissions, roll
from bot.commons.notes import with_warnings
from bot.features.consent import rules, store
from bot.features.consent.faces import texts
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import BoardRow, GroupRow, ObjectionRow, ProposalRow, RoundRow, StanceRow

SHOWN = 20  # names, concerns and remarks fetched for a board
FOLDED = 8


def round_board(db: Session, board: BoardRow) -> Message:
    v, round_ = voice_at(db, board), db.get_one(RoundRow, board.subject_id)
    prefix = prefix_on(board.chat.platform)
    said = texts.round_board(v, round_facts(db, round_, prefix))
    return with_warnings(db, v, said, round_.electorate_id, prefix)


def round_facts(db: Session, round_: RoundRow, prefix: str) -> texts.RoundFacts:
    proposal, tally = round_.proposal, store.tally(db, round_)
    before = store.text_of(db, proposal, round_.version - 1) if round_.version > 1 else None
    return texts.RoundFacts(
        round_id=round_.id,
        number=proposal.number,
        version=round_.version,
        proposer=roll.name_in(db, proposal.proposer),
        text=store.text_of(db, proposal, round_.version),
        before=before,
        phase=round_.phase,
        open=round_.outcome == "open",
        closes_at=round_.closes_at,
        step_ends_at=rules.phase_end(round_.phase, round_.opens_at, round_.closes_at),
        quorum=round_.quorum,
        size=round_.electorate.size,
        newcomers=round_.electorate.newcomers,
        resting=round_.electorate.resting,
        fingerprint=round_.electorate.fingerprint,
        tally=tally,
        names={stance: names_of(db, round_, stance) for stance in texts.STANCES},
        concerns=said(db, store.concerns(db, round_, FOLDED)),
        objections=objections(db, proposal),
        remarks=[(roll.name_of(each.member), isolated(each.text)) for each in store.remarks(db, round_.id, FOLDED)],
        remark_count=store.remark_count(db, round_.id),
        facilitators=facilitators(db, proposal),
        prefix=prefix,
    )


def facilitators(db: Session, proposal: ProposalRow) -> list[str]:
    group = db.get_one(GroupRow, proposal.group_id)
    return [roll.name_of(member) for member in permissions.facilitators(db, group, proposal.proposer)]


def names_of(db: Session, round_: RoundRow, stance: str) -> list[str]:
    return roll.names_in(db, store.takers(db, round_, stance, SHOWN))


def said(db: Session, rows: list[StanceRow]) -> list[tuple[str, str]]:
    names = roll.names_in(db, [row.member for row in rows])
    return [(name, isolated(row.concern)) for name, row in zip(names, rows, strict=True)]


def objections(db: Session, proposal: ProposalRow) -> list[texts.Objection]:
    return [objection(db, each) for each in store.objections(db, proposal.id)][-SHOWN:]


def objection(db: Session, row: ObjectionRow) -> texts.Objection:
    mention = roll.mention_in(db, row.member)
    return texts.Objection(
        objection_id=row.id,
        number=row.proposal.number,
        name=mention.name,
        mention=mention,
        reason=isolated(row.reason),
        state=row.state,
        version=row.version,
        settled_version=row.settled_version,
        settled_why=isolated(row.settled_why),
        current=row.proposal.version,
        open=row.proposal.state == "open",
    )


def objection_board(db: Session, board: BoardRow) -> Message:
    return texts.objection_board(voice_at(db, board), objection(db, db.get_one(ObjectionRow, board.subject_id)))


def aside_board(db: Session, board: BoardRow) -> Message:
    round_ = db.get_one(RoundRow, board.subject_id)
    facts = texts.AsideFacts(
        round_id=round_.id,
        objection=objection(db, db.get_one(ObjectionRow, round_.objection_id)),
        reason=[(roll.name_of(each.member), isolated(each.text)) for each in store.remarks(db, round_.id, 1)],
        closes_at=round_.closes_at,
        outcome=round_.outcome,
        quorum=round_.quorum,
        size=round_.electorate.size,
        tally=store.tally(db, round_),
        names={stance: names_of(db, round_, stance) for stance in texts.STANCES},
    )
    return texts.aside_board(voice_at(db, board), facts)
