"""What cannot stand where it was meant to be: parked, moved, loosened or given up, and never tried in circles."""

import pytest

from bot.chat.adapter import DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.message import message, paragraph
from bot.chat.refs import ChatRef
from models import BoardRow, ChatRow, PromiseRow
from tests.support.post import Post

LOST, LOST_BUT_DROPPED = OutcomeUnknown(repeatable=False), OutcomeUnknown(repeatable=True)


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
    assert [(standing.text, standing.thread) for standing in post.room()] == [
        ("The topic in which this belongs is closed or deleted, so I say it here.\nwords", None)
    ]


def test_a_topic_that_is_gone_is_told_once_of_a_long_message_and_fits(post: Post) -> None:
    post.platform.lost_threads.add("7")
    post.says(message(*(paragraph(f"{n} " + "word " * 390) for n in range(2))), thread="7")
    post.goes_out()
    told = [standing.text for standing in post.room()]
    assert len(told) == 2
    assert sum("closed or deleted" in text for text in told) == 1
    assert all(standing.thread is None for standing in post.room())


def test_a_board_that_belongs_to_a_lost_topic_says_so_and_keeps_its_buttons(post: Post) -> None:
    post.platform.lost_threads.add("7")
    post.board("1", thread="7")
    post.goes_out()
    (standing,) = post.room()
    assert "closed or deleted" in standing.text
    assert standing.message.buttons
    post.now_shows("2")
    post.goes_out(seconds=10)
    assert post.shows() == ["2"]


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
