"""Roles and mandates; who accepted a seat before there were any has a term from then on."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TERM, WARNING = timedelta(days=90), timedelta(days=14)  # of a mandate that had none; least time that is left of it
DRAWS = sa.table(
    "draws",
    *map(sa.column, ("id", "group_id", "chat_id", "number", "role", "role_key", "seats", "state")),
    sa.column("drawn_at", MOMENT),
)
TICKETS = sa.table("tickets", *map(sa.column, ("draw_id", "member_id", "answer")), sa.column("answered_at", MOMENT))
ROLES = sa.table(
    "roles",
    *map(sa.column, ("id", "group_id", "name", "key", "purpose", "term", "seats", "pool", "cooling", "most_terms")),
    *(sa.column("notice", sa.JSON), sa.column("defined", sa.Boolean), sa.column("created_at", MOMENT)),
    *map(sa.column, ("answer_within", "sunset", "state")),
)
MANDATES = sa.table(
    "mandates",
    *map(
        sa.column, ("group_id", "role_id", "member_id", "chat_id", "draw_id", "way", "term_count", "state", "ended_why", "vacancy")
    ),
    *(sa.column(name, MOMENT) for name in ("starts_at", "ends_at", "remind_at")),
    sa.column("extended", sa.Boolean),
)


def upgrade() -> None:
    roles()
    hats()
    mandates()
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("answer_by", MOMENT, nullable=True))
        tickets.add_column(sa.Column("serves_until", MOMENT, nullable=True))
        tickets.create_index(op.f("ix_tickets_answer_answer_by"), ["answer", "answer_by"])
    with op.batch_alter_table("proposals") as proposals:
        proposals.add_column(sa.Column("subject_id", BIG, nullable=True))
    add_filled("members", sa.Column("in_hat", sa.Boolean(), nullable=True), True)
    add_filled("proposals", sa.Column("purpose", sa.String(), nullable=True), "")
    give_terms(op.get_bind())


def add_filled(table: str, column: "sa.Column[bool] | sa.Column[str]", value: object) -> None:
    """A column that is never empty, in a table that has rows."""
    with op.batch_alter_table(table) as altered:
        altered.add_column(column)
    op.get_bind().execute(sa.update(sa.table(table, sa.column(column.name))).values({column.name: value}))
    with op.batch_alter_table(table) as altered:
        altered.alter_column(column.name, existing_type=column.type, nullable=False)


def roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("cooling", sa.String(), nullable=False),
        sa.Column("most_terms", sa.Integer(), nullable=False),
        sa.Column("notice", sa.JSON(), nullable=False),
        sa.Column("answer_within", sa.String(), nullable=False),
        sa.Column("sunset", sa.String(), nullable=False),
        sa.Column("defined", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_roles_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("group_id", "key", name=op.f("uq_roles_group_id_key")),
    )


def hats() -> None:
    op.create_table(
        "hats",
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("role_key", sa.String(), nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("willing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_hats_member_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_hats_group_id")),
        sa.PrimaryKeyConstraint("member_id", "role_key", name=op.f("pk_hats")),
    )


def mandates() -> None:
    op.create_table(
        "mandates",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("role_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("draw_id", BIG, nullable=True),
        sa.Column("follows_id", BIG, nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("term_count", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("suspended_at", MOMENT, nullable=True),
        sa.Column("remind_at", MOMENT, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("vacancy", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_mandates_group_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_mandates_role_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mandates_member_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_mandates_chat_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_mandates_draw_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["mandates.id"], name=op.f("fk_mandates_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index(op.f("ix_mandates_member_id"), "mandates", ["member_id"])
    op.create_index(op.f("ix_mandates_state_ends_at"), "mandates", ["state", "ends_at"])
    op.create_index(op.f("ix_mandates_state_remind_at"), "mandates", ["state", "remind_at"])
    op.create_index(op.f("ix_mandates_group_id_state"), "mandates", ["group_id", "state"])
    op.create_index(op.f("ix_mandates_vacancy_ended_at"), "mandates", ["vacancy", "ended_at"])
    op.create_index(op.f("ix_mandates_role_id_member_id"), "mandates", ["role_id", "member_id"])


def give_terms(db: sa.Connection) -> None:
    """Whoever accepted in the newest draw for a role serves on: for a whole term since then, and at least two weeks from now."""
    now = db.scalar(sa.select(sa.func.max(TICKETS.c.answered_at)))
    drawn = sa.select(DRAWS).where(DRAWS.c.state == "drawn").order_by(DRAWS.c.number)
    for draw in {(draw.group_id, draw.role_key): draw for draw in db.execute(drawn)}.values():
        accepted = db.execute(sa.select(TICKETS).where(TICKETS.c.draw_id == draw.id, TICKETS.c.answer == "accepted")).all()
        if accepted:
            role_id = role_of(db, draw)
            db.execute(MANDATES.insert(), [mandate(draw, role_id, ticket, now) for ticket in accepted])


def role_of(db: sa.Connection, draw: "sa.Row[Any]") -> int:
    role = {"group_id": draw.group_id, "name": draw.role, "key": draw.role_key, "seats": draw.seats, "created_at": draw.drawn_at}
    empty = dict.fromkeys(("purpose", "term", "pool", "cooling", "sunset"), "")
    rest = {"most_terms": 2, "notice": [14, 3, 1], "answer_within": "2 days", "defined": False, "state": "open"}
    db.execute(ROLES.insert(), role | empty | rest)
    found = sa.select(ROLES.c.id).where(ROLES.c.group_id == draw.group_id, ROLES.c.key == draw.role_key)
    return int(db.execute(found).scalar_one())


def mandate(draw: "sa.Row[Any]", role_id: int, ticket: "sa.Row[Any]", now: datetime) -> dict[str, object]:
    ends_at = max(ticket.answered_at + TERM, now + WARNING)
    where = {"group_id": draw.group_id, "chat_id": draw.chat_id, "role_id": role_id, "member_id": ticket.member_id}
    when = {"starts_at": ticket.answered_at, "ends_at": ends_at, "remind_at": ends_at - WARNING}
    rest = {
        "draw_id": draw.id,
        "way": "draw",
        "term_count": 1,
        "state": "running",
        "ended_why": "",
        "vacancy": "",
        "extended": False,
    }
    return where | when | rest
