"""A platform whose events are stored as they came: what is said there is read again from what was kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.adapter import Intake, Keep
from bot.chat.incoming import Answer, Incoming, Received
from tests.support.moot import Moot
from tests.support.room import FakePlatform


@dataclass
class PushedPlatform(FakePlatform):
    pushes: bool = True
    written: list[Received] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def brings(self, event: Incoming | None, *names: str, **more: Any) -> Received:
        """As the adapter hands it in; what is kept of it is its number."""
        raw = str(len(self.written))
        self.written.append(Received(names or (f"update:{raw}",), raw, event, **more))
        return self.written[-1]

    async def prepare(self, intake: Intake) -> None:
        """Nothing is needed."""

    def read(self, raw: str, names: tuple[str, ...]) -> Received:
        return replace(self.written[int(raw)], ids=names)

    def acknowledge(self, answers: Sequence[Answer]) -> None:
        self.answers += answers

    async def receive(self, keep: Keep) -> None:
        """Nobody calls."""


def works_off(bot: Moot) -> None:
    """All that is stored and may be worked off now."""
    bot.app.lanes.most = 0
    bot.run(bot.app.lanes.work_off())
