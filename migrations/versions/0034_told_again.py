"""A later message that tells a room of an entry again."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("publications", sa.Column("again_key", sa.String(), nullable=True))
    op.create_index("ix_publications_again_key", "publications", ["again_key"])
