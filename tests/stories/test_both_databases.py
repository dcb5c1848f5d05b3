"""One seed has one outcome, whichever database remembers it; and lanes side by side keep each group in order."""

from contextlib import ExitStack, closing

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from bot.verifying.draw import check
from models import DrawRow, GroupRow, MemberRow
from tests.support.moot import Moot, all_tap, enrol
from tests.support.room import FakePlatform, matrix_like

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "דנה", "<b>")


def whole_draw(bot: Moot) -> tuple[list[str], list[str]]:
    """All receipts, and all that stands in the room in the end."""
    receipts = []
    enrol(bot, *PEOPLE)
    for role in ("facilitator", "note-taker 2", "facilitator because Ben moved"):
        bot.says("Anna", f"/draw {role}")
        all_tap(bot, ["Cleo", "Anna", "<b>"], "Shake the hat")
        bot.later(seconds=30)
        bot.taps(bot.asked()[0], "Decline")
        receipts.append(bot.receipt())
    bot.says("Anna", "/who")
    bot.says("Anna", "/settings zone Asia/Kolkata")
    return receipts, bot.shows()


def test_one_seed_has_one_outcome_on_both_databases(sqlite_house: str, postgres_house: str) -> None:
    with ExitStack() as stack:
        bots = [stack.enter_context(closing(Moot(url, seed="one"))) for url in (sqlite_house, postgres_house)]
        on_sqlite, on_postgres = map(whole_draw, bots)
    assert on_sqlite == on_postgres
    assert len(set(on_sqlite[0])) == 3
    assert all(len(check(receipt)) == len(PEOPLE) for receipt in on_sqlite[0])


def test_another_seed_has_another_outcome(sqlite_house: str, postgres_house: str) -> None:
    with ExitStack() as stack:
        bots = [stack.enter_context(closing(Moot(url, seed=url))) for url in (sqlite_house, postgres_house)]
        on_sqlite, on_postgres = map(whole_draw, bots)
    assert not set(on_sqlite[0]) & set(on_postgres[0])


def test_many_rooms_in_one_batch_each_in_order(postgres_house: str) -> None:
    """On PostgreSQL rooms are worked off side by side: people, groups and numbers come out whole."""
    rooms = [ChatRef("telegram", f"-{n}") for n in range(12)]
    with closing(Moot(postgres_house)) as bot:
        for text in ("join", "draw facilitator", "draw note-taker"):
            command, _, rest = text.partition(" ")
            bot.at_once(*(said.CommandSent(bot.origin(name, room), command, rest) for name in ("Anna", "Ben") for room in rooms))
        assert len(bot.rows(GroupRow)) == len(rooms)
        assert len(bot.rows(MemberRow)) == 2 * len(rooms)
        assert sorted(draw.number for draw in bot.rows(DrawRow)) == sorted([1, 2] * len(rooms))
        for room in rooms:
            shown = bot.shows(room)
            assert [text[:4] for text in shown if text.startswith("🎩")] == ["🎩 D-", "🎩 D-"]
            assert "Anna and Ben" in shown[2]


def test_two_rooms_of_one_group_in_one_batch(postgres_house: str) -> None:
    platforms = [FakePlatform(), matrix_like()]
    with closing(Moot(postgres_house, platforms=platforms)) as bot:
        other = ChatRef("telegram", "-77")
        enrol(bot, "Anna")
        bot.says("Ben", "/who", other)
        bot.change("UPDATE chats SET group_id = (SELECT min(group_id) FROM chats)")
        names = [f"Person {n}" for n in range(20)]
        bot.at_once(*(said.CommandSent(bot.origin(name, chat), "join") for name in names for chat in (bot.group, other)))
        bot.says("Anna", "/draw facilitator")
        data = bot.button("Shake the hat")
        acks = bot.at_once(*(said.ButtonTapped(bot.origin(name, chat), data) for name in names for chat in (bot.group, other)))
        assert sum(ack is not None and not ack.refused for ack in acks) == len(names)
        bot.taps("Anna", "Draw now")
        assert bot.receipt().count("shake ") == len(names)
