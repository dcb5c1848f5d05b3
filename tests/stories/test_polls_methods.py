"""Each method of a poll from press to winner, ties among them, and the receipt of their lots."""

import pytest

from bot.chat.incoming import Quoted, Replied
from bot.verifying.draw import check
from models import PollRow
from tests.stories.test_polls import result
from tests.support.moot import Moot, enrol


@pytest.fixture
def people(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo", "Dana")
    return bot


def receipt(bot: Moot) -> str:
    files = [file for standing in bot.room for file in standing.message.attachments if "receipt" in file.name]
    return files[-1].content.decode("ascii")


def test_ranks_are_pressed_in_order_undone_and_cleared(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library | Mill | method: ranked")
    assert people.last().labels == ["Park", "Library", "Mill", "Undo", "Clear"]
    said = [people.taps("Ben", label) for label in ("Park", "Mill", "Park", "Undo", "Library", "Clear", "Clear", "Mill")]
    assert [ack.text for ack in said if ack] == [
        "Your ballot: Park.",
        "Your ballot: Park > Mill.",
        "This is your number 1 already. Undo takes the last one back.",
        "Your ballot: Park.",
        "Your ballot: Park > Library.",
        "Your ballot is empty.",
        "Your ballot is empty already.",
        "Your ballot: Mill.",
    ]
    assert "3. Mill  ▰▰▰▰▰▰▰▰ 1 first place (Ben)" in people.seen("📊 D-1: ").text


def test_a_run_off_with_a_tie_and_its_receipt(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library | Mill | method: ranked")
    sealed = people.seen("📊 D-1: ").text.partition("SHA-256: ")[2][:64]
    for name, ballot in (("Anna", "1 > 2"), ("Ben", "2 > 1"), ("Cleo", "3 > 2"), ("Dana", "D-1 1")):
        people.says(name, f"/vote {ballot}")
    people.says("Anna", "/close")
    told = result(people)
    assert "Round 1\n" in told
    assert "Library and Mill were level, and lots decided that" in told
    order = check(receipt(people))
    assert {label.partition(":")[0] for label in order} == {"1", "2", "3"} or set(order) == {"2:Library", "3:Mill"}
    assert f"hat: {sealed}\n" in receipt(people)
    assert "tally: " in receipt(people)
    assert "Check it: folkmoot verify draw D-1-receipt.txt" in told


def test_a_plain_tie_goes_to_lots(people: Moot) -> None:
    people.says("Anna", "/poll Lunch? | Green soup | Salad | Bread")
    people.taps("Anna", "Green soup")
    people.taps("Ben", "Salad")
    people.says("Anna", "/close")
    order = check(receipt(people))
    assert sorted(order) == ["1:Green%20soup", "2:Salad"]
    winner = "Green soup" if order[0].startswith("1") else "Salad"
    assert f"Green soup and Salad are level. Lots decided: {winner}." in result(people)
    assert people.row(PollRow).secret.hex() in result(people)


def test_scores_are_raised_press_by_press(people: Moot) -> None:
    people.says("Anna", "/poll Which? | Red | Blue | method: score")
    last = [people.taps("Ben", "Red") for _ in range(6)]
    assert [ack.text for ack in last if ack] == [*(f"Your ballot: Red {n}." for n in range(1, 6)), "Your ballot is empty."]
    people.says("Ben", "/vote 1=5 2=3")
    people.says("Cleo", "/vote 1=0 2=4")
    people.says("Dana", "/vote 2: 1")
    people.says("Anna", "/close")
    assert "Chosen: Blue." in result(people)


def test_dots_are_spread_until_none_is_left(people: Moot) -> None:
    people.says("Anna", "/poll Budget? | Roof | Door | points 3")
    for label in ("Roof", "Roof", "Door"):
        people.taps("Ben", label)
    ack = people.taps("Ben", "Door")
    assert ack is not None
    assert ack.text == "You have spread all 3 points. Undo takes the last one back."
    undone = people.taps("Ben", "Undo")
    assert undone is not None
    assert undone.text == "Your ballot: Roof 2. 1 point left."
    people.says("Anna", "/close")
    assert "Chosen: Roof." in result(people)


def test_dates_go_from_yes_to_if_need_be_to_no(people: Moot) -> None:
    people.says("Anna", "/poll When? | Mon 10 | Tue 11 | method: time")
    said = [people.taps("Ben", "Mon 10") for _ in range(4)]
    assert [ack.text for ack in said if ack] == [
        "Your ballot: Mon 10: yes.",
        "Your ballot: Mon 10: if need be.",
        "Your ballot: Mon 10: no.",
        "Your ballot: Mon 10: yes.",
    ]
    people.says("Cleo", "/vote no yes")
    people.says("Dana", "/vote if need be, yes")
    people.says("Anna", "/close")
    assert "Chosen: Tue 11." in result(people), "as many can come at both, and more say yes to this one"
    assert "1. Mon 10  ▰▰▰▰▱▱▱▱ 1 yes, 1 if need be, 1 no (Ben and Dana)" in result(people)


def test_a_sign_up_has_no_winner(people: Moot) -> None:
    people.says("Anna", "/poll Who helps? | Cooking | Cleaning | method: sign-up")
    people.taps("Ben", "Cooking")
    people.taps("Cleo", "Cooking")
    people.taps("Cleo", "Cleaning")
    people.says("Anna", "/close")
    assert "Signed up as follows; a sign-up has no winner." in result(people)
    assert "(Ben and Cleo)" in result(people)


def test_a_circle_is_broken(people: Moot) -> None:
    people.says("Anna", "/poll Game? | Rock | Paper | Shears | method: condorcet")
    for name, ballot in (("Anna", "1 > 3 > 2"), ("Ben", "3 > 2 > 1"), ("Cleo", "2 > 1 > 3")):
        people.says(name, f"/vote {ballot}")
    people.says("Anna", "/close")
    assert "Lots decided a tie on the way." in result(people)
    assert len(check(receipt(people))) == 3


def test_a_number_alone_is_an_answer_also_if_it_is_the_polls_own(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library")
    people.says("Ben", "/vote 1")
    assert people.last().text == "Your ballot: Park."
    people.says("Ben", "/vote D-1")
    assert people.last().text.startswith("This ballot marks no option.")


@pytest.mark.parametrize("typed", ["2 > 9", "nonsense", "1 > 1"])
def test_what_is_no_ballot_is_refused_and_accounted_for(people: Moot, typed: str) -> None:
    people.says("Anna", "/poll Where? | Park | Library | method: ranked")
    people.says("Ben", f"/vote {typed}")
    row = people.row(PollRow)
    assert (row.received, row.refused, row.voted) == (1, 1, 0)


def test_words_in_reply_to_the_board_are_an_answer(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library | method: ranked")
    board = Quoted(people.seen("📊 D-1: ").id, mine=True)
    people.hand(Replied(people.origin("Ben"), "Library > Park", board))
    assert people.last().text == "Your ballot: Library > Park."


def test_the_method_is_explained_on_the_board(people: Moot) -> None:
    people.says("Anna", "/poll Where? | Park | Library | method: dots")
    assert "Spread your points over the options as you like." in people.last().text
