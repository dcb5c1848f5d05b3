"""Handovers: what is left for whoever follows in a role."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("mandate_id", BIG, nullable=False),
        sa.Column("receiver_id", BIG, nullable=True),
        sa.Column("things", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("given_at", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_handovers_group_id")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name=op.f("fk_handovers_mandate_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["mandates.id"], name=op.f("fk_handovers_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("mandate_id", name=op.f("uq_handovers_mandate_id")),
    )
    op.create_index(op.f("ix_handovers_receiver_id"), "handovers", ["receiver_id"])
    op.create_index(op.f("ix_handovers_state"), "handovers", ["state"])
