"""Changes of roles, announced and objected to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "role_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("put_at", MOMENT, nullable=False),
        sa.Column("holds_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("objector_id", BIG, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_role_changes_group_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_role_changes_by_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_role_changes_chat_id")),
        sa.ForeignKeyConstraint(["objector_id"], ["members.id"], name=op.f("fk_role_changes_objector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_changes")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_role_changes_group_id_number")),
    )
    op.create_index(op.f("ix_role_changes_state_holds_at"), "role_changes", ["state", "holds_at"])
    op.create_index(op.f("ix_role_changes_group_id_key"), "role_changes", ["group_id", "key"])
