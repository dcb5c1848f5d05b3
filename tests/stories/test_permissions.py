"""Who may do what, tried by everybody: the README's table, told as it happens."""

from collections.abc import Callable, Sequence

import pytest

from models import GroupRow
from tests.support.moot import Moot, enrol
from tests.support.seats import seat

Act = Callable[[Moot], None]


def done(bot: Moot, name: str, act: str) -> bool:
    """Whether it was taken from this person: a line that begins with /, or the label of a button."""
    ack = bot.says(name, act) if act.startswith("/") else bot.taps(name, act)
    return ack is None or not ack.refused


def proposal(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a kettle until tomorrow")
    enrol(bot, "Gil")


def poll(bot: Moot) -> None:
    bot.says("Anna", "/poll Where? | Here | There until tomorrow")
    enrol(bot, "Gil")


def drawing(bot: Moot) -> None:
    bot.says("Anna", "/draw auditor")
    bot.settle()
    enrol(bot, "Gil")


def council(bot: Moot) -> None:
    bot.says("Anna", "/council The fridge seats 1")
    seat(bot, "Ben", "council: The fridge")


def serving(bot: Moot) -> None:
    seat(bot, "Ben", "treasurer")


def question(bot: Moot) -> None:
    serving(bot)
    bot.says("Anna", "/renew treasurer")


def meeting(bot: Moot) -> None:
    bot.says("Anna", "/meeting start One | Two")
    for name in ("Ben", "Cleo", "Anna"):
        bot.taps(name, "I am here")
    enrol(bot, "Gil")


def objecting(bot: Moot) -> None:
    proposal(bot)
    bot.taps("Ben", "Object")
    bot.says("Ben", "/object It is too dear")


def noting(bot: Moot) -> None:
    bot.says("Ben", "/note The key hangs in the shed")


CASES: Sequence[tuple[str, Act, str, str, str]] = (  # what, before it, the act, who may not, who may
    ("belongs", lambda bot: None, "/note The key hangs in the shed", "Fay", "Ben"),
    ("belongs", lambda bot: None, "/circle kitchen Anna Ben", "Fay", "Cleo"),
    ("belongs", lambda bot: None, "/meeting start One", "Fay", "Cleo"),
    ("belongs", serving, "/recall Ben treasurer because the books are closed", "Fay", "Cleo"),
    ("belongs", noting, "Object", "Fay", "Cleo"),
    ("sets", lambda bot: None, "/settings quorum 30%", "Fay", "Ben"),
    ("sets", lambda bot: None, "/link", "Fay", "Ben"),
    ("sets", lambda bot: None, "/unlink", "Fay Ben", ""),
    ("takes_part", proposal, "Consent", "Fay Gil", "Ben"),
    ("takes_part", poll, "Here", "Fay Gil", "Ben"),
    ("steers", proposal, "/close", "Fay Gil Ben", "Anna"),
    ("steers", proposal, "/close", "Fay Gil Ben", "Dana"),
    ("steers", proposal, "/extend 2 days", "Fay Gil Ben", "Anna"),
    ("steers", poll, "/close", "Fay Gil Ben", "Dana"),
    ("steers", poll, "/withdraw", "Fay Gil Ben", "Anna"),
    ("withdraws", question, "/withdraw", "Fay Cleo Dana", "Anna"),
    ("is_for_others", question, "/close", "Fay Cleo Ben", "Anna"),
    ("is_theirs", serving, "/resign treasurer", "Fay Cleo Dana", "Ben"),
    ("is_theirs", noting, "/withdraw", "Fay Cleo Dana", "Ben"),
    ("draws", drawing, "Draw now", "Fay Gil", "Ben"),
    ("sits", council, "/close We suggest two fridges", "Fay Anna Dana", "Ben"),
    ("renews", serving, "/renew treasurer", "Fay", "Cleo"),
)


@pytest.mark.parametrize(("what", "before", "act", "may_not", "may"), CASES, ids=[f"{what}: {act}" for what, _, act, _, _ in CASES])
def test_who_may(bot: Moot, what: str, before: Act, act: str, may_not: str, may: str) -> None:
    enrol(bot, "Anna", "Ben", "Cleo", "Dana")
    seat(bot, "Dana", "facilitator")
    before(bot)
    assert [name for name in may_not.split() if done(bot, name, act)] == []
    assert [name for name in may.split() if done(bot, name, act)] == may.split()


def test_a_meeting_is_led_by_whom_chance_chose_and_who_opened_it(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben", "Cleo", "Eli", "Finn")
    meeting(bot)
    assert done(bot, "Ben", "Next item")
    bot.taps("Anna", "Draw who facilitates")
    bot.settle()
    told = next(text for text in reversed(bot.shows()) if "facilitat" in text)
    drawn = next(name for name in ("Ben", "Cleo", "Anna") if name in told)
    other = next(name for name in ("Ben", "Cleo") if name != drawn)
    assert not done(bot, "Gil", "Item before")
    assert not done(bot, other, "Item before")
    assert done(bot, drawn, "Item before")
    assert done(bot, "Anna", "/meeting end")


def test_while_the_hat_is_empty_anybody_sets_how_the_group_does_things(bot: Moot) -> None:
    assert done(bot, "Anna", "/settings language es")
    enrol(bot, "Ben")
    ack = bot.says("Anna", "/settings language en")
    assert ack is not None
    assert "/join" in ack.text
    assert bot.row(GroupRow).language == "es"


def test_the_newest_do_not_change_how_a_group_does_things(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    assert done(bot, "Anna", "/settings tenure 2 weeks")
    assert done(bot, "Ben", "/settings quorum 40%"), "a young group does not lock itself out"
    bot.later(days=20)
    enrol(bot, "Gil")
    ack = bot.says("Gil", "/settings tenure none")
    assert ack is not None
    assert "You are new in the hat" in ack.text
    assert done(bot, "Ben", "/settings quorum 50%")
