"""Polls: heads, options, ballots and their marks; secret ballots in tables that nothing links."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "poll_series",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("opened_by", BIG, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_poll_series_chat_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_poll_series_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["members.id"], name=op.f("fk_poll_series_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_series")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_poll_series_group_id_number")),
    )
    op.create_index(op.f("ix_poll_series_state_next_at"), "poll_series", ["state", "next_at"], unique=False)
    op.create_table(
        "polls",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("additions", sa.Boolean(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("electorate_id", BIG, nullable=False),
        sa.Column("opened_by", BIG, nullable=False),
        sa.Column("again_id", BIG, nullable=True),
        sa.Column("series_id", BIG, nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("voted", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["again_id"], ["polls.id"], name=op.f("fk_polls_again_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_polls_chat_id")),
        sa.ForeignKeyConstraint(["electorate_id"], ["electorates.id"], name=op.f("fk_polls_electorate_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_polls_group_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["members.id"], name=op.f("fk_polls_opened_by")),
        sa.ForeignKeyConstraint(["series_id"], ["poll_series.id"], name=op.f("fk_polls_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_polls_group_id_number")),
    )
    op.create_index(op.f("ix_polls_state_closes_at"), "polls", ["state", "closes_at"], unique=False)
    op.create_table(
        "ballot_marks",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ballot_marks_member_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_ballot_marks_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "member_id", "place", name=op.f("pk_ballot_marks")),
    )
    op.create_index(op.f("ix_ballot_marks_poll_id_place_value"), "ballot_marks", ["poll_id", "place", "value"], unique=False)
    op.create_table(
        "ballots",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_ballots_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ballots_member_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_ballots_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "member_id", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballots_member_id"), "ballots", ["member_id"], unique=False)
    op.create_table(
        "poll_options",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("added_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["members.id"], name=op.f("fk_poll_options_added_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_poll_options_group_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "place", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "key", name=op.f("uq_poll_options_poll_id_key")),
    )
    op.create_table(
        "secret_ballots",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_secret_ballots_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "id", name=op.f("pk_secret_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_drafts",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_secret_drafts_member_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_secret_drafts_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "member_id", name=op.f("pk_secret_drafts")),
        sqlite_with_rowid=False,
    )
