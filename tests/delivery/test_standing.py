"""A board that is pressed in the very instant in which it is written down that it stands."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from sqlalchemy import event, text

from bot.delivery import boards
from tests.support.moot import Moot, enrol


def after_first_statement(connection: Any, act: Callable[[], None]) -> None:
    """Once, after the next statement on this connection."""
    acts = [act]

    def once(*_: Any) -> None:
        if acts:
            acts.pop()()

    event.listen(connection, "after_cursor_execute", once)


def test_it_is_never_taken_for_one_that_was_not_put_up(postgres_house: str) -> None:
    with closing(Moot(postgres_house)) as bot:
        enrol(bot, "Anna")
        bot.says("Anna", "/propose We buy a dishwasher")
        bot.change("UPDATE promises SET state = 'waiting' WHERE board_id IN (SELECT id FROM boards WHERE kind = 'round')")
        bot.change("UPDATE boards SET message_id = NULL WHERE kind = 'round'")

        def written_down() -> None:
            with bot.database.engine.begin() as other:
                other.execute(text("UPDATE promises SET state = 'sent'"))
                other.execute(text("UPDATE boards SET message_id = '7' WHERE kind = 'round'"))

        with bot.database.transaction() as db:
            after_first_statement(db.connection(), written_down)
            assert boards.may_stand(db, "round", 1)
