"""Electorates, and the settings that features bring."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("choices", sa.JSON(), nullable=True))
    op.create_table(
        "electorates",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("newcomers", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_electorates_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_electorates")),
    )
    op.create_index(op.f("ix_electorates_group_id"), "electorates", ["group_id"])
    op.create_table(
        "electors",
        sa.Column("electorate_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("newcomer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["electorate_id"], ["electorates.id"], name=op.f("fk_electors_electorate_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_electors_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_electors_member_id")),
        sa.PrimaryKeyConstraint("electorate_id", "member_id", name=op.f("pk_electors")),
    )
    op.create_index(op.f("ix_electors_member_id"), "electors", ["member_id"])
