"""One lane for each chat: in order, never held up by another, and honest about what nobody knows."""

import pytest
from sqlalchemy.orm import Session

from bot.chat.adapter import DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.message import message
from bot.chat.refs import ChatRef
from bot.delivery.outbox import say
from models import BoardRow, ChatRow, PromiseRow
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


# it will never arrive


def test_a_closed_chat_parks_its_lane_until_it_opens_again(post: Post) -> None:
    post.platform.closed.add("a")
    post.says("one")
    post.says("two")
    for _ in range(10):
        post.goes_out(hours=1)
    assert len(post.platform.attempts) == 1
    assert post.row(ChatRow, ref="a").state == "closed"
    post.platform.closed.clear()
    post.reopen()
    post.goes_out()
    assert post.shows() == ["one", "two"]


def test_a_refused_message_does_not_hold_up_the_lane(post: Post) -> None:
    post.platform.faults.extend([Undeliverable("refused")])
    post.says("bad")
    post.says("good")
    post.goes_out()
    assert post.shows() == ["good"]
    assert post.states() == ["failed", "sent"]


def test_a_topic_that_is_gone_gives_way_to_the_general_one(post: Post) -> None:
    post.platform.lost_threads.add("7")
    post.says("words", thread="7")
    post.goes_out()
    assert [(standing.text, standing.thread) for standing in post.room()] == [("words", None)]


def test_a_topic_that_is_gone_again_and_again_does_not_turn_in_circles(post: Post) -> None:
    post.platform.fail = lambda _: Undeliverable("thread gone")
    post.says("words", thread="7")
    post.says("more")
    post.goes_out()
    assert post.states() == ["failed", "failed"]


def test_a_message_to_answer_is_gone(post: Post) -> None:
    post.platform.faults.extend([Undeliverable("message gone")])
    post.says("answer", reply_to="99")
    post.says("next")
    post.goes_out()
    assert post.shows() == ["answer", "next"]
    assert post.room()[0].reply_to is None


def test_a_chat_that_moved_is_written_to_under_its_new_id(post: Post) -> None:
    post.platform.new_ids["a"] = "c"
    post.says("one")
    post.says("two")
    post.goes_out()
    assert (post.shows("a"), post.shows("c")) == ([], ["one", "two"])
    assert [row.ref for row in post.rows(ChatRow)] == ["c", "b"]


def test_a_chat_that_moved_onto_one_that_is_known(post: Post) -> None:
    post.platform.new_ids["a"] = "b"
    post.says("one")
    post.says("to the old b", "b")
    post.goes_out()
    assert "one" in post.shows("b")
    assert [row.state for row in post.rows(ChatRow)] == ["open", "closed"]


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


# boards, as far as the lane goes


def test_a_board_whose_message_is_gone_is_put_up_anew(post: Post) -> None:
    post.board("1")
    post.goes_out()
    post.room().clear()
    post.now_shows("2")
    post.goes_out()
    assert post.shows() == ["2"]
    post.now_shows("3")
    post.goes_out()
    assert post.shows() == ["3"]
    assert post.room()[0].versions == 2


def test_a_board_that_is_refused_is_left_as_it_is(post: Post) -> None:
    post.board("1")
    post.goes_out()
    post.platform.faults.extend([Undeliverable("refused")])
    post.now_shows("2")
    post.goes_out(seconds=10)
    assert post.shows() == ["1"]
    post.now_shows("3")
    post.goes_out(seconds=10)
    assert post.shows() == ["3"]


FAULTS: list[DeliveryFault] = [
    TryLater(0),
    TryLater(0, everywhere=True),
    LOST,
    LOST_BUT_DROPPED,
    Undeliverable("closed"),
    Undeliverable("thread gone"),
    Undeliverable("refused"),
    Undeliverable("message gone"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{type(fault).__name__} {getattr(fault, 'why', '')}")
def test_no_fault_makes_a_lane_run_in_circles(post: Post, fault: DeliveryFault) -> None:
    """Neither for words nor for a board's first sending nor for its edits, not even where boards change at once."""
    post.board("1", thread="7")
    post.goes_out()
    post.platform.fail = lambda _: fault
    post.now_shows("2")
    post.says("words", thread="7")
    for _ in range(3):
        post.goes_out(seconds=10)
    assert len(post.platform.attempts) <= 14


def test_an_edit_of_unknown_fate_is_tried_again_after_a_while(post: Post) -> None:
    post.board("1")
    post.goes_out()
    post.platform.faults.extend([LOST])
    post.now_shows("2")
    post.goes_out()
    assert post.shows() == ["1"]
    post.goes_out(seconds=10)
    assert post.shows() == ["2"]


def test_a_chat_that_moves_while_a_board_is_edited(post: Post) -> None:
    post.board("1", subject=1)
    post.board("done", subject=2)
    post.finished.add(2)
    post.goes_out()
    post.now_shows("2")
    post.platform.new_ids["a"] = "c"
    post.goes_out()
    assert post.shows("c") == ["2"]
    assert [row.message_id for row in post.rows(BoardRow)] == ["1", None]
    post.now_shows("3", subject=2)
    post.goes_out(seconds=10)
    assert post.shows("c") == ["2"]


def test_what_is_sent_is_known_as_sent(post: Post) -> None:
    post.says("words")
    post.goes_out()
    row = post.row(PromiseRow)
    assert (row.state, row.trying, row.message_id, row.sent_at) == ("sent", False, "1", post.clock.now())


def test_moved_is_told_by_the_adapter(post: Post) -> None:
    post.platform.faults.extend([Moved(ChatRef("telegram", "c"))])
    post.says("words", reply_to="5")
    post.goes_out()
    assert post.shows("c") == ["words"]
    assert post.room("c")[0].reply_to is None
