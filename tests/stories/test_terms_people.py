"""Who holds a mandate turns out to be somebody else as well, or leaves the room."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from models import MandateRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, matrix_like
from tests.support.seats import seat, standing

MATRIX = ChatRef("matrix", "!room")
HOME, AWAY = ChatRef("telegram", "ben-alone"), ChatRef("matrix", "!ben-alone")


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """Ben is in both rooms of the group, as two members."""
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None), matrix_like()])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Ben", "/who", MATRIX)
        made.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
        made.says("Ben", "/join", MATRIX)
        yield made


def link(bot: Moot) -> Ack | None:
    """The Matrix account becomes the Telegram account's person."""
    bot.says("Ben", "/link", HOME, kind="private", chat_title="")
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(HOME).text)
    assert found
    ack = bot.says("Ben", f"/link {found[0]}", AWAY, kind="private", chat_title="")
    bot.settle()
    return ack


def test_what_either_of_them_held_is_the_persons(bot: Moot) -> None:
    mandate = seat(bot, "Ben", platform="matrix", term="2 weeks")
    link(bot)
    bot.says("Ben", "/resign")
    assert standing(bot, mandate).ended_why == "resigned"


def test_of_two_seats_in_one_role_one_is_free_again(bot: Moot) -> None:
    kept = seat(bot, "Ben", seats=2, term="2 weeks")
    other = seat(bot, "Ben", platform="matrix")
    link(bot)
    assert (standing(bot, kept).state, standing(bot, other).ended_why) == ("running", "unlinked")
    assert "Ben held two seats as treasurer under two names. One of them is free again." in bot.shows()
    assert len({row.member_id for row in bot.rows(MandateRow)}) == 1
    bot.later(days=14)
    assert {row.state for row in bot.rows(MandateRow)} == {"ended"}


def test_a_second_account_serves_no_more_terms_than_one(bot: Moot) -> None:
    """What the account that is gone has served counts for the person."""
    for _ in range(2):
        seat(bot, "Ben", platform="matrix", term="2 weeks", most_terms=2)
        bot.later(days=14)
    link(bot)
    with pytest.raises(Exception, match="most terms"):
        seat(bot, "Ben")


def test_whoever_serves_still_is_not_seated_again_by_an_older_mandate(bot: Moot) -> None:
    seat(bot, "Ben", term="3 months", seats=2)
    seat(bot, "Ben", platform="matrix")
    bot.says("Ben", "/resign", MATRIX)
    link(bot)
    with pytest.raises(Exception, match="serves already"):
        seat(bot, "Ben")


def test_nobody_links_while_the_others_are_asked_about_one_of_them(bot: Moot) -> None:
    mandate = seat(bot, "Ben", platform="matrix", term="2 weeks")
    bot.presses("Anna", f"term.renew:{mandate}")
    ack = link(bot)
    assert ack is not None
    assert ack.text.startswith("The others of a group are being asked about one of you in D-1.")
    bot.says("Anna", "/withdraw")
    assert link(bot) is None
    assert len({row.member_id for row in bot.rows(MandateRow)}) == 1


def test_who_leaves_keeps_the_mandate_and_the_room_is_told_once(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks")
    bot.walks_out("Anna")
    words = "Anna has left the room; what Anna holds for the group stands."
    assert bot.last().text == f"{words}\n• As treasurer until 5 Dec 2026. /recall Anna treasurer lets the group end it before."
    assert "!recall Anna treasurer" in bot.last(MATRIX).text
    bot.says("Anna", "/join")
    bot.walks_out("Anna")
    bot.walks_out("Cleo")
    assert len([text for text in bot.shows() if text.startswith(words)]) == 1
    assert standing(bot, mandate).state == "running"
    bot.later(days=14)
    assert standing(bot, mandate).state == "ended"
