"""Two accounts of one person: their ballots count once from then on."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.commons import roll
from bot.features.polls.voting.merging import merge
from bot.refusal import Refused
from bot.routing.house import House, OnePerson
from models import BallotRow, GroupRow, MarkRow, PollRow
from tests.support.booth import votes
from tests.support.moot import Moot, enrol


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house)) as made:
        enrol(made, "Anna", "Ben", "Cleo", "Dana", "Ben at home")
        yield made


def merged(bot: Moot) -> list[int]:
    """Ben at home is Ben."""
    with bot.database.transaction() as db:
        group = db.get_one(GroupRow, 1)
        kept, gone = (roll.find(db, group, bot.person(name)) for name in ("Ben", "Ben at home"))
        assert kept is not None
        assert gone is not None
        return list(merge(db, OnePerson(kept, gone, bot.clock.now(), House("test"))))


def test_one_ballot_changes_hands(bot: Moot) -> None:
    bot.says("Anna", "/poll Lunch? | Soup | Salad")
    bot.taps("Ben at home", "Salad")
    assert merged(bot) == []
    assert bot.row(BallotRow).member_id == bot.row(MarkRow).member_id == 2
    assert bot.row(PollRow).voted == 1


def test_of_two_ballots_one_counts(bot: Moot) -> None:
    bot.says("Anna", "/poll Lunch? | Soup | Salad")
    bot.taps("Ben", "Soup")
    bot.taps("Ben at home", "Salad")
    assert merged(bot) == [1]
    poll = bot.row(PollRow)
    assert (poll.received, poll.voted, poll.replaced, poll.refused) == (2, 1, 1, 0)
    assert bot.row(MarkRow).place == 1


def test_two_secret_ballots_cannot_become_one(bot: Moot) -> None:
    bot.says("Anna", "/poll Who? | Ira | Jo | secret")
    votes(bot, "Ben", "Ira")
    votes(bot, "Ben at home", "Jo")
    with pytest.raises(Refused, match="voted twice in secret"):
        merged(bot)
    bot.says("Anna", "/withdraw")
    assert merged(bot) == []
