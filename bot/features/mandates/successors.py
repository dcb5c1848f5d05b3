"""Who follows whom in a seat, and which seats are free."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from bot.chat.message import Mention
from bot.commons import mandates, roll
from bot.features.mandates.texts import Again, Farewell
from bot.tidy import isolated
from models import GroupRow, MandateRow, RoleRow


def farewells(db: Session, group: GroupRow, over: Sequence[MandateRow]) -> list[Farewell]:
    """What is to be said of mandates that have just ended."""
    followers = {role: Followers(db, group, role) for role in {mandate.role for mandate in over}}
    names = roll.names_in(db, [mandate.member for mandate in over])
    return [
        Farewell(
            who=Mention(roll.ref_of(mandate.member), name),
            role=isolated(mandate.role.name),
            at=mandate.ended_at or mandate.ends_at,
            follower=followers[mandate.role].next_after(mandate),
            free=followers[mandate.role].seat_free,
        )
        for mandate, name in zip(over, names, strict=True)
    ]


def renewed_term(db: Session, mandate: MandateRow) -> Again:
    name = Mention(roll.ref_of(mandate.member), roll.name_in(db, mandate.member))
    return Again(name, isolated(mandate.role.name), mandate.ends_at)


class Followers:
    """Those in a role who can have followed somebody: they came later, and with them all seats are taken."""

    def __init__(self, db: Session, group: GroupRow, role: RoleRow) -> None:
        running = mandates.running(db, group, role)
        self.seat_free = role.state == "open" and len(running) < role.seats
        names = roll.names_in(db, [mandate.member for mandate in running])
        self.waiting = [] if self.seat_free else sorted(zip((mandate.id for mandate in running), names, strict=True))

    def next_after(self, mandate: MandateRow) -> str:
        """The name of one who came later, each but once; "" if there is none."""
        found = next(self.later(mandate), None)
        if found is None:
            return ""
        self.waiting.remove(found)
        return found[1]

    def later(self, mandate: MandateRow) -> Iterator[tuple[int, str]]:
        return (each for each in self.waiting if each[0] > mandate.id)
