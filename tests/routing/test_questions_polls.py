"""A feature has the group decide by majority, openly or in secret, without the person whom it is about."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from bot.features import FEATURES
from models import BallotRow, ElectorateRow, GroupRow, MemberRow, PollRow
from tests.routing.test_questions import BREAD, TOLD, outcome
from tests.support import booth
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like

OTHERS = ("Ben", "Cleo", "Dana", "Emil", "Fay", "Gus")
HOME, AWAY, MATRIX = ChatRef("telegram", "private-1001"), ChatRef("matrix", "!alone"), ChatRef("matrix", "!room")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    TOLD.clear()
    platforms = [FakePlatform(keeps_taps_for=None), matrix_like()]
    with closing(Moot(either_house, platforms, features=(*FEATURES, BREAD))) as made:
        enrol(made, "Anna", *OTHERS)
        made.says("Anna", "/settings round 2 days")
        yield made


def vote(bot: Moot, yes: int, no: int) -> None:
    for n, name in enumerate(OTHERS[: yes + no]):
        bot.taps(name, "Yes" if n < yes else "No")


@pytest.mark.parametrize(
    ("yes", "no", "result", "words"),
    [
        (3, 2, "adopted", "Adopted: more said Yes than No."),
        (2, 2, "blocked", "Not adopted: that would take more Yes than No."),
        (1, 3, "blocked", "Not adopted"),
        (2, 0, "no quorum", "2 voted, and a result needs 3."),
        (0, 0, "no quorum", "Nobody voted"),
    ],
)
def test_more_yes_than_no_adopts_it(bot: Moot, yes: int, no: int, result: str, words: str) -> None:
    bot.says("Anna", "/bake majority")
    assert "a tie changes nothing" in bot.last().text
    assert "Lots decide" not in bot.last().text
    vote(bot, yes, no)
    bot.later(days=2, seconds=1)
    assert outcome() == [("bread.bake", 7, result)]
    told = bot.seen("📊 D-1, the result")
    assert words in told.text
    assert told.labels == []


def test_whom_it_is_about_has_no_vote_and_steers_nothing(bot: Moot) -> None:
    bot.says("Anna", "/bake majority")
    refused = bot.taps("Anna", "Yes")
    assert refused is not None
    assert "D-1 is about you, so the others decide it." in refused.text
    for words in ("/vote yes", "/close", "/extend 2 days", "/withdraw D-1"):
        bot.says("Anna", words)
        assert "is about you" in bot.last().text
    poll = bot.row(PollRow)
    assert (poll.state, poll.voted, bot.row(ElectorateRow, id=poll.electorate_id).size) == ("open", 0, 6)


def test_it_is_neither_closed_early_nor_asked_again(bot: Moot) -> None:
    bot.says("Anna", "/bake majority")
    bot.change("UPDATE polls SET opened_by = 2")
    vote(bot, 5, 0)
    bot.says("Ben", "/close")
    assert "stays open until its time is over or all have answered" in bot.last().text
    bot.says("Cleo", "/withdraw D-1")
    assert bot.row(PollRow).state == "open"
    bot.taps("Gus", "No")
    bot.says("Ben", "/close")
    assert outcome() == [("bread.bake", 7, "adopted")]
    bot.says("Ben", "/poll again D-1")
    assert "was asked because a command wanted it decided" in bot.last().text
    bot.presses("Ben", "polls.again:1")
    assert len(bot.rows(PollRow)) == 1


def test_whoever_had_it_asked_may_withdraw_it(bot: Moot) -> None:
    bot.says("Anna", "/bake majority")
    bot.change("UPDATE polls SET opened_by = 2")
    bot.says("Ben", "/withdraw D-1")
    assert outcome() == [("bread.bake", 7, "withdrawn")]


def test_in_secret(bot: Moot) -> None:
    bot.says("Anna", "/bake secret majority")
    board = bot.last()
    assert board.labels == ["Vote in private"]
    assert "It is final." in booth.votes(bot, "Ben", "Yes")
    for name, choice in (("Cleo", "Yes"), ("Dana", "No")):
        booth.votes(bot, name, choice)
    booth.enter(bot, "Anna")
    assert "is about you" in bot.last(booth.booth(bot, "Anna")).text
    bot.later(days=2, seconds=1)
    assert outcome() == [("bread.bake", 7, "adopted")]
    assert "Ben" not in bot.seen("📊 D-1, the result").text


def test_a_secret_that_few_could_not_keep_is_not_asked(bot: Moot) -> None:
    for name in ("Fay", "Gus"):
        bot.says(name, "/leave")
    bot.says("Anna", "/bake secret majority")
    assert "A secret poll needs 5 people" in bot.last().text
    assert not bot.rows(PollRow)


def twin(bot: Moot) -> None:
    """Anna is in the Matrix room of the same group as well, as somebody else."""
    bot.says("Anna", "/join", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.says("Anna", "/join", MATRIX)


def link(bot: Moot) -> Ack | None:
    bot.says("Anna", "/link", HOME, kind="private", chat_title="")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(HOME).text)
    assert code
    return bot.says("Anna", f"/link {code[0]}", AWAY, kind="private", chat_title="")


@pytest.mark.parametrize("how", ["majority", "consent"])
def test_a_twin_of_whom_it_is_about_loses_their_say(bot: Moot, how: str) -> None:
    twin(bot)
    bot.says("Anna", f"/bake {how}")
    bot.taps("Anna", "Yes" if how == "majority" else "Object", chat=MATRIX)
    rounds = bot.rows(PollRow) if how == "majority" else ()
    assert [poll.voted for poll in rounds] in ([1], [])
    link(bot)
    bot.settle()
    assert bot.rows(ElectorateRow)[0].size == 6
    assert bot.dump()["electors"] == [row for row in bot.dump()["electors"] if row[1] != 1]
    bot.taps("Anna", "Yes" if how == "majority" else "Consent", chat=MATRIX)
    bot.later(days=2, seconds=1)
    assert not bot.rows(BallotRow)
    assert outcome() == [("bread.bake", 7, "no quorum")]


def test_a_twin_who_has_voted_in_secret_is_linked_later(bot: Moot) -> None:
    twin(bot)
    bot.says("Anna", "/bake secret majority")
    other = bot.rows(MemberRow, group_id=1)[-1]
    bot.change("INSERT INTO ballots (poll_id, member_id, group_id) VALUES (1, :id, 1)", id=other.id)
    refused = link(bot)
    assert refused is not None
    assert "Link them once it is closed." in refused.text


@pytest.mark.parametrize("how", ["majority", "consent"])
def test_it_can_be_taken_back_when_it_is_no_longer_needed(bot: Moot, how: str) -> None:
    bot.says("Anna", f"/bake {how}")
    house = bot.app.routes.house
    with bot.database.transaction() as db:
        group, now = db.get_one(GroupRow, 1), bot.clock.now()
        assert [house.take_back(db, group, number, now, house) for number in (1, 1, 99)] == [True, False, False]
    assert outcome() == [("bread.bake", 7, "withdrawn")]
