"""Notes of what was decided elsewhere, and what people look up in the register."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name="fk_notes_group_id_groups"), nullable=False),
        sa.Column("chat_id", BIG, sa.ForeignKey("chats.id", name="fk_notes_chat_id_chats"), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("by_id", BIG, sa.ForeignKey("members.id", name="fk_notes_by_id_members"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("holds_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("objector_id", BIG, sa.ForeignKey("members.id", name="fk_notes_objector_id_members"), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=True),
        sa.UniqueConstraint("group_id", "number", name="uq_notes_group_id_number"),
    )
    op.create_index(op.f("ix_notes_state_holds_at"), "notes", ["state", "holds_at"])
    op.create_table(
        "searches",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name="fk_searches_group_id_groups"), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("face", sa.JSON(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
    )
    op.create_index(op.f("ix_searches_group_id"), "searches", ["group_id"])
