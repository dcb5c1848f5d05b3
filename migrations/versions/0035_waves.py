"""Of an electorate: how many had come within a day, and how many were too new for it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("wave", "too_new"):
        op.add_column("electorates", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
