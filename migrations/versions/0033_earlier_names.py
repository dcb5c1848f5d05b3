"""What accounts were called before, and what archives say in place of names of people who were forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "earlier_names",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_earlier_names_account_id_accounts"),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_earlier_names")),
    )
    op.add_column("entry_marks", sa.Column("unnamed", sa.JSON(), nullable=True))
