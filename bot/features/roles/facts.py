"""What is told about a role and a change, gathered from the tables."""

from sqlalchemy.orm import Session

from bot.commons import mandates, roles, roll
from bot.features.roles import store, texts
from bot.features.roles.changed import texts as changed
from bot.routing.house import prefix_on
from bot.tidy import isolated
from models import ChatRow, GroupRow, RoleChangeRow, RoleRow


def of_change(db: Session, change: RoleChangeRow) -> changed.ChangeFacts:
    group = db.get_one(GroupRow, change.group_id)
    role = roles.find(db, group, change.name)
    return changed.ChangeFacts(
        change_id=change.id,
        number=change.number,
        role=isolated(change.name),
        by=roll.name_in(db, change.by),
        kind=change.kind,
        before=change.before,
        wanted=change.wanted,
        usual_term=roles.usual_term(group),
        state=change.state,
        holds_at=change.holds_at,
        ended_at=change.ended_at,
        objector=roll.name_in(db, change.objector) if change.objector else "",
        reason=isolated(change.reason),
        decision=change.decision,
        serving=serving(db, group, role) if role else [],
    )


def of_role(db: Session, group: GroupRow, role: RoleRow) -> texts.RoleFacts:
    pending = store.pending(db, group, role.key)
    return texts.RoleFacts(
        role=isolated(role.name),
        is_={column: getattr(role, column) for column in texts.COLUMNS},
        usual_term=roles.usual_term(group),
        serving=serving(db, group, role),
        pending=pending.number if pending else None,
    )


def serving(db: Session, group: GroupRow, role: RoleRow) -> list[texts.Serving]:
    running = mandates.running(db, group, role)
    names = roll.names_in(db, [mandate.member for mandate in running])
    return [texts.Serving(name, mandate.ends_at) for name, mandate in zip(names, running, strict=True)]


def prefix_in(chat: ChatRow) -> str:
    return prefix_on(chat.platform)
