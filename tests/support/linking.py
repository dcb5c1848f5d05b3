"""Two rooms, The moot on Telegram and Garden on Matrix, that are to become one group: the words for stories about it."""

import re

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

MATRIX = ChatRef("matrix", "!room")


def two_rooms(moot: MakeMoot) -> Moot:
    """Anna and Ben in the Telegram room, Mia and Noa in the Matrix room: two groups."""
    made = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(made, "Anna", "Ben")
    made.later(minutes=5)
    for name in ("Mia", "Noa"):
        in_garden(made, name, "/join")
    return made


def in_garden(bot: Moot, name: str, words: str) -> Ack | None:
    """Said in the Matrix room."""
    return bot.says(name, words, MATRIX, chat_title="Garden")


def code(bot: Moot, chat: ChatRef | None = None, name: str = "Anna") -> str:
    bot.says(name, "/link", chat)
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(chat).text)
    assert found
    return found[0]


def bring(bot: Moot, words: str, name: str = "Mia") -> Ack | None:
    return in_garden(bot, name, f"/link {words}")


def join(bot: Moot) -> None:
    """Mia brings Anna's code, and nobody objects for an hour."""
    bring(bot, code(bot))
    bot.later(hours=1)


def in_matrix(bot: Moot, start: str) -> str:
    return next(text for text in reversed(bot.shows(MATRIX)) if text.startswith(start))
