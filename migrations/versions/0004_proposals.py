"""Proposals, their rounds and stances, and objections."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("proposer_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("depth", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("among", sa.String(), nullable=False),
        sa.Column("quorum", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_state", sa.String(), nullable=True),
        sa.Column("ends_id", BIG, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_proposals_chat_id")),
        sa.ForeignKeyConstraint(["ends_id"], ["proposals.id"], name=op.f("fk_proposals_ends_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_proposals_group_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["members.id"], name=op.f("fk_proposals_proposer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_proposals_group_id_number")),
    )
    op.create_index(op.f("ix_proposals_state_review_at"), "proposals", ["state", "review_at"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled_version", sa.Integer(), nullable=True),
        sa.Column("settled_why", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_objections_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_objections_member_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_objections_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index(op.f("ix_objections_member_id"), "objections", ["member_id"], unique=False)
    op.create_index(op.f("ix_objections_proposal_id_state"), "objections", ["proposal_id", "state"], unique=False)
    op.create_index(op.f("ix_objections_remind_at"), "objections", ["remind_at"], unique=False)
    op.create_table(
        "versions",
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_versions_author_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_versions_group_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_versions_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "version", name=op.f("pk_versions")),
    )
    op.create_table(
        "rounds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("proposal_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("objection_id", BIG, nullable=True),
        sa.Column("electorate_id", BIG, nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wakes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["electorate_id"], ["electorates.id"], name=op.f("fk_rounds_electorate_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_rounds_group_id")),
        sa.ForeignKeyConstraint(["objection_id"], ["objections.id"], name=op.f("fk_rounds_objection_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_rounds_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    op.create_index(op.f("ix_rounds_outcome_wakes_at"), "rounds", ["outcome", "wakes_at"], unique=False)
    op.create_index(op.f("ix_rounds_proposal_id"), "rounds", ["proposal_id"], unique=False)
    op.create_table(
        "remarks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_remarks_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_remarks_member_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_remarks_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_member_id"), "remarks", ["member_id"], unique=False)
    op.create_index(op.f("ix_remarks_round_id"), "remarks", ["round_id"], unique=False)
    op.create_table(
        "stance_changes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_stance_changes_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_stance_changes_member_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_stance_changes_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stance_changes")),
    )
    op.create_index(op.f("ix_stance_changes_member_id"), "stance_changes", ["member_id"], unique=False)
    op.create_index(op.f("ix_stance_changes_round_id"), "stance_changes", ["round_id"], unique=False)
    op.create_table(
        "stances",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_stances_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_stances_member_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_stances_round_id")),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("pk_stances")),
    )
    op.create_index(op.f("ix_stances_member_id"), "stances", ["member_id"], unique=False)
