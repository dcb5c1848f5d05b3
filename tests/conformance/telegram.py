"""A Telegram group on the Bot API test server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.telegram import TelegramAdapter
from tests.support.botapi import BotApi, Person, Post


class TelegramPlace:
    prefix = "/"

    def __init__(self, server: BotApi, names: tuple[str, ...]) -> None:
        self.server = server
        self.people: dict[str, Person] = {name: server.person(name) for name in names}
        self.room = server.group("The moot", bot=None, members=list(self.people.values()))

    def adapter(self) -> TelegramAdapter:
        made = TelegramAdapter(self.server.token, self.server.base_url, self.server.base_file_url)
        made.messages_a_minute = None  # the story, not its pace
        made.keeps_taps_for = None  # as the server that it speaks to; test_deadlines tells of presses that are lost
        return made

    async def invite_bot(self) -> None:
        next(iter(self.people.values())).adds_bot(self.room)

    async def says(self, name: str, text: str) -> None:
        self.people[name].says(self.room, text)

    async def taps(self, name: str, label: str) -> None:
        post = await self.room.sees(lambda post: any(label in face for face in post.buttons))
        self.people[name].taps(post, label)

    async def taps_private(self, name: str, label: str) -> None:
        who = self.people[name]
        own = next((post for post in reversed(who.private.said) if any(label in face for face in post.buttons)), None)
        if own is not None:
            who.taps(own, label)
        else:
            who.follows(await self.room.sees(lambda post: any(label in face for face in post.buttons)), label)

    async def says_private(self, name: str, text: str) -> None:
        self.people[name].says(self.people[name].private, text)

    async def replies(self, name: str, to: str, text: str) -> None:
        post = next(post for post in reversed(self.room.messages) if to in post.text)
        self.people[name].replies(post, text)

    async def shows_private(self, name: str) -> list[str]:
        return [post.text for post in self.people[name].private.said]

    async def leaves(self, name: str) -> None:
        self.people[name].leaves(self.room)

    async def opens_private(self, name: str) -> None:
        self.people[name].starts()

    async def blocks_bot(self, name: str) -> None:
        self.people[name].starts()
        self.people[name].blocks_bot()

    async def renames(self, name: str, shown: str) -> bool:
        self.people[name].user.first_name = shown
        return True

    def words(self) -> list[Post]:
        return [post for post in self.room.said if not {"document", "photo"} & post.content.keys()]

    async def shows(self) -> list[str]:
        return [post.text for post in self.words()]

    async def files(self) -> dict[str, bytes]:
        documents = [post.content["document"] for post in self.room.said if "document" in post.content]
        return {str(each["file_name"]): self.server.world.files[each["file_id"]].content for each in documents}


@asynccontextmanager
async def telegram_place(names: tuple[str, ...]) -> AsyncIterator[TelegramPlace]:
    async with BotApi() as server:
        yield TelegramPlace(server, names)
