"""Elections for stories: people name somebody in private, and the group goes through all that follows."""

from collections.abc import Mapping

from bot.chat.incoming import Ack, LinkFollowed
from tests.support.booth import booth, writes
from tests.support.moot import Moot

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
NAMED = {
    "Anna": "Ben because he listens",
    "Ben": "Cleo, because she is calm",
    "Cleo": "@Ben porque sabe",
    "Dana": "me because I have time",
}


def asked(bot: Moot, name: str, election: int = 1) -> str:
    """By the link behind the board's private button; what the person is asked or told."""
    there = bot.origin(name, booth(bot, name), kind="private", chat_title="")
    bot.hand(LinkFollowed(there, f"elections.nominate:{election}"))
    return bot.last(booth(bot, name)).text


def names(bot: Moot, name: str, words: str, election: int = 1) -> str:
    """In private, in reply to the question; what the person is answered."""
    asked(bot, name, election)
    writes(bot, name, words)
    return bot.last(booth(bot, name)).text


def alone(bot: Moot, name: str, words: str) -> str:
    """A command in the person's private chat, and the answer."""
    bot.says(name, words, booth(bot, name), kind="private", chat_title="")
    return bot.last(booth(bot, name)).text


def all_name(bot: Moot, named: Mapping[str, str] = NAMED, election: int = 1) -> None:
    for name, words in named.items():
        names(bot, name, words, election)


def consents(bot: Moot, *people: str) -> None:
    """Those who are asked, and then the round's time passes."""
    for name in people:
        bot.taps(name, "Consent")
    bot.later(days=3, seconds=1)


def refusal(ack: Ack | None) -> str:
    assert ack is not None
    assert ack.refused
    return ack.text
