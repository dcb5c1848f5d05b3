"""Whatever people do, in whatever order, with restarts and outages in between: some things hold always."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import incoming as said
from bot.chat.adapter import OutcomeUnknown, TryLater, Undeliverable
from bot.chat.refs import ChatRef
from bot.commons import lots
from bot.verifying.draw import check
from models import BoardRow, ChatRow, DeadLetterRow, DrawRow, PromiseRow, ShakeRow, TicketRow
from tests.commons.test_register import broken
from tests.support.moot import Moot
from tests.support.room import Arrived

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
LOST = OutcomeUnknown(repeatable=False)


def press(verb: str) -> Callable[[Moot, str, int], object]:
    return lambda bot, name, n: bot.presses(name, f"lots.{verb}:{n % 4 + 1}")


def fails(fault: Exception | Arrived) -> Callable[[Moot, str, int], object]:
    return lambda bot, name, n: bot.platforms[0].faults.append(fault)


def moves(bot: Moot, name: str, n: int) -> None:
    old, bot.group = bot.group, ChatRef("telegram", f"-{1000 + n}")
    bot.hand(said.ChatMoved(bot.origin(name, old), bot.group))


DEEDS: dict[str, Callable[[Moot, str, int], object]] = {
    "joins": lambda bot, name, n: bot.says(name, "/join"),
    "leaves the hat": lambda bot, name, n: bot.says(name, "/leave"),
    "walks out": lambda bot, name, n: bot.walks_out(name),
    "calls": lambda bot, name, n: bot.says(name, f"/draw role{n % 2} {n % 3 + 1}"),
    "shakes": press("shake"),
    "draws": press("draw"),
    "accepts": press("accept"),
    "declines": press("decline"),
    "verifies": lambda bot, name, n: bot.says(name, f"/verify {n % 4 + 1}"),
    "settles in": lambda bot, name, n: bot.says(name, "/start"),
    "sets": lambda bot, name, n: bot.says(name, f"/settings window {n + 5}s"),
    "waits": lambda bot, name, n: bot.later(seconds=n * 3),
    "is away": lambda bot, name, n: bot.restart(seconds=n * 20),
    "removes the bot": lambda bot, name, n: bot.hand(said.BotRemoved(bot.origin(name))),
    "adds the bot": lambda bot, name, n: bot.hand(said.BotAdded(bot.origin(name))),
    "moves the chat": moves,
    "deletes all": lambda bot, name, n: bot.room.clear(),
    "floods": fails(TryLater(5)),
    "cuts the line": fails(LOST),
    "cuts the line late": fails(Arrived(LOST)),
    "breaks the adapter": fails(KeyError()),
    "is refused": fails(Undeliverable("refused")),
}
LIKELY = ("joins", "joins", "calls", "calls", "shakes", "shakes", "draws", "accepts", "declines", "declines", "waits")
deeds = st.tuples(st.sampled_from([*DEEDS, *LIKELY]), st.sampled_from(PEOPLE), st.integers(0, 11))
stories = st.lists(deeds, min_size=15, max_size=45)


def tell(bot: Moot, story: list[tuple[str, str, int]]) -> None:
    for name in PEOPLE[:2]:
        bot.says(name, "/join")
    bot.says("Anna", "/draw role0")
    for deed, name, n in story:
        DEEDS[deed](bot, name, n)
        assert_true_now(bot)
    bot.platforms[0].faults.clear()
    bot.hand(said.BotAdded(bot.origin("Anna")))
    for _ in range(10):
        bot.later(seconds=140)
    assert_true_now(bot)
    assert_settled(bot)


def assert_true_now(bot: Moot) -> None:
    assert bot.rows(DeadLetterRow) == []
    assert broken(bot.entries()) == []
    for draw in bot.rows(DrawRow):
        tickets = bot.rows(TicketRow, draw_id=draw.id)
        answers = [ticket.answer for ticket in tickets]
        assert answers.count("offered") + answers.count("accepted") <= draw.seats
        if draw.state != "drawn":
            assert set(answers) == {"reserve"}
        else:
            assert_drawn(bot, draw, sorted(tickets, key=lambda ticket: ticket.place or 0))


def assert_drawn(bot: Moot, draw: DrawRow, rows: Sequence[TicketRow]) -> None:
    """The order is the one that the receipt proves, and seats went down it without a gap."""
    shakes = [row.label for row in sorted(bot.rows(ShakeRow, draw_id=draw.id), key=lambda row: row.place)]
    assert check(lots.receipt(draw.pool_document, draw.secret, shakes)) == [row.label for row in rows]
    asked = [row.answer != "reserve" for row in rows]
    assert asked == sorted(asked, reverse=True)
    entered = [json.loads(entry.public) for entry in bot.entries()]
    chances = [e["facts"]["chance"] for e in entered if (e["kind"], e["facts"].get("draw")) == ("draw", f"D-{draw.number}")]
    assert chances == [lots.chance(draw.secret, shakes).hex()]


def assert_settled(bot: Moot) -> None:
    """In the end nothing is open, nothing waits, and every board that stands shows what is true."""
    assert {draw.state for draw in bot.rows(DrawRow)} <= {"drawn", "cancelled"}
    chat = bot.row(ChatRow, ref=bot.group.id)
    assert chat.state == "open"
    assert [row.key for row in bot.rows(PromiseRow, chat_id=chat.id) if row.state in {"waiting"} or row.trying] == []
    standing = {each.id: each for each in bot.room}
    for board in bot.rows(BoardRow, chat_id=chat.id):
        if board.message_id in standing and board.face:
            with bot.database.transaction() as db:
                truth = bot.app.routes.boards[board.kind](db, db.merge(board))
            assert standing[board.message_id].message == truth


def try_stories(template: Path, folder: Path, examples: int) -> None:
    numbers = count()

    @settings(max_examples=examples)
    @given(stories)
    def holds(story: list[tuple[str, str, int]]) -> None:
        file = folder / f"{next(numbers)}.sqlite"
        file.write_bytes(template.read_bytes())
        with closing(Moot(f"sqlite:///{file}")) as bot:
            tell(bot, story)
        file.unlink()

    holds()


def test_whatever_people_do(sqlite_template: Path, tmp_path: Path) -> None:
    try_stories(sqlite_template, tmp_path, 5)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_whatever_people_do_five_hundred_times(sqlite_template: Path, tmp_path: Path) -> None:
    try_stories(sqlite_template, tmp_path, 500)
