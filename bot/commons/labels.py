"""Labels that people have given themselves: read where a draw needs them, and by their owner."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import GroupRow, LabelRow, MemberRow


def of(db: Session, member: MemberRow) -> list[LabelRow]:
    """Somebody's own, by category."""
    return list(db.scalars(select(LabelRow).filter_by(member_id=member.id).order_by(LabelRow.category)))


def put(db: Session, member: MemberRow, category: str, value: str) -> None:
    """`category`: folded. What was said before of it is gone."""
    found = db.get(LabelRow, (member.id, category))
    if found is None:
        db.add(LabelRow(member_id=member.id, category=category, group_id=member.group_id, value=value))
    else:
        found.value = value
    db.flush()


def erase(db: Session, member: MemberRow, categories: Collection[str] | None = None) -> int:
    """These, or all; how many there were."""
    query = delete(LabelRow).where(LabelRow.member_id == member.id).returning(LabelRow.category)
    return len(db.scalars(query if categories is None else query.where(LabelRow.category.in_(categories))).all())


def of_all(db: Session, group: GroupRow, categories: Sequence[str]) -> dict[str, dict[int, str]]:
    """Of each category what each member has said, by member's id."""
    found: dict[str, dict[int, str]] = {category: {} for category in categories}
    for row in db.scalars(select(LabelRow).where(LabelRow.group_id == group.id, LabelRow.category.in_(categories))):
        found[row.category][row.member_id] = row.value
    return found
