"""When the words of a promise are forgotten; those of all that was sent before, with the next sweep."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("promises") as promises:
        promises.add_column(sa.Column("words_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_promises_words_until"), "promises", ["words_until"])
    op.execute("UPDATE promises SET words_until = promised_at WHERE state <> 'waiting'")
