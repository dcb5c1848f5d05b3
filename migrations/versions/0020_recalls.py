"""Recalls, and who supports one."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "recalls",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name="fk_recalls_group_id_groups"), nullable=False),
        sa.Column("chat_id", BIG, sa.ForeignKey("chats.id", name="fk_recalls_chat_id_chats"), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mandate_id", BIG, sa.ForeignKey("mandates.id", name="fk_recalls_mandate_id_mandates"), nullable=False),
        sa.Column("holder_id", BIG, sa.ForeignKey("members.id", name="fk_recalls_holder_id_members"), nullable=False),
        sa.Column("opener_id", BIG, sa.ForeignKey("members.id", name="fk_recalls_opener_id_members"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("suspends", sa.Boolean(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.UniqueConstraint("group_id", "number", name="uq_recalls_group_id_number"),
    )
    op.create_index(op.f("ix_recalls_state_closes_at"), "recalls", ["state", "closes_at"])
    op.create_index(op.f("ix_recalls_mandate_id_state"), "recalls", ["mandate_id", "state"])
    op.create_index(op.f("ix_recalls_holder_id"), "recalls", ["holder_id"])
    op.create_table(
        "recall_supports",
        sa.Column("recall_id", BIG, sa.ForeignKey("recalls.id", name="fk_recall_supports_recall_id_recalls"), primary_key=True),
        sa.Column("member_id", BIG, sa.ForeignKey("members.id", name="fk_recall_supports_member_id_members"), primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name="fk_recall_supports_group_id_groups"), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
    )
    op.create_index(op.f("ix_recall_supports_member_id"), "recall_supports", ["member_id"])
