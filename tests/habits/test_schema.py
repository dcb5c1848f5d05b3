"""The migrations lead to the tables that models describe, in one line of revisions, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from migrations.fresh import by_all_steps
from migrations.upgrade import FRESH, config, head, revisions, upgrade
from models import Base
from models.database import engine_for


def is_described(name: str | None, kind: str, _: object) -> bool:
    """Each database finds words in a way of its own, in tables that no model describes."""
    return not (kind == "table" and name is not None and name.startswith("entry_words"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folkmoot.sqlite'}"
    empty: str = request.getfixturevalue("postgres_url")
    return empty


def test_an_upgraded_database_is_what_models_describe(url: str) -> None:
    engine = engine_for(url)
    upgrade(engine, back_up=lambda: None)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_described}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_fresh_file_is_what_all_steps_make_of_an_empty_one() -> None:
    assert FRESH.read_text(encoding="utf-8") == by_all_steps(), "after a new step: python -m migrations.fresh"


def test_there_is_one_newest_revision() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [head()]


def test_the_names_of_the_files_are_the_revisions() -> None:
    scripts = ScriptDirectory.from_config(config()).walk_revisions()
    assert sorted(script.revision for script in scripts) == revisions()
