"""Grants: mandates that a group gives by name."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "grants",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("instructions", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer_by", MOMENT, nullable=True),
        sa.Column("mandate_id", BIG, nullable=True),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_grants_group_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_grants_chat_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_grants_member_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_grants_by_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_grants_mandate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_group_id_number"), "grants", ["group_id", "number"])
    op.create_index(op.f("ix_grants_state_answer_by"), "grants", ["state", "answer_by"])
    op.create_index(op.f("ix_grants_mandate_id"), "grants", ["mandate_id"])
    op.create_index(op.f("ix_grants_member_id"), "grants", ["member_id"])
