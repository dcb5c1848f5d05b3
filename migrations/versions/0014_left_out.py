"""Draws keep who was left out by rule, and among whom they were."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draws") as draws:
        draws.add_column(sa.Column("left_out", sa.JSON(), nullable=True))
        draws.add_column(sa.Column("circle", sa.String(), nullable=True))
    op.get_bind().execute(sa.update(sa.table("draws", sa.column("circle"))).values(circle=""))
    with op.batch_alter_table("draws") as draws:
        draws.alter_column("circle", existing_type=sa.String(), nullable=False)
