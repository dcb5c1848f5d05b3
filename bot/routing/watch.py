"""What whoever runs the bot should see of this run: the platforms that are on, and what would not be settled."""

from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat.incoming import Answer
from bot.routing.turned import kinds_of

AT_ONCE = 3  # tries before what fails waits for the regular round
LATER = timedelta(seconds=30)


@dataclass(slots=True)
class Watch:
    """Kept in memory alone: after a start everything is found anew."""

    platforms: Container[str] | None = None  # the accounts that are on; None: nobody has said
    crowded: frozenset[str] = frozenset()  # platforms on which the bot has accounts with names
    unsettled: dict[tuple[str, int], tuple[int, datetime]] = field(default_factory=dict)  # sweep, id -> failures, not before

    taken: Counter[str] = field(default_factory=Counter)  # platform -> events
    turned_away: Counter[str] = field(default_factory=Counter)  # since it was last written down

    def is_on(self, platform: str) -> bool:
        return self.platforms is None or platform in self.platforms

    def note(self, account: str, answers: Sequence[Answer]) -> None:
        """What was worked off and is committed."""
        self.taken[account] += len(answers)
        self.turned_away += kinds_of(answers)

    def may_try(self, sweep: str, due: int, now: datetime) -> bool:
        return self.unsettled.get((sweep, due), (0, now))[1] <= now

    def failed(self, sweep: str, due: int, now: datetime) -> None:
        failures = self.unsettled.get((sweep, due), (0, now))[0] + 1
        self.unsettled[sweep, due] = failures, now if failures < AT_ONCE else now + LATER

    def still_due(self, sweep: str, ids: Collection[int]) -> None:
        """What is due no longer, for whatever reason, is no trouble any more."""
        for name, due in tuple(self.unsettled):
            if name == sweep and due not in ids:
                self.went_well(name, due)

    def went_well(self, sweep: str, due: int) -> None:
        self.unsettled.pop((sweep, due), None)
