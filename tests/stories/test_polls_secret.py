"""Secret polls: cast in private, final, counted only where there are enough, and by no database to be linked to anybody."""

import re
from datetime import timedelta
from math import sqrt
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.engine import make_url

from bot.chat.incoming import LinkFollowed
from bot.features.polls.closing import closing
from bot.features.polls.secret import box
from models import BallotRow, DeadLetterRow, MemberRow, PollRow, PromiseRow, SecretBallotRow, SecretDraftRow
from tests.stories.test_polls import result
from tests.support.booth import booth, enter, taps, votes, writes
from tests.support.moot import Moot, enrol

NAMES = ("Anna", "Ben", "Cleo", "Dana", "Eli", "Fay")


@pytest.fixture
def people(bot: Moot) -> Moot:
    enrol(bot, *NAMES)
    return bot


def test_from_the_board_to_the_box(people: Moot) -> None:
    people.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    board = people.seen("📊 D-1: ")
    assert board.labels == ["Vote in private"]
    assert board.message.buttons[0].private
    assert "Whoever runs me could watch votes as they come in, and so could the chat platform." in board.text
    enter(people, "Ben")
    assert people.last(booth(people, "Ben")).labels == ["Cleo", "Dana", "Clear", "Cast my vote"]
    assert taps(people, "Ben", "Cleo", "Dana", "Cast my vote") == [
        "Your ballot: Cleo. Not cast yet.",
        "Your ballot: Dana. Not cast yet.",
        "Your vote in D-1 is in the box. It is final.",
    ]
    assert taps(people, "Ben", "Cleo") == ["You have voted in D-1. A secret vote is final, because nobody can tell which is yours."]
    assert "1 of 6 have voted." in people.seen("📊 D-1: ").text
    assert "▰" not in people.seen("📊 D-1: ").text


def test_the_result_stands_above_the_floor(people: Moot) -> None:
    people.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    for name, choice in (("Anna", "Cleo"), ("Ben", "Dana"), ("Cleo", "Dana")):
        votes(people, name, choice)
    people.says("Anna", "/close")
    assert "Chosen: Dana." in result(people)
    assert "2. Dana  ▰▰▰▰▰▰▰▰ 2\n" in result(people)
    assert "3 answers received = 3 counted + 0 replaced or taken back + 0 refused. 3 of 6 voted." in result(people)
    assert not [file for standing in people.room for file in standing.message.attachments]


def test_too_few_ballots_are_destroyed_unread(people: Moot) -> None:
    people.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    votes(people, "Anna", "Cleo")
    votes(people, "Ben", "Dana")
    people.says("Anna", "/close")
    told = result(people)
    assert (
        "2 voted, and a secret result needs 3: fewer could be guessed. The ballots are destroyed, and nothing is decided." in told
    )
    assert "Cleo" not in told
    assert people.rows(SecretBallotRow) == []


