"""Links of rooms and of accounts, and a language of its own for each room."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("chats") as chats:
        chats.add_column(sa.Column("language", sa.String(), nullable=True))
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("chat_id", BIG, nullable=True))
    with op.batch_alter_table("intakes") as intakes:
        intakes.add_column(sa.Column("silent_since", MOMENT, nullable=True))
    codes()
    room_links()
    person_links()
    unheard()


def codes() -> None:
    op.create_table(
        "link_codes",
        sa.Column("id", BIG, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_link_codes_chat_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_link_codes_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_link_codes_digest")),
    )
    op.create_index(op.f("ix_link_codes_account_id_made_at"), "link_codes", ["account_id", "made_at"])
    op.create_table(
        "link_tries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_link_tries_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_tries")),
    )
    op.create_index(op.f("ix_link_tries_account_id_tried_at"), "link_tries", ["account_id", "tried_at"])


def room_links() -> None:
    op.create_table(
        "room_links",
        sa.Column("id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("host_id", BIG, nullable=False),
        sa.Column("from_group_id", BIG, nullable=False),
        sa.Column("to_group_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("holds_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("objector_id", BIG, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_room_links_chat_id")),
        sa.ForeignKeyConstraint(["host_id"], ["chats.id"], name=op.f("fk_room_links_host_id")),
        sa.ForeignKeyConstraint(["from_group_id"], ["groups.id"], name=op.f("fk_room_links_from_group_id")),
        sa.ForeignKeyConstraint(["to_group_id"], ["groups.id"], name=op.f("fk_room_links_to_group_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_room_links_account_id")),
        sa.ForeignKeyConstraint(["objector_id"], ["accounts.id"], name=op.f("fk_room_links_objector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_links")),
    )
    op.create_index(op.f("ix_room_links_state_holds_at"), "room_links", ["state", "holds_at"])
    op.create_index(op.f("ix_room_links_chat_id"), "room_links", ["chat_id"])


def person_links() -> None:
    op.create_table(
        "person_links",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("old_person_id", BIG, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_person_links_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_links_person_id")),
        sa.ForeignKeyConstraint(["old_person_id"], ["people.id"], name=op.f("fk_person_links_old_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_links")),
    )
    op.create_index(op.f("ix_person_links_account_id"), "person_links", ["account_id"])


def unheard() -> None:
    op.create_table(
        "unheard",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_unheard_chat_id")),
        sa.PrimaryKeyConstraint("kind", "subject_id", "chat_id", name=op.f("pk_unheard")),
    )
