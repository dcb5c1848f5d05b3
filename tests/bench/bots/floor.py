"""`python -m tests.bench.bots.floor TOKEN BASE_URL`: no library at all, to see what the server and HTTP themselves take."""

import asyncio
import json
from typing import Any

import aiohttp

from tests.bench.bots.counting import LABELS, Tally, ready, told

AT_ONCE = 64
TALLY = Tally()
KEYS = json.dumps({"inline_keyboard": [[{"text": label, "callback_data": label} for label in LABELS]]})


class Floor:
    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session, self.address = session, address
        self.tasks: set[asyncio.Task[None]] = set()

    async def call(self, method: str, **fields: Any) -> Any:
        async with self.session.post(f"{self.address}/{method}", data=fields) as response:
            return json.loads(await response.read())["result"]

    async def listen(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20, limit=100):
                offset = update["update_id"] + 1
                task = asyncio.create_task(self.take(update))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def take(self, update: Any) -> None:
        if query := update.get("callback_query"):
            answer = TALLY.press(query["from"]["id"], query["data"])
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text=answer)
        elif message := update.get("message"):
            place = {"chat_id": message["chat"]["id"], "reply_markup": KEYS}
            posted = await self.call("sendMessage", text=TALLY.board, **place)
            while True:
                await asyncio.sleep(1)
                if (news := TALLY.news()) is not None:
                    await self.call("editMessageText", message_id=posted["message_id"], text=news, **place)


async def main() -> None:
    token, base_url = told()
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        ready()
        await Floor(session, f"{base_url}{token}").listen()


if __name__ == "__main__":
    asyncio.run(main())
