"""The real PostgreSQL for the tests of the support itself."""

from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
