"""Bulletins: when a group's next one is due, and those that are asked for and not posted yet."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("groups", sa.Column("bulletin_at", MOMENT, nullable=True))
    op.create_index("ix_groups_bulletin_at", "groups", ["bulletin_at"])
    op.create_table(
        "bulletins",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name="fk_bulletins_group_id"), nullable=False),
        sa.Column("chat_id", BIG, sa.ForeignKey("chats.id", name="fk_bulletins_chat_id"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.Column("page", sa.JSON(none_as_null=True), nullable=True),
        sa.UniqueConstraint("key", name="uq_bulletins_key"),
    )
    op.create_index("ix_bulletins_chat_id", "bulletins", ["chat_id"])
