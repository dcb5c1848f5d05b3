"""The whole life of a role reads the same, whichever database remembers it."""

from contextlib import closing

from bot.chat import incoming as said
from models import MandateRow, RoleChangeRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "דנה")


def whole_life(bot: Moot) -> tuple[list[str], list[str]]:
    """All that stands in the room in the end, and what became of each change."""
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/role Straße term 2 weeks seats 1 notice 3 days cooling 1 month most 2 answer 1 day for sweeping <b>")
    bot.hand(said.Replied(bot.origin("Anna"), "When it snows it ends.", said.Quoted(bot.last().id, mine=True)))
    bot.says("Ben", "/role template care")
    bot.says("Anna", "/draw STRASSE")
    bot.taps("Anna", "Draw now")
    bot.taps(bot.asked()[0], "Accept")
    bot.says("Ben", "/role strasse seats 2 notice 14, 3 and 1 days")
    bot.later(days=1)
    bot.says("Ben", "/role strasse term 1 year")
    bot.later(hours=23, minutes=59, seconds=59)
    bot.taps("Cleo", "Object")
    for name in PEOPLE:
        bot.taps(name, "Consent")
    bot.says("Ben", "/close")
    bot.says("Ben", "/role strasse end")
    for name in PEOPLE:
        bot.says(name, "/mine")
    bot.says("Anna", "/roles")
    bot.restart(days=2)
    bot.says("Anna", "/roles")
    return bot.shows(), [f"{change.kind} {change.state}" for change in bot.rows(RoleChangeRow)]


def test_the_whole_life_of_a_role(sqlite_house: str, postgres_house: str) -> None:
    told = []
    for url in (sqlite_house, postgres_house):
        with closing(Moot(url, platforms=[FakePlatform(keeps_taps_for=None)], seed="one")) as bot:
            told.append(whole_life(bot))
            assert bot.row(MandateRow).ended_why == "role ended"
    assert told[0] == told[1]
    assert told[0][1] == ["new held", "change held", "new held", "change held", "change held", "end held"]
    assert any("mid-term" in text for text in told[0][0])
