"""Boards: whatever happens meanwhile, they show what is true in the end, in a handful of edits."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.adapter import OutcomeUnknown, TryLater
from bot.delivery import boards
from bot.delivery.boards import Rhythm
from bot.delivery.wire import LIMIT, units
from models import BoardRow, PromiseRow
from tests.delivery.conftest import MakePost
from tests.support.post import Post
from tests.support.room import Arrived, FakePlatform


def calm(make_post: MakePost, **more: object) -> Post:
    """With the rhythm of a real room, and Telegram's limit."""
    platform = FakePlatform(messages_a_minute=20)
    return make_post(platform, rhythm=Rhythm(), **more)


def test_a_board_shows_what_is_true_when_it_goes_up(post: Post) -> None:
    post.board("0")
    for n in range(5):
        post.now_shows(str(n))
    post.goes_out()
    assert post.shows() == ["4"]
    assert post.room()[0].versions == 1


def test_a_thousand_taps_make_a_handful_of_edits(make_post: MakePost) -> None:
    post = calm(make_post)
    post.board("0")
    post.goes_out()
    for n in range(25, 1001, 25):
        post.now_shows(str(n), taps=25)
        post.goes_out(seconds=0.5)
    post.goes_out(seconds=10)
    assert post.shows() == ["1000"]
    assert 3 <= len(post.platform.edits()) <= 6


def test_forty_taps_in_five_seconds_make_at_most_three_edits(make_post: MakePost) -> None:
    post = calm(make_post)
    post.board("0")
    post.goes_out()
    for n in range(1, 41):
        post.now_shows(str(n))
        post.goes_out(seconds=0.125)
    assert len(post.platform.edits()) <= 3
    post.goes_out(seconds=5)
    assert post.shows() == ["40"]
    assert len(post.platform.edits()) <= 3


def test_the_first_change_after_a_quiet_while_is_shown_within_two_seconds(make_post: MakePost) -> None:
    post = calm(make_post)
    post.board("0")
    post.goes_out()
    post.goes_out(minutes=5)
    post.now_shows("1")
    post.goes_out()
    assert post.shows() == ["0"]
    post.goes_out(seconds=1)
    assert post.shows() == ["1"]


def test_edits_leave_room_for_words(make_post: MakePost) -> None:
    """In a minute of many edits an answer still goes out at once."""
    post = calm(make_post)
    post.rhythm = Rhythm(timedelta(), timedelta())
    post.hire()
    post.board("0")
    post.goes_out()
    for n in range(1, 80):
        post.now_shows(str(n))
        post.goes_out(seconds=0.5)
    assert len(post.platform.attempts) == 14
    post.says("an answer")
    post.goes_out()
    assert post.shows()[-1] == "an answer"


def test_words_go_before_edits(post: Post) -> None:
    post.board("0")
    post.goes_out()
    post.now_shows("1")
    post.says("words")
    post.goes_out()
    assert [delivery.edits for delivery in post.platform.attempts] == [None, None, "1"]


def test_an_edit_that_would_change_nothing_is_not_sent(post: Post) -> None:
    post.board("0")
    post.goes_out()
    post.now_shows("1")
    post.now_shows("0")
    post.goes_out()
    assert post.platform.edits() == []
    assert post.row(BoardRow).shown == post.row(BoardRow).version


def test_a_tap_that_comes_during_an_edit_is_not_lost(post: Post) -> None:
    post.board("0")
    post.goes_out()

    def tap(_: object) -> None:
        if len(post.platform.edits()) == 1:
            post.now_shows("2")

    post.platform.fail = tap
    post.now_shows("1")
    post.goes_out()
    assert post.shows() == ["2"]
    assert len(post.platform.edits()) == 2


def test_a_board_repeated_after_half_a_minute_is_brought_up_to_date(post: Post) -> None:
    post.platform.faults.extend([OutcomeUnknown(repeatable=False)])
    post.board("0")
    post.goes_out()
    post.now_shows("1")
    post.goes_out(seconds=30)
    assert post.shows() == ["1"]


def test_a_board_that_nobody_knows_to_stand_is_never_edited(post: Post) -> None:
    post.platform.faults.extend([Arrived(OutcomeUnknown(repeatable=False)), OutcomeUnknown(repeatable=False)])
    post.board("0")
    post.goes_out()
    post.goes_out(seconds=30)
    post.now_shows("1")
    post.goes_out(minutes=5)
    assert post.platform.edits() == []
    assert post.row(PromiseRow).state == "unknown"


def test_a_board_in_a_room_that_is_closed_is_edited_when_it_opens(post: Post) -> None:
    post.board("0")
    post.goes_out()
    post.platform.closed.add("a")
    post.now_shows("1")
    post.goes_out(seconds=10)
    post.platform.closed.clear()
    post.now_shows("2")
    post.goes_out(hours=1)
    assert post.shows() == ["0"]
    post.reopen()
    post.goes_out()
    assert post.shows() == ["2"]


