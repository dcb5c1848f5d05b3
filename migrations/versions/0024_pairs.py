"""Of a draw as a pair each ticket keeps its part."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("part", sa.String(), nullable=True))
    op.get_bind().execute(sa.update(sa.table("tickets", sa.column("part"))).values(part=""))
    with op.batch_alter_table("tickets") as tickets:
        tickets.alter_column("part", existing_type=sa.String(), nullable=False)
