"""Private chats know whose they are; messages may be pinned, and may await words in reply."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("chats") as chats:
        chats.add_column(sa.Column("person_ref", sa.String(), nullable=True))
        chats.create_index(op.f("ix_chats_person_ref"), ["person_ref"])
    op.execute("UPDATE chats SET person_ref = ref WHERE kind = 'private' AND platform = 'telegram'")
    with op.batch_alter_table("promises") as promises:
        promises.add_column(sa.Column("awaits", sa.String(), nullable=True))
        promises.add_column(sa.Column("pin", sa.Boolean(), nullable=True))
    with op.batch_alter_table("boards") as boards:
        boards.add_column(sa.Column("pin", sa.Boolean(), nullable=True))
