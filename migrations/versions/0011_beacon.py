"""Draws that take their chance from the beacon: which round, since when it is waited for, and its signature."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draws") as draws:
        draws.add_column(sa.Column("beacon_round", sa.Integer(), nullable=True))
        draws.add_column(sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
        draws.add_column(sa.Column("signature", sa.LargeBinary(), nullable=True))
