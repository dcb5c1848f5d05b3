"""Circles, and who is in one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "circles",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name=op.f("fk_circles_group_id")), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("group_id", "key", name=op.f("uq_circles_group_id_key")),
    )
    op.create_table(
        "circle_members",
        sa.Column("circle_id", BIG, sa.ForeignKey("circles.id", name=op.f("fk_circle_members_circle_id")), nullable=False),
        sa.Column("member_id", BIG, sa.ForeignKey("members.id", name=op.f("fk_circle_members_member_id")), nullable=False),
        sa.Column("group_id", BIG, sa.ForeignKey("groups.id", name=op.f("fk_circle_members_group_id")), nullable=False),
        sa.PrimaryKeyConstraint("circle_id", "member_id", name=op.f("pk_circle_members")),
    )
    op.create_index(op.f("ix_circle_members_member_id"), "circle_members", ["member_id"])
