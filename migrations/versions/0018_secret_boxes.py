"""Polls: whether what the database keeps aside of a secret box is to be wiped yet."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("polls") as polls:
        polls.add_column(sa.Column("to_wipe", sa.Boolean(), nullable=False, server_default=sa.false()))
