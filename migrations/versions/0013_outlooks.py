"""Mandates: what comes after their end, and when it was last spoken of."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mandates") as mandates:
        mandates.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        mandates.add_column(sa.Column("outlook", sa.String(), nullable=False, server_default="open"))
        mandates.add_column(sa.Column("asked_number", sa.Integer(), nullable=True))
        mandates.add_column(sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True))
