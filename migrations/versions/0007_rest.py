"""Rest: until when a member is resting, and how many were when something was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("resting_until", sa.DateTime(timezone=True), nullable=True))
    for table in ("electorates", "draws"):
        with op.batch_alter_table(table) as counted:
            counted.add_column(sa.Column("resting", sa.Integer(), nullable=False, server_default="0"))
