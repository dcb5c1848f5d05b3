"""A line to a server that can be cut, so that a request arrives and its answer does not, or be down as a whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """`cut` holds what a request must contain for its answer to be lost, `hold` what it must contain to get no further."""

    def __init__(self, to: str) -> None:
        self.host, self.target = str(urlsplit(to).hostname), int(urlsplit(to).port or 80)
        self.port = 0
        self.cut: list[bytes] = []
        self.hold: list[bytes] = []
        self.lost = 0
        self.down = False
        self.held = asyncio.Event()
        self.heads: list[bytes] = []  # the first line of each request
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def goes_down(self) -> None:
        """As if the network were gone: what is under way is cut off, and nothing gets through."""
        self.down = True
        for task in self.tasks:
            task.cancel()

    def comes_up(self) -> None:
        self.down = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if self.down:
            writer.close()
            return
        self.tasks.add(task)
        try:
            far_reader, far_writer = await asyncio.open_connection(self.host, self.target)
            back = asyncio.create_task(self.answers(far_reader, writer))
            try:
                await self.requests(reader, far_reader, far_writer, back)
            finally:
                back.cancel()
                far_writer.close()
        except OSError:
            pass
        finally:
            writer.close()
            self.tasks.discard(task)

    async def requests(
        self, reader: asyncio.StreamReader, far: asyncio.StreamReader, far_writer: asyncio.StreamWriter, back: asyncio.Task[None]
    ) -> None:
        while chunk := await reader.read(CHUNK):
            self.heads.append(chunk.partition(b"\r\n")[0])
            if any(sign in chunk for sign in self.hold):
                self.held.set()
                await asyncio.Event().wait()
            sign = next((sign for sign in self.cut if sign in chunk), None)
            if sign is not None:
                back.cancel()
                await asyncio.gather(back, return_exceptions=True)
            far_writer.write(chunk)
            await far_writer.drain()
            if sign is not None:
                self.cut.remove(sign)
                await far.read(CHUNK)
                self.lost += 1
                return

    async def answers(self, far: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await far.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Line]:
    line = Line(url)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in line.tasks:
            task.cancel()
        await asyncio.gather(*line.tasks, return_exceptions=True)
