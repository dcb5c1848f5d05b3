"""How long to wait: after a failure, and between two messages to one chat. Pure arithmetic on given times."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SHORTEST, LONGEST = 0.5, 30.0  # seconds between two tries to reach a platform or a locked database
REPEAT_AFTER = timedelta(seconds=30)  # a second copy of a message whose fate is unknown
EDIT_AGAIN = timedelta(seconds=5)  # an edit may be repeated without harm
MINUTE = timedelta(minutes=1)
BURST, BURST_SPAN = 4, timedelta(seconds=4)
SLOT = 1 / 25  # seconds; Telegram takes 30 messages a second in all
SPARE = 6  # of a minute's messages kept free for words when a board wants an edit


def pause(tries: int, longest: float = LONGEST) -> float:
    """Seconds to wait after the n-th failure in a row: 0.5, 1, 2 … `longest`."""
    return min(longest, SHORTEST * 2.0 ** min(tries - 1, 16))


@dataclass(slots=True)
class Pace:
    """The times of the last sendings to one chat, against `a_minute` messages (None: no limit)."""

    a_minute: int | None
    sent: deque[datetime] = field(default_factory=deque)

    def free_at(self, now: datetime, spare: int = 0) -> datetime:
        """The earliest instant at which one more may go, leaving `spare` of the minute's messages unused."""
        if self.a_minute is None:
            return now
        while self.sent and self.sent[0] <= now - MINUTE:
            self.sent.popleft()
        return max([now, *self.limits(max(1, self.a_minute - spare))])

    def limits(self, a_minute: int) -> list[datetime]:
        times = []
        if len(self.sent) >= a_minute:
            times.append(self.sent[-a_minute] + MINUTE)
        if len(self.sent) >= BURST:
            times.append(self.sent[-BURST] + BURST_SPAN)
        return times

    def is_over(self, now: datetime) -> bool:
        """Whether all of it is so long ago that it limits nothing."""
        return not self.sent or self.sent[-1] <= now - MINUTE

    def note(self, at: datetime) -> None:
        self.sent.append(at)


@dataclass(slots=True)
class Spacing:
    """A whole account's pace: one message in 1/25 s, of all the processes that send with it."""

    next_at: float = 0.0
    slot: float = SLOT  # as it was at the last asking

    def wait(self, now: float, processes: int = 1) -> float:
        """Seconds until this message's own slot, which is taken by asking."""
        slot, self.slot = max(now, self.next_at), SLOT * processes
        self.next_at = slot + self.slot
        return slot - now

    def give_back(self) -> None:
        """The slot that was just taken was not used."""
        self.next_at -= self.slot
