"""Ballots carry their group in all tables, so that a database can be parted by it. It is their poll's, and tells nothing new."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
POLLS = "(SELECT polls.group_id FROM polls WHERE polls.id = {0}.poll_id)"


def upgrade() -> None:
    carry("ballot_marks", rowid=True)
    carry("secret_ballots", rowid=False)
    carry("secret_drafts", rowid=False)


def carry(table: str, rowid: bool) -> None:
    """`rowid`: whether SQLite numbers its rows; it numbers none where their order would tell something."""
    op.add_column(table, sa.Column("group_id", ID, nullable=True))
    op.execute(f"UPDATE {table} SET group_id = {POLLS.format(table)}")  # noqa: S608 (names from above)
    with op.batch_alter_table(table, table_kwargs={"sqlite_with_rowid": rowid}) as batch:
        batch.alter_column("group_id", existing_type=ID, nullable=False)
        batch.create_foreign_key(f"fk_{table}_group_id", "groups", ["group_id"], ["id"])
