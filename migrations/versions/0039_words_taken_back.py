"""Of a stance and of a ballot that is not secret it is known which message said it, so that it can be taken back with it."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("stances", "ballots"):
        op.add_column(table, sa.Column("event_id", sa.String(), nullable=True))
