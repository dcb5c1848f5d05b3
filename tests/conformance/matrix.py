"""A Matrix room, plain or encrypted, on the real Synapse."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nio.crypto import decrypt_attachment

from adapters.matrix import MatrixAdapter
from bot.chat.adapter import Adapter
from tests.support.matrix_people import Person, Shown, encrypted_person
from tests.support.synapse import Account, Synapse


class MatrixPlace:
    prefix = "!"

    def __init__(self, account: Account, store: Path, people: dict[str, Person], encrypted: bool) -> None:
        self.account, self.store, self.people, self.encrypted = account, store, people, encrypted
        self.homeserver = account.homeserver  # as the bot reaches it
        self.room = ""
        self.private: dict[str, str] = {}
        self.gone: set[str] = set()

    def adapter(self) -> Adapter:
        user_id, password = self.account.user_id, self.account.password
        return MatrixAdapter(self.homeserver, user_id, self.store, password=password, allow_invites_from=["*"])

    @property
    def first(self) -> Person:
        """Whoever reads what the room shows: somebody who is still there."""
        return next(who for name, who in self.people.items() if name not in self.gone)

    async def invite_bot(self) -> None:
        others = [who for who in self.people.values() if who is not self.first]
        self.room = await self.first.creates_room("The moot", encrypted=self.encrypted, invite=[*others, self.account])
        for who in others:
            await who.joins(self.room)

    async def says(self, name: str, text: str) -> None:
        await self.people[name].says(self.room, text)

    async def taps(self, name: str, label: str) -> None:
        found = await self.first.sees(self.room, lambda m: m.sender == self.account.user_id and label in m.buttons)
        await self.people[name].taps(self.room, found, label)

    async def taps_private(self, name: str, label: str) -> None:
        """In the private chat the number is typed; there is no reaction to tap."""
        who, own = self.people[name], await self.private_room(name)
        shown = [m for m in await who.reads(own) if m.sender == self.account.user_id] if own else []
        numbers = (re.search(rf"^(?:\S+ )?(\d+) · {label}$", m.body, re.MULTILINE) for m in reversed(shown))
        if number := next(filter(None, numbers), None):
            await who.says(own, number[1])
        else:
            await self.taps(name, label)

    async def says_private(self, name: str, text: str) -> None:
        await self.people[name].says(await self.private_room(name), text)

    async def replies(self, name: str, to: str, text: str) -> None:
        found = await self.first.sees(self.room, lambda m: to in m.body)
        await self.people[name].replies(self.room, found, text)

    async def shows_private(self, name: str) -> list[str]:
        who, own = self.people[name], await self.private_room(name)
        return [m.body for m in await who.reads(own) if m.sender == self.account.user_id] if own else []

    async def private_room(self, name: str) -> str:
        """The chat of two to which the bot invited them, joined as soon as it is there; empty before."""
        who = self.people[name]
        if name not in self.private:
            rooms = await who.asks("GET", "/_matrix/client/v3/sync", timeout="0")
            if invited := list(rooms.get("rooms", {}).get("invite", {})):
                self.private[name] = invited[0]
                await who.joins(invited[0])
        return self.private.get(name, "")

    async def opens_private(self, name: str) -> None:
        """They invite the bot to a chat of two, and it comes."""
        who = self.people[name]
        self.private[name] = await who.creates_room("", direct=True, invite=[self.account])
        members = f"/_matrix/client/v3/rooms/{quote(self.private[name], safe='')}/joined_members"
        async with asyncio.timeout(25):
            while self.account.user_id not in (await who.asks("GET", members))["joined"]:
                await asyncio.sleep(0.05)

    async def blocks_bot(self, name: str) -> None:
        await self.opens_private(name)
        await self.people[name].leaves(self.private.pop(name))

    async def renames(self, name: str, shown: str) -> bool:
        who = self.people[name]
        await who.asks("PUT", f"/_matrix/client/v3/profile/{quote(who.id, safe='')}/displayname", {"displayname": shown})
        return True

    async def leaves(self, name: str) -> None:
        await self.people[name].leaves(self.room)
        self.gone.add(name)

    async def messages(self) -> list[Shown]:
        return [m for m in await self.first.reads(self.room) if m.sender == self.account.user_id] if self.room else []

    async def shows(self) -> list[str]:
        return [m.body for m in await self.messages() if m.content.get("msgtype") != "m.file"]

    async def files(self) -> dict[str, bytes]:
        found = [m.content for m in await self.messages() if m.content.get("msgtype") == "m.file"]
        return {str(content["body"]): await self.file(content) for content in found}

    async def file(self, content: dict[str, Any]) -> bytes:
        hidden = content.get("file")
        uri = (hidden or content)["url"].removeprefix("mxc://")
        headers = {"Authorization": f"Bearer {self.first.token}"}
        url = f"{self.account.homeserver}/_matrix/client/v1/media/download/{uri}"
        async with self.first.session.get(url, headers=headers) as answer:
            content_bytes = await answer.read()
        if hidden is None:
            return content_bytes
        return bytes(decrypt_attachment(content_bytes, hidden["key"]["k"], hidden["hashes"]["sha256"], hidden["iv"]))


@asynccontextmanager
async def matrix_place(synapse: Synapse, folder: Path, names: tuple[str, ...], encrypted: bool) -> AsyncIterator[MatrixPlace]:
    async with AsyncExitStack() as stack:
        people: dict[str, Person] = {
            name: await stack.enter_async_context(encrypted_person(synapse, name)) for name in names
        }  # their talks with the bot are encrypted whatever the room is
        yield MatrixPlace(synapse.register(), folder / "store", people, encrypted)
