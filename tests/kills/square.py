"""A Telegram group with many people in it, and the bot's welcome to press."""

from functools import partial
from typing import Any

from tests.kills.house import House
from tests.support.botapi.remote import Remote
from tests.support.waiting import await_true

OK, CONFIG, SECOND = 0, 2, 3  # exit codes
PEOPLE = 100
JOINED = "SELECT count(*) FROM members WHERE left_at IS NULL"
CHANGES = "SELECT coalesce(sum(version - 1), 0) FROM boards WHERE kind = 'welcome'"


class Square:
    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.people = [remote.person(f"Sparrow{n}") for n in range(PEOPLE)]
        self.chat = remote.group("The square", members=self.people, bot=None)
        remote.call("adds_bot", person=self.people[0], chat=self.chat)

    @property
    def state(self) -> dict[str, Any]:
        """The server's."""
        return dict(self.remote.call("state"))

    def shown(self, words: str) -> list[int]:
        """The bot's messages that say so."""
        return [message["id"] for message in self.remote.messages(self.chat) if message["mine"] and words in message["text"]]

    def welcome(self) -> int:
        """The message with the button, once it stands there."""
        await_true(lambda: bool(self.shown("I am Folkmoot.")), "the welcome")
        return self.shown("I am Folkmoot.")[0]

    def taps(self) -> None:
        """Everybody, at one moment."""
        self.remote.taps(self.people, self.chat, self.welcome(), "Count me in")

    def is_heard(self, times: int) -> None:
        """So many looks at the platform, one after the other, bring news."""
        for _ in range(times):
            asked = self.remote.says(self.people[0], self.chat, "/who")
            await_true(partial(self.answered, asked), "an answer")

    def answered(self, asked: int) -> bool:
        return any(message["answers"] == asked for message in self.remote.messages(self.chat))


def counted(house: House) -> int:
    """How many are in the hat; nobody's press changed anything twice."""
    joined = house.one(JOINED)
    assert joined <= house.one(CHANGES) <= PEOPLE
    return int(joined)


def all_counted(house: House) -> bool:
    return bool(house.one(JOINED) == PEOPLE == house.one(CHANGES))
