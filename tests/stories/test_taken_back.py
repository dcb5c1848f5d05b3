"""On Matrix people remove what they said: a vote goes with its message, if whoever cast it removes it in time."""

import pytest

from bot.chat import incoming as said
from models import BallotRow, ObjectionRow, PollRow, RoundRow, StanceRow
from tests.support.booth import votes
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import matrix_like


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[matrix_like()])
    enrol(made, "Anna", "Ben", "Cleo")
    return made


def reacts(bot: Moot, name: str, key: str, start: str) -> str:
    """The name of the event."""
    bot.hand(said.KeyPressed(bot.origin(name), key, bot.seen(start).id))
    return f"update:{bot.events}"


def types(bot: Moot, name: str, text: str) -> str:
    bot.says(name, text)
    return f"update:{bot.events}"


def removes(bot: Moot, name: str, of: str, by_author: bool = True) -> None:
    bot.hand(said.TakenBack(bot.origin(name), of, by_author))


def stances(bot: Moot) -> list[str]:
    return [row.stance for row in bot.rows(StanceRow)]


def test_a_stance_goes_with_its_reaction(bot: Moot) -> None:
    bot.says("Anna", "/propose We sing")
    consent = reacts(bot, "Ben", "✅", "📜")
    assert stances(bot) == ["consent"]
    removes(bot, "Ben", consent)
    bot.settle()
    assert stances(bot) == []
    assert "Spoken: 0 of 3" in bot.seen("📜").text
    round_ = bot.row(RoundRow)
    assert (round_.received, round_.replaced) == (1, 1)


def test_who_changed_their_mind_before_loses_nothing(bot: Moot) -> None:
    bot.says("Anna", "/propose We sing")
    consent = reacts(bot, "Ben", "✅", "📜")
    types(bot, "Ben", "/aside D-1 I have a cold")
    removes(bot, "Ben", consent)
    assert stances(bot) == ["aside"]


def test_an_objection_goes_with_its_message(bot: Moot) -> None:
    bot.says("Anna", "/propose We sing")
    removes(bot, "Ben", types(bot, "Ben", "/object D-1 It is late"))
    assert stances(bot) == []
    assert bot.row(ObjectionRow).state == "withdrawn"


def test_what_somebody_else_removes_stands_and_is_noted(bot: Moot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    bot.says("Anna", "/propose We sing")
    bot.says("Anna", "/poll Soup? | Leek | Bean")
    for event in (reacts(bot, "Ben", "✅", "📜"), types(bot, "Ben", "/vote D-2 1")):
        removes(bot, "Cleo", event, by_author=False)
        removes(bot, "Cleo", event)
    assert stances(bot) == ["consent"]
    assert len(bot.rows(BallotRow)) == 1
    assert caplog.text.count("somebody else removed") == 4


def test_after_the_close_it_has_no_effect(bot: Moot) -> None:
    bot.says("Anna", "/propose We sing")
    bot.says("Anna", "/poll Soup? | Leek | Bean")
    events = (reacts(bot, "Anna", "✅", "📜"), types(bot, "Anna", "/vote D-2 1"))
    bot.says("Anna", "/close D-1")
    bot.says("Anna", "/close D-2")
    before = bot.dump()
    for event in events:
        removes(bot, "Anna", event)
    assert bot.dump() == before


def test_a_ballot_goes_with_its_message_and_of_several_marks_the_last(bot: Moot) -> None:
    bot.says("Anna", "/poll Soup? | Leek | Bean | Pea | method: several")
    first, second = (reacts(bot, "Ben", key, "📊") for key in ("1", "2"))
    removes(bot, "Ben", first)
    assert bot.row(PollRow).voted == 1
    removes(bot, "Ben", second)
    assert "1. Leek  ▰▰▰▰▰▰▰▰ 1" in bot.seen("📊").text
    removes(bot, "Ben", types(bot, "Ben", "/vote 3"))
    poll = bot.row(PollRow)
    assert (poll.voted, poll.received - poll.replaced - poll.refused) == (0, 0)


def test_of_a_secret_vote_no_message_is_known(moot: MakeMoot) -> None:
    bot = moot()
    enrol(bot, "Anna", "Ben", "Cleo", "Dana", "Eva")
    bot.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    votes(bot, "Ben", "Cleo")
    assert [row.event_id for row in bot.rows(BallotRow)] == [None]
