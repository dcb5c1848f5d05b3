"""Meetings: while one lasts, its agenda, who is there and would like to speak, and what was noted down."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    meetings()
    parts()


def to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opener_id", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("after_entry", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("item_since", TIME, nullable=False),
        sa.Column("speaker_id", ID, nullable=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("pool_document", sa.String(), nullable=False),
        sa.Column("facilitator_id", ID, nullable=True),
        sa.Column("notes_id", ID, nullable=True),
        to("meetings", "group_id", "groups"),
        to("meetings", "chat_id", "chats"),
        *(to("meetings", column, "members") for column in ("opener_id", "speaker_id", "facilitator_id", "notes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_meetings_group_id_number")),
    )
    op.create_index(op.f("ix_meetings_state_started_at"), "meetings", ["state", "started_at"])


def parts() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        to("agenda_items", "meeting_id", "meetings"),
        to("agenda_items", "group_id", "groups"),
        sa.PrimaryKeyConstraint("meeting_id", "place", name=op.f("pk_agenda_items")),
    )
    op.create_table(
        "attendees",
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("raised_at", TIME, nullable=True),
        sa.Column("spoken", sa.Integer(), nullable=False),
        to("attendees", "meeting_id", "meetings"),
        to("attendees", "member_id", "members"),
        to("attendees", "group_id", "groups"),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_attendees")),
    )
    op.create_index(op.f("ix_attendees_member_id"), "attendees", ["member_id"])
    op.create_table(
        "meeting_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        to("meeting_notes", "meeting_id", "meetings"),
        to("meeting_notes", "group_id", "groups"),
        to("meeting_notes", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notes")),
    )
    op.create_index(op.f("ix_meeting_notes_meeting_id"), "meeting_notes", ["meeting_id"])
    op.create_index(op.f("ix_meeting_notes_member_id"), "meeting_notes", ["member_id"])
