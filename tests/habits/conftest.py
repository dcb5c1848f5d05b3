"""The real PostgreSQL for the habits of the schema."""

from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
