"""Anyone can press anything: whoever may not is told so, and nothing changes."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.chat import incoming as said
from bot.chat.adapter import OutcomeUnknown, TryLater
from bot.chat.refs import ChatRef
from bot.routing import pressed
from models import BoardRow, DrawRow, ShakeRow, TicketRow
from tests.support.moot import Moot, enrol
from tests.support.room import Arrived

OLD = "This button no longer does anything. Look for the newest message about it."
NOT_IN = "Your name was not in the hat when this draw was called. Press Count me in to be there next time."
NOT_ASKED = "This question is for the person who was drawn."
OTHER = ChatRef("telegram", "-555")


def refused(bot: Moot, name: str, data: str, chat: ChatRef | None = None) -> str:
    """The words of the refusal; the press has changed nothing."""
    if chat is not None and not bot.room_of(chat):
        bot.says(name, "/who", chat)
    before = bot.dump(), len(bot.room)
    ack = bot.presses(name, data, chat)
    assert ack is not None
    assert ack.refused
    assert (bot.dump(), len(bot.room)) == before
    return ack.text


@pytest.fixture
def drawing(bot: Moot) -> Moot:
    """Anna and Ben are in the hat, and D-1 is open."""
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw facilitator")
    return bot


def test_a_stranger_shakes_draws_and_answers(drawing: Moot) -> None:
    for verb in ("shake", "draw"):
        assert refused(drawing, "Mallory", f"lots.{verb}:1") == NOT_IN
    for verb in ("accept", "decline"):
        assert refused(drawing, "Mallory", f"lots.{verb}:1") == NOT_ASKED


def test_who_joins_after_the_freeze_is_not_in_this_draw(drawing: Moot) -> None:
    enrol(drawing, "Cleo")
    assert refused(drawing, "Cleo", "lots.shake:1") == NOT_IN
    drawing.taps("Anna", "Draw now")
    assert {row.label for row in drawing.rows(TicketRow)} == {"tg:1001", "tg:1002"}


def test_shaking_twice(drawing: Moot) -> None:
    drawing.taps("Anna", "Shake the hat")
    assert refused(drawing, "Anna", "lots.shake:1") == "You shook the hat already. Once is enough."
    assert [row.label for row in drawing.rows(ShakeRow)] == ["tg:1001"]


def test_accepting_before_the_draw(drawing: Moot) -> None:
    assert refused(drawing, "Anna", "lots.accept:1") == NOT_ASKED


def test_shaking_after_the_draw(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    for verb in ("shake", "draw"):
        assert refused(drawing, "Ben", f"lots.{verb}:1") == "The lots are drawn already. Look for the result below."


def test_a_reserve_answers_for_the_drawn(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    (asked,) = drawing.asked()
    reserve = "Ben" if asked == "Anna" else "Anna"
    assert refused(drawing, reserve, "lots.accept:1") == NOT_ASKED


def test_answering_twice(drawing: Moot) -> None:
    drawing.taps("Anna", "Draw now")
    (asked,) = drawing.asked()
    drawing.taps(asked, "Accept")
    for verb in ("accept", "decline"):
        assert refused(drawing, asked, f"lots.{verb}:1") == "You have answered already. The seat's story stands in the result."


def test_a_draw_of_another_room(drawing: Moot) -> None:
    enrol_there(drawing, "Anna")
    for verb in ("shake", "draw", "accept", "decline"):
        assert refused(drawing, "Anna", f"lots.{verb}:1", OTHER) == OLD


def enrol_there(bot: Moot, *names: str) -> None:
    for name in names:
        bot.says(name, "/join", OTHER)


FORGED = [
     "", ":", "lots.shake", "lots.shake:", "lots.shake:0", "lots.shake:-1", "lots.shake:1:1", "lots.shake:one", "lots.shake:1e0",
     "lots.shake:" + "9" * 15, "lots.shake:" + "9" * 40, "lots.shake:1\n", "lots.shake:１", "lots.shake:\0", "\ud800", "x" * 65,
     "nothing:1", "Lots.shake:1", "lots.steal:1", " lots.shake:1", "roll.join:é", "'; DROP TABLE draws; --"]  # fmt: skip


def test_forged_data(drawing: Moot) -> None:
    assert {data: refused(drawing, "Anna", data) for data in FORGED} == dict.fromkeys(FORGED, OLD)


def test_any_data_at_all(drawing: Moot) -> None:
    before = drawing.dump()

    @settings(max_examples=60)
    @given(st.text(max_size=80) | st.text(st.sampled_from("lots.shakejoinrol:0123456789-_ é\0"), max_size=64))
    def holds(data: str) -> None:
        assume(data != "roll.join")
        ack = drawing.presses("Mallory", data)
        assert ack is not None
        assert ack.text in {OLD, NOT_IN, NOT_ASKED}

    holds()
    assert drawing.dump() == before


def test_a_press_where_there_is_no_group(drawing: Moot) -> None:
    private = ChatRef("telegram", "1001")
    for data in ("lots.shake:1", "lots.accept:1", "roll.join"):
        ack = drawing.presses("Anna", data, private, kind="private")
        assert ack is not None
        assert ack.refused
    assert drawing.rows(ShakeRow) == []


def test_buttons_of_a_message_that_was_put_up_anew_still_work(bot: Moot) -> None:
    bot.says("Anna", "/start")
    old = bot.last()
    bot.says("Anna", "/start")
    bot.taps("Anna", "Count me in", old)
    bot.taps("Ben", "Count me in")
    assert "In the hat: Anna and Ben." in bot.last().text


def test_nothing_is_shaken_or_drawn_before_what_was_sealed_is_posted(bot: Moot) -> None:
    """Its number can be guessed while the announcement waits for the platform."""
    enrol(bot, "Anna", "Ben")
    bot.platforms[0].fail = lambda _: TryLater(35)
    bot.says("Anna", "/draw facilitator")
    for verb in ("shake", "draw"):
        assert refused(bot, "Anna", f"lots.{verb}:1") == OLD
    bot.platforms[0].fail = lambda _: None
    bot.later(seconds=35)
    assert "Nobody has shaken it yet." in bot.last().text
    bot.taps("Anna", "Draw now")
    assert bot.row(DrawRow).state == "drawn"


def test_who_presses_faster_than_we_write_down_is_counted(bot: Moot) -> None:
    """The announcement stands, and the platform has not told us yet."""
    enrol(bot, "Anna", "Ben")
    bot.platforms[0].faults.append(Arrived(OutcomeUnknown(repeatable=False)))
    bot.says("Anna", "/draw facilitator")
    assert bot.row(BoardRow).message_id is None
    ack = bot.taps("Anna", "Shake the hat")
    assert ack is not None
    assert ack.text == "You shook the hat: 1 of 2 have."


# reactions and typed numbers


def key(bot: Moot, name: str, key: str, message_id: str | None = None, typed: bool = False) -> said.Ack | None:
    return bot.hand(said.KeyPressed(bot.origin(name), key, message_id, typed))


def test_a_reaction_and_a_number_press_the_button(drawing: Moot) -> None:
    board = drawing.last()
    assert key(drawing, "Anna", "🎩", board.id) == said.Ack("You shook the hat: 1 of 2 have.")
    assert key(drawing, "Ben", "1", typed=True) == said.Ack("You shook the hat: 2 of 2 have.")
    (asked,) = drawing.asked()
    assert key(drawing, asked, "❌") is not None
    assert drawing.row(TicketRow, answer="declined").place == 1


def test_an_emoji_with_or_without_its_colour(drawing: Moot) -> None:
    board = drawing.last()
    assert key(drawing, "Anna", "🎩\ufe0f", board.id) is not None


def test_a_number_that_fits_no_button(drawing: Moot) -> None:
    for number in ("0", "3", "999", "1000", "-1", "１"):
        ack = key(drawing, "Anna", number, drawing.last().id, typed=True)
        assert ack is not None
        assert ack.text == "There is no button with this number here."


def test_a_reaction_that_is_no_press(drawing: Moot) -> None:
    before = drawing.dump()
    assert key(drawing, "Anna", "🍰", drawing.last().id) is None
    assert key(drawing, "Anna", "🎩", "no such message") is None
    assert key(drawing, "Anna", "", drawing.last().id) is None
    assert drawing.dump() == before


def test_the_latest_buttons_are_looked_for_among_the_newest_messages_only(drawing: Moot) -> None:
    for _ in range(pressed.LOOK_BACK):
        drawing.says("Anna", "/who")
    assert key(drawing, "Anna", "1", typed=True) is None
    assert key(drawing, "Anna", "1", drawing.seen("🎩").id, typed=True) is not None


def test_a_draw_that_no_longer_exists(drawing: Moot) -> None:
    board = drawing.last()
    drawing.taps("Anna", "Draw now")
    assert board.labels == []
    assert refused(drawing, "Anna", f"lots.shake:{drawing.row(DrawRow).id + 1}") == OLD
