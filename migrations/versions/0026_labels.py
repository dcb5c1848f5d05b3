"""Labels that people give themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("member_id", BIG, sa.ForeignKey("members.id", name=op.f("fk_labels_member_id")), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name=op.f("fk_labels_group_id")), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "category", name=op.f("pk_labels")),
    )
    op.create_index(op.f("ix_labels_group_id_category"), "labels", ["group_id", "category"])
