"""`/decision 17` tells the whole story also of what is no proposal: draws, elections, mandates, recalls and changes of roles."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.message import Mention
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform
from tests.support.voting import names

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eli")


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


def story(bot: Moot, number: int) -> list[str]:
    bot.says("Anna", f"/decision {number}")
    assert not [span for block in bot.last().message.blocks for span in block.spans if isinstance(span, Mention)]
    return bot.last().text.splitlines()


def agree(bot: Moot, *but: str) -> None:
    for name in PEOPLE:
        if name not in but:
            bot.taps(name, "Consent")


def test_of_a_draw(bot: Moot) -> None:
    bot.says("Anna", "/draw cook because the soup is thin")
    assert "The lots are not drawn yet." in story(bot, 1)
    bot.taps("Ben", "Shake the hat")
    bot.later(minutes=1)
    first = bot.asked()[0]
    assert f"• {first}: will you serve?" in story(bot, 1)
    bot.taps(first, "Decline")
    second = bot.asked()[0]
    bot.taps(second, "Accept")
    bot.later(days=3)
    bot.says(second, "/resign")
    told = story(bot, 1)
    for line in (
        "Anna asked for it on 21 Nov 2026 12:00 UTC.",
        "In the hat: Anna, Ben, Cleo, Dana, and Eli.",
        f"• {first} declined.",
        f"• {second} accepted.",
        "Shaken by, in this order: Ben.",
        "Check it: verify D-1",
        f"• {second} served as cook from 21 Nov 2026 to 24 Nov 2026, and gave it back.",
    ):
        assert line in told, line
    assert any(line.startswith("Pool document, SHA-256: ") for line in told)
    assert any(line.startswith("Reserves, in this order: ") for line in told)
    assert told[-1] == "Where it was told"


def test_of_a_mandate_by_consent_that_was_renewed_and_of_its_recall(bot: Moot) -> None:
    bot.says("Anna", "/mandate Ben treasurer for 2 months")
    agree(bot)
    bot.later(days=4)
    bot.taps("Ben", "Accept")
    told = story(bot, 1)
    assert "D-1: the group agreed on Ben, who accepted." in told
    assert "• Ben serves as treasurer, from 25 Nov 2026 until 25 Jan 2027." in told
    bot.says("Anna", "/recall Ben treasurer because the books are closed")
    for name in ("Cleo", "Dana"):
        bot.taps(name, "Support")
    bot.says("Ben", "/answer I was ill")
    told = story(bot, 2)
    assert told[1:5] == [
        "Anna asked on 25 Nov 2026 12:00 UTC that the mandate of Ben as treasurer ends early.",
        "The reason given:",
        "> the books are closed",
        "Ben answers:",
    ]
    assert "Enough support it: the others decide in D-3." in told
    agree(bot, "Ben")
    bot.later(days=4)
    told = story(bot, 2)
    assert "The group has ended the mandate early in D-3." in told
    assert not any("Cleo" in line or "Dana" in line for line in told), "nobody is named who supported it"
    assert any(line.startswith("• Ben served as treasurer from 25 Nov 2026 to ") for line in story(bot, 1))
    assert story(bot, 1)[-1] == "Where it was told"


def test_of_an_election(bot: Moot) -> None:
    bot.says("Anna", "/nominate facilitator for 3 months within 2 days")
    names(bot, "Anna", "Ben because he listens")
    told = story(bot, 1)
    assert "Anna opened the election on 21 Nov 2026 12:00 UTC." in told
    assert not any("listens" in line for line in told), "nothing before all is shown"
    for name in ("Ben", "Cleo", "Dana", "Eli"):
        names(bot, name, "Ben because of all that")
    bot.later(days=3)
    bot.taps("Anna", "Ben (5)")
    told = story(bot, 1)
    assert "• Anna names Ben: he listens" in told
    assert "Named: Ben 5." in told
    assert "• D-2 asks the group whether Ben is to serve." in told
    agree(bot)
    bot.later(days=4)
    bot.taps("Ben", "Accept")
    told = story(bot, 1)
    assert "• D-2: the group agreed on Ben, who accepted." in told
    assert any(line.startswith("• Ben serves as facilitator, from ") for line in told)
    assert any(line.startswith("• Ben serves as facilitator, from ") for line in story(bot, 2))


def test_of_a_change_of_a_role(bot: Moot) -> None:
    bot.says("Anna", "/role cook term 2 weeks")
    assert story(bot, 1)[1].startswith("🧭 D-1: Anna makes the role cook")
    bot.later(days=4)
    assert any(line.startswith("Nobody objected, so it holds since ") for line in story(bot, 1))
