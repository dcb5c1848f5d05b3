"""What makes no poll: refused in words that say what to do instead, and nothing has changed."""

import pytest

from models import OptionRow, PollRow
from tests.support.moot import Moot, enrol


@pytest.fixture
def people(bot: Moot) -> Moot:
    enrol(bot, "Anna", "Ben", "Cleo", "Dana")
    return bot


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/poll", "What shall I ask?"),
        ("/poll     ", "What shall I ask?"),
        ("/poll Lunch? | Soup", "One option is no choice."),
        ("/poll Lunch? | Soup | | Salad", "There is an option without words"),
        ("/poll Street? | Straße | STRASSE", "Two options read the same to me: “Straße” and “STRASSE”."),
        ("/poll Name? | Jose\u0301 | José", "Two options read the same to me: “José” and “José”."),
        ("/poll Name? | y\u200bes | yes", "Two options read the same to me: “yes” and “yes”."),
        ("/poll Long? | Soup | " + "x" * 101, "An option has at most 100 characters"),
        ("/poll Many? | " + " | ".join(map(str, range(31))), "I take at most 30 options in one poll."),
        ("/poll " + "x" * 501, "This question is too long for a poll."),
        ("/poll Lunch? | Soup | Salad | max 0", "I cannot read “0” after “max”"),
        ("/poll Lunch? | Soup | Salad | method: ranked | max 2", "A limit goes with"),
        ("/poll Lunch? | Soup | Salad | method: rankled", "I cannot read “rankled” after “method”"),
        ("/poll Lunch? | Soup | Salad | until yesterday", "That time is already past."),
        ("/poll Lunch? | Soup | Salad | until Fryday", "I cannot read “Fryday” after “until”"),
        ("/poll Lunch? | Soup | Salad | quorum 9", "There are 4 people in the hat, so this quorum could never be reached."),
        ("/poll Lunch? | Soup | Salad | secret", "A secret poll needs 5 people in the hat, and there are 4"),
        ("/poll again D-9", "I know no such poll in this group."),
        ("/poll stop D-9", "D-9 is not asked again and again"),
    ],
)
def test_what_makes_no_poll_is_refused_and_changes_nothing(people: Moot, said: str, answer: str) -> None:
    before = people.dump()
    people.says("Anna", said)
    assert people.last().text.startswith(answer)
    assert people.dump() == before


def test_a_dash_makes_anything_an_option(people: Moot) -> None:
    people.says("Anna", "/poll How do we vote?\n- secret\n- named\n- until Friday\nmethod: several")
    assert people.last().labels == ["secret", "named", "until Friday"]


def test_an_empty_hat_opens_no_poll(bot: Moot) -> None:
    bot.says("Anna", "/poll Lunch? | Soup | Salad")
    assert bot.last().text == "Nobody is in the hat, so nobody could vote. Whoever wants to vote says /join first."


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("método: por orden | oculta hasta el cierre", ("ranked", "named", True, False, None)),
        ("método: puntuación\nsolo participantes", ("score", "roll", False, False, None)),
        ("máximo 2 | abierta a propuestas", ("several", "named", False, True, 2)),
        ("puntos 6", ("dots", "named", False, False, 6)),
        ("método: inscripción | como mucho 3", ("sign-up", "named", False, False, 3)),
        ("método: fechas | hasta mañana a las 18:00", ("time", "named", False, False, None)),
    ],
)
def test_settings_are_read_in_spanish(people: Moot, said: str, wanted: tuple[object, ...]) -> None:
    people.says("Anna", "/settings language es")
    people.says("Anna", f"/poll ¿Comida? | Sopa | Ensalada | {said}")
    poll = people.row(PollRow)
    assert (poll.method, poll.visibility, poll.hidden, poll.additions, poll.limit) == wanted
    assert [option.text for option in people.rows(OptionRow)] == ["Sopa", "Ensalada"]


def test_polls_of_old_are_asked_again_in_spanish(people: Moot) -> None:
    people.says("Anna", "/poll ¿Comida? | Sopa | Ensalada")
    people.says("Anna", "/poll otra vez D-1")
    assert people.row(PollRow, number=2).again_id == 1
