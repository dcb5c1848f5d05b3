"""One lane for each chat: in order, never held up by another, and honest about what nobody knows."""

import pytest
from sqlalchemy.orm import Session

from bot.chat.adapter import OutcomeUnknown, TryLater
from bot.chat.message import message
from bot.delivery.outbox import say
from models import PromiseRow
from tests.support.post import Post
from tests.support.room import Arrived

LOST, LOST_BUT_DROPPED = OutcomeUnknown(repeatable=False), OutcomeUnknown(repeatable=True)


def test_messages_leave_in_the_order_in_which_they_were_promised(post: Post) -> None:
    for n in range(20):
        post.says(str(n), "ab"[n % 2])
    post.goes_out()
    assert post.shows("a") == [str(n) for n in range(0, 20, 2)]
    assert post.shows("b") == [str(n) for n in range(1, 20, 2)]


def test_promising_twice_is_harmless(post: Post) -> None:
    for words in ("one", "another"):
        post.says(words, key="mandate:42:3d")
        post.goes_out()
    post.says("one", key="mandate:42:3d")
    post.goes_out()
    assert post.shows() == ["one"]


def test_what_a_rolled_back_transaction_promised_is_never_said(post: Post) -> None:
    def fails(db: Session) -> None:
        say(db, post.chat(db), message("untrue"), key="k", now=post.clock.now())
        raise LookupError

    with pytest.raises(LookupError):
        post.database.transact(fails)
    post.goes_out()
    assert post.shows() == []


# nobody knows whether it arrived


def test_a_result_is_repeated_once_after_half_a_minute_and_never_again(post: Post) -> None:
    post.platform.faults.extend([Arrived(LOST), LOST])
    post.says("result", must=True)
    post.says("next")
    post.goes_out()
    post.goes_out(seconds=29)
    assert post.shows() == ["result"]
    post.goes_out(seconds=1)
    for _ in range(5):
        post.goes_out(hours=1)
    assert post.shows() == ["result", "next"]
    assert [delivery.op for delivery in post.platform.attempts[:2]] == [post.platform.attempts[0].op] * 2
    assert post.states() == ["unknown", "sent"]


def test_the_repetition_says_how_long_ago_it_was_first_tried(post: Post) -> None:
    post.platform.faults.extend([LOST])
    post.says("result", must=True)
    post.goes_out()
    post.goes_out(seconds=40)
    first, second = post.platform.attempts
    assert first.first_tried is None
    assert second.first_tried is not None
    assert second.first_tried.total_seconds() == 40
    assert post.states() == ["sent"]


def test_a_reminder_is_never_repeated(post: Post) -> None:
    post.platform.faults.extend([LOST])
    post.says("reminder")
    post.says("next")
    post.goes_out()
    post.goes_out(hours=1)
    assert post.shows() == ["next"]
    assert post.states() == ["unknown", "sent"]


def test_where_repetitions_are_dropped_it_is_tried_until_it_stands(matrix: Post) -> None:
    matrix.platform.faults.extend([LOST_BUT_DROPPED, Arrived(LOST_BUT_DROPPED), *[LOST_BUT_DROPPED] * 10])
    matrix.says("reminder")
    for _ in range(20):
        matrix.goes_out(seconds=30)
    assert matrix.shows() == ["reminder"]
    assert len({delivery.op for delivery in matrix.platform.attempts}) == 1
    assert matrix.states() == ["sent"]


def test_tries_on_such_a_platform_come_ever_later(matrix: Post) -> None:
    matrix.platform.fail = lambda _: LOST_BUT_DROPPED
    matrix.says("words")
    for _ in range(150):
        matrix.goes_out(seconds=4)
    assert 20 <= len(matrix.platform.attempts) <= 30


@pytest.mark.parametrize("fault", [KeyError("a bug"), RuntimeError(), ValueError("x"), TimeoutError(), OSError()], ids=repr)
def test_an_adapter_may_raise_anything(post: Post, fault: Exception) -> None:
    """It may have been sent before the fault, so it counts as unknown."""
    post.platform.fail = lambda delivery: fault if delivery.chat.id == "a" else None
    post.says("result", must=True)
    post.says("elsewhere", "b")
    post.goes_out()
    assert post.shows("b") == ["elsewhere"]
    for _ in range(4):
        post.goes_out(seconds=30)
    assert len(post.platform.attempts) == 3


