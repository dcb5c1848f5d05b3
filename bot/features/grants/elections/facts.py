"""What the messages of an election show, gathered from what is true now."""

from sqlalchemy.orm import Session

from bot.commons import mandates, offices, permissions, roles, roll
from bot.features.grants.elections import rules, store
from bot.features.grants.elections.faces import texts
from bot.tidy import isolated
from models import ElectionRow, GroupRow, NominationRow


def purpose_and_term(db: Session, election: ElectionRow) -> texts.About:
    """What for, and for how long; who holds it now."""
    group, role = db.get_one(GroupRow, election.group_id), store.role_of(db, election)
    usual = roles.term_of(group, role) if role else roles.usual_term(group)
    return texts.About(
        id=election.id,
        number=election.number,
        role=isolated(election.role),
        purpose=isolated(role.purpose) if role else "",
        term=election.term or usual,
        until=election.until_at,
        holders=roll.names(offices.holders_of(db, role)) if role else [],
        state=election.state,
        ends_at=election.ends_at,
        length=election.length,
        opener=roll.name_in(db, election.opener),
    )


def listed(db: Session, election: ElectionRow) -> list[texts.Nomination]:
    """All nominations: those that were changed come first, then those for whoever was named most."""
    rows = store.nominations(db, election)
    names = names_of(db, rows)
    place = {nominee: place for place, (nominee, _) in enumerate(rules.in_order(row.nominee_id for row in rows))}
    return [
        texts.Nomination(
            nominee_id=row.nominee_id,
            by=names[row.member_id],
            name=names[row.nominee_id],
            before=names[row.before_id] if row.before_id else "",
            reason=isolated(row.reason),
        )
        for row in sorted(rows, key=lambda row: (row.before_id is None, place[row.nominee_id]))
    ]


def names_of(db: Session, rows: list[NominationRow]) -> dict[int, str]:
    people = {member.id: member for row in rows for member in (row.member, row.nominee, row.before) if member is not None}
    return dict(zip(people, roll.names_in(db, list(people.values())), strict=True))


def nominees(db: Session, election: ElectionRow) -> list[texts.Nominee]:
    """Those named, with what the group should know before one is put to it."""
    rows = store.nominations(db, election)
    people, names = {row.nominee_id: row.nominee for row in rows}, names_of(db, rows)
    said = {grant.member_id: grant.state for grant in store.choices(db, election)}
    role, group = store.role_of(db, election), db.get_one(GroupRow, election.group_id)
    made = []
    for member_id, count in rules.in_order(row.nominee_id for row in rows):
        barred = mandates.bar(db, group, role, people[member_id], election.ends_at) if role else None
        note = "left" if not permissions.belongs(people[member_id]) else said.get(member_id) or (barred.why if barred else "")
        made.append(texts.Nominee(member_id, names[member_id], count, note))
    return made
