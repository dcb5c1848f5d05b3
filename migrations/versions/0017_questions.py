"""Polls that a feature asks, and whom a round or a poll is about."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("polls") as polls:
        polls.add_column(sa.Column("purpose", sa.String(), nullable=True))
        polls.add_column(sa.Column("subject_id", BIG, nullable=True))
    with op.batch_alter_table("electorates") as electorates:
        electorates.add_column(sa.Column("without", sa.JSON(), nullable=True))
