"""Each room's last digest, so that the next one can begin where that began if nobody knows whether it arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chats", sa.Column("digest", sa.JSON(), nullable=True))
