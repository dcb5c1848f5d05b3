"""Several processes share one database, and several accounts one platform; what is heard may be stored before it is worked off."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("chats", sa.Column("account", sa.String(), nullable=True))
    op.add_column("intakes", sa.Column("stored_at", TIME, nullable=True))
    op.add_column("intakes", sa.Column("stored_to", ID, server_default="0", nullable=False))
    op.add_column("intakes", sa.Column("fence", sa.Integer(), server_default="0", nullable=False))
    at_work()
    heard()


def at_work() -> None:
    op.create_table(
        "workers",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
    )
    op.create_table(
        "claims",
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_claims_chat_id_chats", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_claims_worker_id_workers", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_claims"),
    )
    op.create_index("ix_claims_worker_id", "claims", ["worker_id"])


def heard() -> None:
    op.create_table(
        "lanes",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lanes"),
        sa.UniqueConstraint("account", "number", name="uq_lanes_account_number"),
    )
    op.create_table(
        "arrivals",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("lane_id", ID, nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("bars", ID, nullable=True),
        sa.Column("arrived_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name="fk_arrivals_lane_id_lanes"),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
    )
    op.create_index("ix_arrivals_lane_id_id", "arrivals", ["lane_id", "id"])
    op.create_index("ix_arrivals_bars", "arrivals", ["bars"])
