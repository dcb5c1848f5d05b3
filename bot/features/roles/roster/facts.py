"""What the roster tells, gathered from the tables in a few looks however many roles there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from bot.commons import mandates, permissions, reserves, roles, roll
from bot.features.roles import store
from bot.features.roles.roster import texts
from bot.tidy import isolated
from models import GroupRow, MandateRow, MemberRow, RoleRow, TicketRow


class Roster:
    """Of one group, as it is now."""

    def __init__(self, db: Session, group: GroupRow) -> None:
        self.running = mandates.running(db, group)
        self.by_role: dict[int, list[MandateRow]] = defaultdict(list)
        for mandate in self.running:
            self.by_role[mandate.role_id].append(mandate)
        self.reserves = reserves.of_draws(db, {mandate.draw_id for mandate in self.running if mandate.draw_id})
        self.asked = reserves.asked(db, group)
        self.draws = {draw.role_key: draw.number for draw in reserves.under_way(db, group)}
        self.changes = {key: change.number for key, change in store.all_pending(db, group).items()}
        self.roles = [role for role in roles.all_of(db, group) if role.defined or self.by_role[role.id]]
        self.names = names(db, list(self.people()))

    def people(self) -> Iterator[MemberRow]:
        yield from (mandate.member for mandate in self.running)
        yield from (ticket.member for _, ticket in self.asked)
        for each in self.reserves.values():
            yield from each

    def lines(self) -> list[texts.Line]:
        return [self.line(role) for role in self.roles]

    def line(self, role: RoleRow) -> texts.Line:
        return texts.Line(
            role=isolated(role.name),
            purpose=isolated(role.purpose),
            script=isolated(role.sunset),
            seats=role.seats,
            taken=[self.seat(mandate) for mandate in self.by_role[role.id]],
            reserves=[self.names[member.id] for member in self.reserves_of(role)],
            asked=[self.question(draw.number, ticket) for draw, ticket in self.asked if draw.role_key == role.key],
            draw=self.draws.get(role.key),
            change=self.changes.get(role.key),
        )

    def seat(self, mandate: MandateRow) -> texts.Seat:
        suspended = mandate.suspended_at is not None
        return texts.Seat(self.names[mandate.member_id], mandate.starts_at, mandate.ends_at, suspended, mandate.outlook)

    def reserves_of(self, role: RoleRow) -> list[MemberRow]:
        """Of the draws from which its mandates come; each once, and nobody who serves already."""
        draws = {mandate.draw_id: mandate for mandate in self.by_role[role.id] if mandate.draw_id}
        found = {member.id: member for draw_id in draws for member in self.reserves[draw_id]}
        return [member for member in found.values() if member.id not in self.serving(role)]

    def serving(self, role: RoleRow) -> set[int]:
        return {mandate.member_id for mandate in self.by_role[role.id]}

    def question(self, number: int, ticket: TicketRow) -> texts.Asked:
        return texts.Asked(self.names[ticket.member_id], number, ticket.answer_by)

    def own(self, member: MemberRow, group_title: str) -> texts.Own:
        mine = [mandate for mandate in self.running if permissions.is_theirs(member, mandate.member_id)]
        return texts.Own(
            group=isolated(group_title),
            held=[self.held(mandate) for mandate in mine],
            asked=[
                (isolated(d.role), self.question(d.number, t)) for d, t in self.asked if permissions.is_theirs(member, t.member_id)
            ],
            waiting=list(self.waiting(member)),
        )

    def held(self, mandate: MandateRow) -> texts.Held:
        following = [self.names[member.id] for member in self.reserves_of(mandate.role)]
        return texts.Held(isolated(mandate.role.name), self.seat(mandate), following)

    def waiting(self, member: MemberRow) -> Iterator[texts.Waiting]:
        for role in self.roles:
            order = [each.id for each in self.reserves_of(role)]
            if member.id in order:
                yield texts.Waiting(isolated(role.name), order.index(member.id) + 1)


def names(db: Session, people: Sequence[MemberRow]) -> Mapping[int, str]:
    each_once = list({member.id: member for member in people}.values())
    return dict(zip((member.id for member in each_once), roll.names_in(db, each_once), strict=True))
