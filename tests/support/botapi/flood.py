"""Flood control: about 1 message a second in a chat, 20 a minute in a group, 30 a second in all. Edits count."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.clock import Clock
from tests.support.botapi.refusal import too_many
from tests.support.botapi.state import Chat

CHAT, GROUP, ALL = (5, 5.0), (20, 60.0), (30, 1.0)  # so many in so many seconds; a short burst in a chat is let through


@dataclass
class Window:
    """At most `most` in any `span` seconds."""

    most: int
    span: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        return self.times[0] + self.span - now if len(self.times) >= self.most else 0.0


class FloodControl:
    """Off unless a test turns it on. What is refused does not count."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.on = clock, False
        self.everywhere = Window(*ALL)
        self.chats: defaultdict[int, Window] = defaultdict(lambda: Window(*CHAT))
        self.groups: defaultdict[int, Window] = defaultdict(lambda: Window(*GROUP))
        self.refused = 0

    def count(self, chat: Chat) -> None:
        """One more message or edit in this chat; Refusal with the seconds to wait."""
        if not self.on:
            return
        now = self.clock.now().timestamp()
        windows = [self.everywhere, self.chats[chat.id], *([self.groups[chat.id]] if chat.is_room else [])]
        if wait := max(window.wait(now) for window in windows):
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        for window in windows:
            window.times.append(now)
