"""The whole story of an election, and of a mandate by consent: who was named and why, who was put to the group, who served."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chat.message import Block, bullet, paragraph
from bot.commons import roll, terms
from bot.features.grants import texts
from bot.features.grants.elections import boards, facts, store
from bot.features.grants.elections.faces import texts as faces
from bot.language import Voice
from models import ElectionRow, GrantRow, GroupRow, MandateRow


def election(db: Session, election_id: int, v: Voice) -> Sequence[Block]:
    """Nothing of whom anybody has named, before all is shown."""
    found = db.get_one(ElectionRow, election_id)
    about, tried = facts.purpose_and_term(db, found), store.choices(db, found)
    named = boards.named_in(db, found, "") if found.shown_at else None
    return [
        *texts.opened(v, about.opener, found.opened_at),
        *list(faces.heading(v, about))[1:],
        *(nominations(v, named) if named else ()),
        *(bullet(texts.tried(v, grant.number, roll.name_in(db, grant.member), grant.state)) for grant in tried),
        *outcome(v, about, named),
        *served(db, tried, v),
    ]


def nominations(v: Voice, named: faces.Named) -> Iterator[Block]:
    yield from faces.shown_list(v, named.nominations)
    if named.nominees:
        yield paragraph(faces.counts(v, named.nominees))


def outcome(v: Voice, about: faces.About, named: faces.Named | None) -> Iterator[Block]:
    if about.state in texts.OVER_WITHOUT:
        chosen = named.chosen if named else faces.Choice("", 0, None)
        yield paragraph(faces.outcome(v, about.state, chosen))


def by_number(db: Session, group: GroupRow, number: int) -> int | None:
    return db.scalar(select(GrantRow.id).filter_by(group_id=group.id, number=number).limit(1))


def grant(db: Session, grant_id: int, v: Voice) -> Sequence[Block]:
    """What came of the consent, whose own story stands before it."""
    found = db.get_one(GrantRow, grant_id)
    said = [] if found.state == "asked" else [paragraph(texts.tried(v, found.number, roll.name_in(db, found.member), found.state))]
    return [*said, *served(db, [found], v)]


def served(db: Session, tried: Sequence[GrantRow], v: Voice) -> list[Block]:
    ids = [grant.mandate_id for grant in tried if grant.mandate_id]
    return terms.story(db, db.scalars(select(MandateRow).where(MandateRow.id.in_(ids)).order_by(MandateRow.id)).all(), v)
