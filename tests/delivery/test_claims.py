"""One process at a time speaks to a chat; when it goes, another goes on where it stopped."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.delivery.claims import Claims
from bot.delivery.sender import Sender
from models import ClaimRow, PromiseRow, WorkerRow
from tests.support.moot import START
from tests.support.post import Post
from tests.support.room import FakePlatform


@dataclass
class Process:
    """One of several on the same database."""

    post: Post
    number: int | None
    reaches: bool = True

    def __post_init__(self) -> None:
        claims = Claims(lambda: self.number, lambda: 2, lambda account: self.reaches)
        platform = self.post.platform
        self.sender = Sender(self.post.database, {platform.platform: platform}, {}, self.post.clock, self.post.rhythm, claims)

    def sends(self) -> None:
        self.post.run(self.sender.flush())


@pytest.fixture
def post(postgres_house: str) -> Iterator[Post]:
    with closing(Post(postgres_house, FakePlatform())) as made:
        yield made


def at_work(post: Post, number: int) -> Process:
    post.database.transact(lambda db: db.add(WorkerRow(id=number, name=f"process {number}", began_at=START)))
    return Process(post, number)


def test_the_first_to_come_speaks_and_the_other_leaves_it_to_it(post: Post) -> None:
    first, second = at_work(post, 1), at_work(post, 2)
    post.says("one")
    first.sends()
    post.says("two")
    second.sends()
    assert post.shows() == ["one"]
    first.sends()
    assert post.shows() == ["one", "two"]
    assert post.row(ClaimRow).worker_id == 1


def test_when_it_has_gone_the_other_goes_on(post: Post) -> None:
    first, second = at_work(post, 1), at_work(post, 2)
    post.says("one")
    first.sends()
    post.says("two")
    post.change("DELETE FROM workers WHERE id = 1")
    first.sends()
    assert post.shows() == ["one"]
    second.sends()
    assert post.shows() == ["one", "two"]


@pytest.mark.parametrize(("must", "shown"), [(True, ["result"]), (False, [])])
def test_what_it_was_sending_when_it_went_has_an_unknown_outcome(post: Post, must: bool, shown: list[str]) -> None:
    at_work(post, 1)
    second = at_work(post, 2)
    post.says("result", must=must)
    post.change("INSERT INTO claims SELECT id, 1 FROM chats WHERE ref = 'a'")
    post.change("UPDATE promises SET trying = true, tries = 1, tried_at = now()")
    second.sends()
    assert post.row(PromiseRow).trying
    post.change("DELETE FROM workers WHERE id = 1")
    second.sends()
    assert post.shows() == shown
    assert post.row(PromiseRow).state == ("sent" if must else "unknown")


def test_who_is_not_at_work_or_does_not_reach_the_platform_says_nothing(post: Post) -> None:
    post.says("one")
    for process in (Process(post, None), Process(post, 7), Process(post, 7, reaches=False)):
        process.sends()
    assert post.shows() == []
    assert not post.rows(ClaimRow)


def test_a_chat_in_which_nothing_is_said_for_a_while_is_free_again(post: Post) -> None:
    first, second = at_work(post, 1), at_work(post, 2)
    post.says("one")
    first.sends()
    post.run(first.sender.look_around())
    assert post.rows(ClaimRow)
    post.clock.advance(timedelta(minutes=2))
    post.run(first.sender.look_around())
    assert not post.rows(ClaimRow)
    post.says("two")
    second.sends()
    assert post.shows() == ["one", "two"]
    assert post.row(ClaimRow).worker_id == 2


def test_two_who_come_at_once_do_not_both_speak(post: Post) -> None:
    first, second = at_work(post, 1), at_work(post, 2)
    post.says("one")
    with post.database.transaction() as mine:
        chat = mine.scalar(text("SELECT id FROM chats WHERE ref = 'a'"))
        assert first.sender.claims is not None
        assert second.sender.claims is not None
        assert first.sender.claims.holds(mine, chat, START)
    with post.database.transaction() as theirs:
        assert not second.sender.claims.holds(theirs, chat, START)