def test_each_touch_counts_whatever_is_given_up_in_between(post: Post) -> None:
    """A savepoint in which nothing was asked is none to the database, and undoes nothing there."""
    post.board("0")
    post.board("0", subject=2)
    with post.database.transaction() as db:
        boards.touch(db, "count", 1, post.clock.now())
        with suppress(ZeroDivisionError), db.begin_nested():
            raise ZeroDivisionError
        boards.touch(db, "count", 2, post.clock.now())
        boards.touch(db, "count", 1, post.clock.now())
    assert [(row.subject_id, row.version) for row in post.rows(BoardRow)] == [(1, 3), (2, 2)]


def test_whoever_has_the_row_at_hand_reads_its_newest_version(post: Post) -> None:
    post.board("0")
    with post.database.transaction() as db:
        board = db.query(BoardRow).one()
        boards.touch(db, "count", 1, post.clock.now())
        assert (board.version, board.stale_since) == (2, post.clock.now())
        boards.touch(db, "count", 1, post.clock.now())
        assert board.version == 3


def test_a_board_too_long_for_a_message_is_cut_short(post: Post) -> None:
    post.board("word " * 5000)
    post.goes_out()
    assert units(post.shows()[0]) <= LIMIT
    assert post.shows()[0].endswith("…")
    assert post.room()[0].labels == ["Count"]


def test_old_buttons_are_named_so_that_they_can_be_taken_away(post: Post) -> None:
    post.board("0")
    post.goes_out()
    post.finished.add(1)
    post.now_shows("done")
    post.goes_out()
    assert post.platform.edits()[0].old_buttons == ("🔢",)
    assert post.room()[0].labels == []


def test_each_edit_has_a_name_of_its_own(post: Post) -> None:
    post.board("0")
    post.goes_out()
    for n in range(3):
        post.now_shows(str(n))
        post.goes_out()
    assert len({delivery.op for delivery in post.platform.attempts}) == len(post.platform.attempts)


events = st.sampled_from(["tap", "tap", "later", "flood", "lost", "lost but arrived", "gone", "restart", "words", "words"])


def test_whatever_happens_the_truth_stands_in_the_end_and_words_keep_their_order(make_post: MakePost) -> None:
    subjects, post = count(1), make_post(FakePlatform(), rhythm=Rhythm())

    @settings(max_examples=15)
    @given(st.lists(events, min_size=6, max_size=25))
    def holds(story: list[str]) -> None:
        post.platform.chats.clear()
        post.platform.faults.clear()
        subject = next(subjects)
        post.board("0", subject)
        for n, event in enumerate(story):
            happens(post, event, subject, n)
            post.goes_out(seconds=1)
        post.now_shows("the end", subject)
        until_quiet(post)
        said = [text for text in post.shows() if text.startswith("words")]
        first_said = list(dict.fromkeys(said))
        assert first_said == sorted(first_said, key=lambda text: int(text.split()[1]))
        assert all(said.count(text) <= 2 for text in said)
        known = {row.key: row.state for row in post.rows(PromiseRow) if row.key.startswith(f"{subject}:")}
        assert {f"words {key.partition(':')[2]}" for key, state in known.items() if state == "sent"} <= set(said)
        assert set(known.values()) <= {"sent", "unknown"}
        if post.row(BoardRow, subject_id=subject).message_id:
            assert "the end" in post.shows()
        else:
            assert "lost" in "".join(story)

    holds()


def until_quiet(post: Post) -> None:
    for _ in range(60):
        post.goes_out(seconds=31)
        stale = [board for board in post.rows(BoardRow) if board.message_id and board.version > board.shown]
        if not stale and "waiting" not in post.states():
            return
    raise AssertionError("the lane does not come to rest")


def happens(post: Post, event: str, subject: int, n: int) -> None:
    match event:
        case "tap":
            post.now_shows(str(n), subject)
        case "later":
            post.goes_out(seconds=3)
        case "flood":
            post.platform.faults.append(TryLater(5))
        case "lost":
            post.platform.faults.append(OutcomeUnknown(repeatable=False))
        case "lost but arrived":
            post.platform.faults.append(Arrived(OutcomeUnknown(repeatable=False)))
        case "gone":
            post.room()[:] = [standing for standing in post.room() if not standing.labels]
        case "restart":
            post.hire()
        case "words":
            post.says(f"words {n}", key=f"{subject}:{n}", must=True)


def test_a_change_that_lost_its_time_is_shown_all_the_same(make_post: MakePost) -> None:
    """As when a tap and the note that an edit has arrived crossed each other."""
    post = calm(make_post)
    post.board("0")
    post.goes_out()
    post.now_shows("1")
    with post.database.transaction() as db:
        db.query(BoardRow).one().stale_since = None
    post.goes_out(seconds=10)
    assert post.shows() == ["1"]