def test_ranks_in_the_booth_and_words(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library | Mill | method: ranked | secret")
    enter(people, "Ben")
    assert taps(people, "Ben", "Mill", "Park", "Undo", "Clear", "Cast my vote")[2:] == [
        "Your ballot: Mill. Not cast yet.",
        "Your ballot is empty.",
        "There is nothing on your ballot yet. Choose first, then cast it.",
    ]
    writes(people, "Ben", "2 > 1")
    said = people.last(booth(people, "Ben")).text
    assert said == "I have your answer. Press Cast my vote to put it into the box; then it is final."
    assert taps(people, "Ben", "Cast my vote") == ["Your vote in D-1 is in the box. It is final."]
    assert [row.marks for row in people.rows(SecretBallotRow)] == ['{"1":2,"2":1}']


def test_nothing_is_taken_in_the_room(people: Moot) -> None:
    people.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    refused = "D-1 is secret. Press Vote in private on its board; I do not take a secret vote here."
    ack = people.presses("Ben", "polls.mark:1:1")
    assert ack is not None
    assert ack.text == refused
    people.says("Ben", "/vote D-1 2")
    assert people.last().text == refused
    people.presses("Ben", "polls.pick:1:1")
    followed = LinkFollowed(people.origin("Ben", booth(people, "Ben"), kind="private", chat_title=""), "polls.pick:1:1")
    people.hand(followed)
    assert people.last(booth(people, "Ben")).text.startswith("This button no longer does anything.")
    assert [*people.rows(BallotRow), *people.rows(SecretDraftRow)] == []


def test_strangers_and_latecomers_are_refused(people: Moot) -> None:
    people.says("Anna", "/poll Who speaks for us? | Cleo | Dana | secret")
    enrol(people, "Late")
    for name in ("Late", "Nobody"):
        enter(people, name)
        assert people.last(booth(people, name)).text.startswith("You were not in the hat when D-1 was opened")


def test_nothing_of_a_choice_is_left_anywhere_else(people: Moot) -> None:
    people.says("Anna", "/poll Who? | Cleopatra | Danaë | secret | method: ranked")
    enter(people, "Ben")
    writes(people, "Ben", "danaë > cleopatra")
    taps(people, "Ben", "Cast my vote")
    enter(people, "Anna")
    writes(people, "Anna", "nonsense")
    assert [*people.rows(SecretDraftRow), *people.rows(DeadLetterRow)] == []
    spoken = [str(row.body) for row in people.rows(PromiseRow)]
    assert not any("danaë > cleopatra" in body.casefold() for body in spoken)
    assert [row.last for row in people.rows(BallotRow)] == [None]


def test_a_private_fault_leaves_no_words_behind(people: Moot) -> None:
    people.says("Anna", "/poll Who? | Cleo | Dana | secret")
    enter(people, "Ben")
    taps(people, "Ben", "Cleo")
    people.change("UPDATE secret_drafts SET marks = 'broken'")
    chat = booth(people, "Ben")
    people.presses("Ben", people.button("Cleo", chat=chat), chat, kind="private", chat_title="")
    assert [row.raw for row in people.rows(DeadLetterRow)] == [""]


POLLS, VOTERS = 6, 10
CHOICE = re.compile(rb'(?:[0-9a-f]{64}|[0-9]{6})\{"([12])":1\}')


def test_who_copies_the_database_after_the_close_learns_nothing(bot: Moot) -> None:
    """The thief even knows in which order people voted; chance is as good as all that the files hold."""
    names, random = [f"P{n}" for n in range(VOTERS)], Random(7)
    enrol(bot, *names)
    held, lost, ids = [0, 0], [0, 0], []
    for poll in range(1, POLLS + 1):
        bot.says("P0", "/poll Who? | Red | Blue | secret")
        truth = [random.choice(("Red", "Blue")) for _ in names]
        voters = random.sample(names, VOTERS)
        for name, choice in zip(voters, truth, strict=True):
            votes(bot, name, choice, poll=poll)
        ids += [row.id for row in bot.rows(SecretBallotRow, poll_id=poll)]
        note(held, truth, guesses(files(bot)))
        bot.says("P0", f"/close D-{poll}")
        taken = files(bot)
        note(lost, truth, guesses(taken))
        assert not [name for name in ids if name.encode() in taken], "the names under which ballots were cast are wiped"
        bot.change("DELETE FROM secret_ballots")
    assert held[0] > 0.9 * held[1], "while a poll is open the files tell: the thief is no fool"
    assert abs(lost[0] - lost[1] / 2) < 3 * sqrt(lost[1] / 4)


def test_a_box_that_was_not_wiped_before_the_process_died_is_wiped_by_the_next(bot: Moot) -> None:
    names = [f"P{n}" for n in range(VOTERS)]
    enrol(bot, *names)
    bot.says("P0", "/poll Who? | Red | Blue | secret | for 1 hour")
    for name in names:
        votes(bot, name, "Red")
    ids = [row.id.encode() for row in bot.rows(SecretBallotRow)]
    bot.clock.advance(timedelta(hours=2))
    with bot.database.transaction() as db:  # committed, and then nothing more
        closing.settle(db, 1, bot.clock.now(), bot.app.routes.house)
    assert bot.row(PollRow).to_wipe
    assert any(name in files(bot) for name in ids)
    bot.settle()
    assert not bot.row(PollRow).to_wipe
    assert not any(name in files(bot) for name in ids)


def test_a_box_of_many_pages_leaves_nothing_between_its_pages(bot: Moot) -> None:
    """Rows move from page to page while a table grows, and where they were a copy stays, which no deletion reaches."""
    enrol(bot, *(f"P{n}" for n in range(120)))
    for number in (1, 2):
        bot.says("P0", f"/poll Who, {number}? | Red | Blue | secret")
    for member in bot.rows(MemberRow):
        for number in (2, 1):
            cast_at_once(bot, number, member.id)
    ids = [row.id.encode() for row in bot.rows(SecretBallotRow, poll_id=1)]
    assert len(ids) == 120
    bot.says("P0", "/close D-1")
    assert not bot.row(PollRow, id=1).to_wipe
    taken = files(bot)
    assert not [name for name in ids if name in taken]


def cast_at_once(bot: Moot, poll_id: int, member_id: int) -> None:
    """As the private chat does, without it."""
    with bot.database.transaction() as db:
        box.cast(db, db.get_one(PollRow, poll_id), db.get_one(MemberRow, member_id), bot.clock.now(), bot.dice)


def files(bot: Moot) -> bytes:
    """All files of the database, as somebody copies them: the newest writing, if it is not in the main file yet, comes last."""
    source = Path(str(make_url(bot.url).database))
    return b"".join(part.read_bytes() for part in sorted(source.parent.glob(f"{source.name}*")))


def guesses(taken: bytes) -> list[str]:
    """The choices in the order in which they lie in the files; SQLite fills its pages from the end."""
    found = {match.start(): match[1] for match in CHOICE.finditer(taken)}
    return [{b"1": "Red", b"2": "Blue"}[found[at]] for at in sorted(found, reverse=True)][:VOTERS]


def note(score: list[int], truth: list[str], guessed: list[str]) -> None:
    score[0] += sum(one == other for one, other in zip(truth, guessed, strict=False))
    score[1] += min(len(truth), len(guessed))


def test_a_withdrawn_poll_leaves_no_ballot(people: Moot) -> None:
    people.says("Anna", "/poll Who? | Cleo | Dana | secret")
    votes(people, "Ben", "Cleo")
    enter(people, "Eli")
    taps(people, "Eli", "Dana")
    people.says("Anna", "/withdraw")
    assert [*people.rows(SecretBallotRow), *people.rows(SecretDraftRow)] == []


def test_the_books_balance(people: Moot) -> None:
    people.says("Anna", "/poll Who? | Cleo | Dana | secret")
    for name in NAMES:
        votes(people, name, "Dana")
    poll = people.row(PollRow)
    assert (poll.received, poll.voted, poll.replaced, poll.refused) == (6, 6, 0, 0)
    people.says("Anna", "/close")
    assert [row.id for row in people.rows(SecretBallotRow)] == [f"{n:06}" for n in range(1, 7)]
