"""Digests: when a group's next one is due, and up to which entry the last one told. What was entered before comes in none."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NEWEST = "coalesce((SELECT max(place) FROM entries WHERE entries.group_id = groups.id), 0)"


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))
        groups.add_column(sa.Column("digest_entry", sa.Integer(), server_default="0", nullable=False))
        groups.add_column(sa.Column("digest_number", sa.Integer(), server_default="0", nullable=False))
        groups.add_column(sa.Column("digest_told_at", sa.DateTime(timezone=True), nullable=True))
        groups.create_index(op.f("ix_groups_digest_at"), ["digest_at"])
    op.execute(f"UPDATE groups SET digest_number = last_number, digest_entry = {NEWEST}")  # noqa: S608
