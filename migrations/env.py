"""Alembic's entry: runs on the connection that migrations.upgrade hands over, inside one transaction."""

from typing import Literal

from alembic import context


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Instants as what they are in the database: versions do not import models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and type(item).__name__ == "UtcDateTime" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
