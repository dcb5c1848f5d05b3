"""Encrypted messages whose key comes late, or never."""

from bot.chat.incoming import Received, Unreadable
from tests.support.moot import Moot

NOTICE = "without a key for me"


def waits(bot: Moot) -> Received:
    """Ben said something that cannot be read yet."""
    bot.says("Ben", "/who")
    received = Received(("$event",), "{}", Unreadable(bot.origin("Ben")))
    bot.hear(received)
    return received


def test_a_key_that_never_comes_is_told_once(bot: Moot) -> None:
    waits(bot)
    bot.later(seconds=61)
    bot.later(minutes=5)
    assert len([text for text in bot.shows() if NOTICE in text]) == 1


def test_words_that_turn_out_to_be_for_others_are_not_told_as_lost(bot: Moot) -> None:
    bot.hear(Received(waits(bot).ids, "{}", None))
    bot.later(seconds=61)
    assert not [text for text in bot.shows() if NOTICE in text]


def test_words_that_cannot_be_understood_even_then_are_kept_for_the_operator(bot: Moot) -> None:
    bot.hear(Received(waits(bot).ids, "{}", None, fault="ValueError"))
    bot.later(seconds=61)
    bot.says("Anna", "/status")
    assert not [text for text in bot.shows() if NOTICE in text]
    assert "events I could not handle: 1" in bot.last().text
