"""A Bot API server for tests: true acknowledgement, strict limits, real error texts, ordered faults, and people who behave."""

from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from bot.clock import StillClock, SystemClock
from tests.support.botapi.control import Control
from tests.support.botapi.people import Channel, Person
from tests.support.botapi.proofs import no_proof, prove
from tests.support.botapi.rooms import Room
from tests.support.botapi.serving import application
from tests.support.botapi.state import ChatKind, Member, Post, Status, User
from tests.support.botapi.world import Tap, Toast, World

__all__ = ["BotApi", "Channel", "Person", "Post", "Room", "Tap", "Toast", "World"]


class BotApi:
    """One server with one bot token. `async with BotApi() as server` listens on a loopback port.

    Turn its clock to let presses and updates expire; the time of long polls is real. `lasting`: nothing expires.
    """

    def __init__(self, clock: SystemClock | None = None, checks: bool = True, port: int = 0, lasting: bool = False) -> None:
        self.clock = clock or SystemClock()
        self.world = World(self.clock, prove if checks else no_proof)
        self.faults, self.flood, self.queue, self.polling = (
            self.world.faults,
            self.world.flood,
            self.world.queue,
            self.world.polling,
        )
        if lasting:
            self.queue.clock = StillClock(self.clock.now())
        self.port = port
        self.runner: web.AppRunner | None = None

    async def __aenter__(self) -> "BotApi":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to listen; the port stays the same over stops and starts."""
        app = application(self.world)
        app.add_routes(Control(self).routes())
        self.runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()
        self.port = self.runner.addresses[0][1]

    async def stop(self) -> None:
        """As if the network were down: whatever is under way is cut off."""
        await self.world.pushing.stop()
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def me(self) -> User:
        return self.world.me

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    @property
    def calls(self) -> list[str]:
        """The methods that were carried out, in order."""
        return self.world.calls

    @property
    def toasts(self) -> list[Toast]:
        """What people who pressed buttons were shown, in the order of their presses; silent answers are left out."""
        return [answer for tap in self.world.taps.values() for answer in tap.answers if answer.text]

    def group(
        self,
        title: str = "Moot",
        topics: bool = False,
        kind: ChatKind = "supergroup",
        bot: Status | None = "member",
        members: Sequence[Person] = (),
    ) -> Room:
        """A group that was there before; nobody is told of it. `bot`: what the bot is in it."""
        chat = self.world.new_chat(kind, title, forum=topics)
        chat.members = {person.id: Member(person.user) for person in members}
        if bot is not None:
            chat.members[self.me.id] = Member(self.me, bot)
        return Room(self.world, chat)

    def person(self, name: str, username: str | None = None, last_name: str = "") -> Person:
        return Person(self.world, self.world.new_user(name, username=username or "", last_name=last_name))

    def other_bot(self, name: str, username: str = "other_bot") -> Person:
        return Person(self.world, self.world.new_user(name, is_bot=True, username=username))

    def channel(self, title: str) -> Channel:
        return Channel(self.world, self.world.new_chat("channel", title))

    def inserts(self, body: dict[str, Any]) -> int:
        """An update as it is, whatever it is; returns its id."""
        update_id = self.queue.add_raw(body)
        self.polling.wake()
        return update_id

    async def until(self, passes: Callable[[], Any], limit: float = 20) -> Any:
        return await self.world.until(passes, limit)

    async def confirmed(self, limit: float = 20) -> None:
        """Wait until the bot has confirmed everything that waited for it."""
        await self.world.until(lambda: not self.queue.waiting, limit)
