"""The messages of an election, drawn from what is true now."""

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import roll
from bot.commons.notes import with_unheard, with_warnings
from bot.features.grants.elections import facts, store
from bot.features.grants.elections.faces import texts
from bot.routing.feature import voice_at
from bot.routing.house import prefix_on
from models import BoardRow, ElectionRow, MandateRow, MemberRow, NominationRow


def election_board(db: Session, board: BoardRow) -> Message:
    """While people name somebody in private: who has, and nothing else of it."""
    election, v = db.get_one(ElectionRow, board.subject_id), voice_at(db, board)
    about, rows = facts.purpose_and_term(db, election), store.nominations(db, election)
    naming = texts.Naming(election.electorate.size, roll.names_in(db, sorted_members(rows)))
    said = texts.election(v, about, naming)
    return with_warnings(db, v, said, election.electorate_id, prefix_on(board.chat.platform))


def sorted_members(rows: list[NominationRow]) -> list[MemberRow]:
    """As they came onto the roll: the order tells nothing."""
    return sorted((row.member for row in rows), key=lambda member: (member.joined_at, member.id))


def nominations_board(db: Session, board: BoardRow) -> Message:
    election, v = db.get_one(ElectionRow, board.subject_id), voice_at(db, board)
    said = texts.nominations(v, facts.purpose_and_term(db, election), named_in(db, election, prefix_on(board.chat.platform)))
    return with_unheard(db, v, said, "nominations", election.id)


def named_in(db: Session, election: ElectionRow, prefix: str) -> texts.Named:
    tried = store.choices(db, election)
    mandate = db.get(MandateRow, tried[-1].mandate_id) if tried and tried[-1].mandate_id else None
    chosen = texts.Choice(
        name=roll.name_in(db, tried[-1].member) if tried else "",
        decision=tried[-1].number if tried else 0,
        until=mandate.ends_at if mandate else None,
    )
    return texts.Named(facts.nominees(db, election), facts.listed(db, election), chosen, prefix)
