"""Balance: when a group's mandates are next looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("balance_at", sa.DateTime(timezone=True), nullable=True))
        groups.create_index(op.f("ix_groups_balance_at"), ["balance_at"])
