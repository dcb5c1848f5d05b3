"""peewee loads every database driver that it finds. The key store is SQLite, so it is to find none: 11 MB less."""

import sys

if "psycopg" not in sys.modules:
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    import peewee  # noqa: F401

    del sys.modules["psycopg"]
