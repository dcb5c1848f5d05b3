"""Elections without candidates: whom people named, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    make_elections()
    make_nominations()
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("election_id", BIG, nullable=True))
        grants.create_foreign_key(op.f("fk_grants_election_id"), "elections", ["election_id"], ["id"])
        grants.create_index(op.f("ix_grants_election_id"), ["election_id"])


def make_elections() -> None:
    op.create_table(
        "elections",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("role_key", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("opener_id", BIG, nullable=False),
        sa.Column("electorate_id", BIG, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("wakes_at", MOMENT, nullable=True),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_elections_group_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_elections_chat_id")),
        sa.ForeignKeyConstraint(["opener_id"], ["members.id"], name=op.f("fk_elections_opener_id")),
        sa.ForeignKeyConstraint(["electorate_id"], ["electorates.id"], name=op.f("fk_elections_electorate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_elections_group_id_number")),
    )
    op.create_index(op.f("ix_elections_state_wakes_at"), "elections", ["state", "wakes_at"])
    op.create_index(op.f("ix_elections_group_id_role_key"), "elections", ["group_id", "role_key"])


def make_nominations() -> None:
    op.create_table(
        "nominations",
        sa.Column("election_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("nominee_id", BIG, nullable=False),
        sa.Column("before_id", BIG, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name=op.f("fk_nominations_election_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_nominations_member_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_nominations_group_id")),
        sa.ForeignKeyConstraint(["nominee_id"], ["members.id"], name=op.f("fk_nominations_nominee_id")),
        sa.ForeignKeyConstraint(["before_id"], ["members.id"], name=op.f("fk_nominations_before_id")),
        sa.PrimaryKeyConstraint("election_id", "member_id", name=op.f("pk_nominations")),
    )
    op.create_index(op.f("ix_nominations_member_id"), "nominations", ["member_id"])
