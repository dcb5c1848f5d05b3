"""A group in which everything is going on at once, so that whatever comes in has something to meet."""

from bot.chat.refs import ChatRef, PersonRef
from tests.support.moot import Moot, enrol
from tests.support.room import matrix_like

PEOPLE = ("Anna", "Ben", "Cleo", "Dana", "Eva")
TALK = ChatRef("telegram", "1001")  # Anna's private chat
SAID = (
    ("Anna", "/start"),
    ("Anna", "/settings recall-supporters 1"),
    ("Anna", "/circle kitchen Anna, Ben"),
    ("Ben", "/label age: young"),
    ("Anna", "/role cook term 2 months seats 3 for hot soup"),
    ("Anna", "/role treasurer most 1"),
    ("Anna", "/draw cook 2"),
)
OPENED = (
    ("Anna", "/settings roles consent"),
    ("Anna", "/draw facilitator because nobody does it"),
    ("Anna", "/propose We paint the hall quorum 5 until in 3 days"),
    ("Ben", "/object D-5 The colour is too loud"),
    ("Cleo", "/propose We buy a piano quorum 5"),
    ("Anna", "/poll Soup? | Leek | Bean | Pea"),
    ("Anna", "/poll When? | Monday | Tuesday | several 2 | open"),
    ("Anna", "/poll Rank them | A | B | C | method: ranked"),
    ("Anna", "/poll Share them | A | B | C | points 3"),
    ("Anna", "/poll In secret? | Yes | No | secret"),
    ("Anna", "/poll Every day? | Yes | No every day"),
    ("Anna", "/nominate gardener"),
    ("Ben", "/delegate Cleo May we have the hall? | Say no to the fee"),
    ("Ben", "/mandate Dana treasurer"),
    ("Ben", "/recall Anna cook because the soup is cold"),
    ("Ben", "/council The roof seats 2"),
    ("Ben", "/note We met at noon"),
    ("Cleo", "/meeting start Soup | Roof | Piano"),
    ("Cleo", "/stack"),
    ("Anna", "/role herald for bells"),
    ("Anna", "/sunset cook Let it fade"),
    ("Anna", "/rest"),
)


class OnMatrix(Moot):
    """The same in a Matrix room."""

    def __init__(self, url: str) -> None:
        super().__init__(url, platforms=[matrix_like()])
        self.group = ChatRef("matrix", "!moot:b")

    def person(self, name: str, platform: str = "") -> PersonRef:
        return PersonRef("matrix", f"@{name.lower()}:b")


def settle_in(bot: Moot) -> None:
    enrol(bot, *PEOPLE)
    for name, text in SAID:
        bot.says(name, text)
    bot.taps("Anna", "Draw now")
    for name in bot.asked():
        bot.taps(name, "Accept")
    for name, text in OPENED:
        bot.says(name, text)
    bot.says("Anna", "/start", ChatRef(bot.group.platform, TALK.id), kind="private")
    bot.settle()