# surely not sent


def test_a_flood_pause_stops_its_own_lane_only(post: Post) -> None:
    post.platform.faults.extend([TryLater(35)])
    post.says("one")
    post.says("two")
    post.says("elsewhere", "b")
    post.goes_out()
    assert (post.shows("a"), post.shows("b")) == ([], ["elsewhere"])
    post.goes_out(seconds=34)
    assert len(post.platform.attempts) == 2
    post.goes_out(seconds=1)
    assert post.shows("a") == ["one", "two"]


def test_a_flood_pause_survives_a_restart(post: Post) -> None:
    post.platform.faults.extend([TryLater(3600)])
    post.says("one")
    post.goes_out()
    post.hire()
    post.goes_out(seconds=3599)
    assert len(post.platform.attempts) == 1
    post.goes_out(seconds=1)
    assert post.shows() == ["one"]


def test_however_often_it_was_surely_not_sent_it_is_sent_once(post: Post) -> None:
    post.platform.faults.extend([TryLater(1)] * 50)
    post.says("reminder")
    for _ in range(60):
        post.goes_out(seconds=2)
    assert post.shows() == ["reminder"]


def test_a_try_that_surely_failed_does_not_count_against_it(post: Post) -> None:
    """After a long flood it is killed while sending: it is still repeated, as if that had been the first try."""
    post.platform.faults.extend([TryLater(1)] * 20)
    post.says("result", must=True)
    for _ in range(20):
        post.goes_out(seconds=1)
    assert (post.row(PromiseRow).tries, post.row(PromiseRow).tried_at) == (0, None)
    post.change("UPDATE promises SET trying = true, tries = tries + 1, tried_at = promised_at")
    post.hire()
    post.goes_out(seconds=1)
    assert post.shows() == ["result"]


def test_a_platform_out_of_reach_is_tried_ever_later(post: Post) -> None:
    post.platform.fail = lambda _: TryLater(0, everywhere=True)
    post.says("words")
    for _ in range(150):
        post.goes_out(seconds=4)
    assert 20 <= len(post.platform.attempts) <= 30


def test_a_pause_of_no_time_at_all_is_still_a_pause(post: Post) -> None:
    post.platform.fail = lambda _: TryLater(0)
    post.says("words")
    post.goes_out()
    assert len(post.platform.attempts) == 1


# crashes


@pytest.mark.parametrize(("must", "told"), [(True, ["result"]), (False, [])])
def test_killed_while_sending(post: Post, must: bool, told: list[str]) -> None:
    """Nobody knows what became of it: a result is said again, a reminder is not."""
    post.says("result", must=must)
    post.change("UPDATE promises SET trying = true, tries = 1, tried_at = promised_at")
    post.hire()
    post.goes_out(seconds=30)
    post.goes_out(hours=1)
    assert post.shows() == told


def test_killed_while_sending_where_repetitions_are_dropped(matrix: Post) -> None:
    matrix.says("reminder")
    matrix.change("UPDATE promises SET trying = true, tries = 1, tried_at = promised_at")
    matrix.hire()
    matrix.goes_out(seconds=30)
    assert matrix.shows() == ["reminder"]


@pytest.mark.parametrize(("kills", "told", "state"), [(2, ["result"], "sent"), (10, [], "unknown")])
def test_killed_again_and_again_while_sending(post: Post, kills: int, told: list[str], state: str) -> None:
    """Perhaps it never left, so it is tried after each kill; but it may be what brings the bot down, so not for ever."""
    post.says("result", must=True)
    for _ in range(kills):
        post.change("UPDATE promises SET trying = true, tries = tries + 1, tried_at = promised_at")
        post.hire()
    post.goes_out(hours=1)
    assert (post.shows(), post.states()) == (told, [state])
