"""Updates that wait for the bot, and who may fetch them: what is below an offset is confirmed, everything else comes again."""

import asyncio
import itertools
import json
import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from tests.support.botapi.refusal import Refusal
from tests.support.botapi.state import Json

TAP_LIFETIME, LIFETIME = timedelta(seconds=150), timedelta(hours=24)
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
)
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
DEFAULT = frozenset(KINDS) - frozenset(NOT_BY_DEFAULT)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ON = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"
LONGEST_POLL = 50  # seconds
LARGEST_PAGE, OVERHEAD = 2**22, 50  # bytes of JSON in one answer; what each update adds to its own
SHORT_POLL = 3.0  # seconds; who asks the same again sooner has to wait so long for news
FUTURE = 10  # an offset further ahead than this is not believed


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    body: Json
    expires_at: float
    size: int


class Queue:
    """What happened and is not confirmed yet, oldest first."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.next_id = random.randint(10_000, 1_000_000_000)
        self.waiting: deque[Update] = deque()
        self.first_expiry = float("inf")
        self.allowed = DEFAULT
        self.added = 0
        self.expired: list[Update] = []  # what nobody fetched in time

    def add(self, kind: str, what: Json) -> int | None:
        """Its id, or None if the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        return self.add_raw({kind: what}, TAP_LIFETIME if kind == "callback_query" else LIFETIME)

    def add_raw(self, body: Json, lifetime: timedelta = LIFETIME) -> int:
        """Anything at all, asked for or not."""
        size = len(json.dumps(body)) + OVERHEAD
        update = Update(self.next_id, {"update_id": self.next_id} | body, self.now() + lifetime.total_seconds(), size)
        self.next_id += 1
        self.added += 1
        self.waiting.append(update)
        self.first_expiry = min(self.first_expiry, update.expires_at)
        return update.id

    def now(self) -> float:
        return self.clock.now().timestamp()

    def allow(self, kinds: Iterable[str]) -> None:
        """From now on; none that is known means the default ones."""
        self.allowed = frozenset(KINDS) & frozenset(kinds) or DEFAULT

    def page(self, offset: int, limit: int) -> list[Json]:
        """Confirms all below the offset (counted from the end if negative) and returns what comes first after it."""
        self.drop_expired()
        if offset < 0:
            offset = max(self.next_id + offset, self.waiting[0].id if self.waiting else 0)
        if 0 < offset <= self.next_id + FUTURE:
            self.confirm(offset)
        return list(self.first(limit))

    def first(self, limit: int) -> Iterator[Json]:
        left = LARGEST_PAGE
        for update in itertools.islice(self.waiting, limit):
            left -= update.size
            if left <= 0:
                return
            yield update.body

    def confirm(self, below: int) -> None:
        while self.waiting and self.waiting[0].id < below:
            self.waiting.popleft()

    def drop_expired(self) -> None:
        if (now := self.now()) < self.first_expiry:
            return
        self.expired += [update for update in self.waiting if update.expires_at <= now]
        self.waiting = deque(update for update in self.waiting if update.expires_at > now)
        self.first_expiry = min((update.expires_at for update in self.waiting), default=float("inf"))

    def drop_all(self) -> None:
        self.waiting.clear()

    def renumber(self) -> None:
        """As after a quiet week: ids start again anywhere."""
        self.next_id = random.randint(10_000, 1_000_000_000)


class Polling:
    """getUpdates: at most one long poll waits; a later one ends it with a conflict."""

    def __init__(self, queue: Queue, note: Callable[[], None]) -> None:
        self.queue, self.note = queue, note
        self.waiting: asyncio.Future[str] | None = None  # its result: why it ended, empty for news
        self.conflict_pause = 3.0  # seconds between two conflicts, as the real one spaces them
        self.next_conflict_at = 0.0
        self.webhook = ""
        self.polls = 0
        self.slows_repetitions = False  # the real one does; the time of tests is dear
        self.last_asked = (-1, -SHORT_POLL)  # offset and time

    async def fetch(self, offset: int, limit: int, timeout: int) -> list[Json]:
        self.polls += 1
        if self.webhook:
            raise Refusal(409, WEBHOOK_ON)
        timeout = self.slowed(offset, timeout)
        page = self.queue.page(offset, limit)
        self.note()
        if page or not timeout:
            return page
        self.end_waiting(OTHER_POLL)
        await self.wait(min(timeout, LONGEST_POLL))
        return self.queue.page(offset, limit)

    def slowed(self, offset: int, timeout: int) -> int:
        before, now = self.last_asked, asyncio.get_running_loop().time()
        self.last_asked = (offset, now)
        too_soon = self.slows_repetitions and offset == before[0] and now < before[1] + SHORT_POLL
        return max(timeout, int(SHORT_POLL)) if too_soon else timeout

    async def wait(self, seconds: float) -> None:
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.waiting = mine
        self.note()
        done, _ = await asyncio.wait([mine], timeout=seconds)
        if self.waiting is mine:
            self.waiting = None
        elif not done:
            await mine  # ended by another poll, and about to be told
        if mine.done() and mine.result():
            raise Refusal(409, mine.result())

    def wake(self) -> None:
        """News."""
        if self.waiting is not None:
            end(self.waiting, "")

    def end_waiting(self, why: str) -> None:
        ended, self.waiting = self.waiting, None
        if ended is None or ended.done():
            return
        loop = asyncio.get_running_loop()
        delay = self.conflict_pause if loop.time() < self.next_conflict_at else 0.0
        if not delay:
            self.next_conflict_at = loop.time() + self.conflict_pause
        loop.call_later(delay, end, ended, why)

    def set_webhook(self, url: str) -> None:
        self.webhook = url
        if url:
            self.end_waiting(WEBHOOK_SET)


def end(poll: "asyncio.Future[str]", why: str) -> None:
    if not poll.done():
        poll.set_result(why)
