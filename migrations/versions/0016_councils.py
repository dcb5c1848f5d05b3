"""Councils, and roles that end at a date."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("roles") as roles:
        roles.add_column(sa.Column("ends_at", MOMENT, nullable=True))
    op.create_table(
        "councils",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role_id", BIG, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_councils_group_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_councils_chat_id")),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_councils_role_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_councils_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_councils")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_councils_group_id_number")),
    )
    op.create_index(op.f("ix_councils_state_ends_at"), "councils", ["state", "ends_at"])
