"""How much one person, and one room, may say to the bot before it asks for a pause; presses and votes always count."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

Verdict = Literal["answer", "slow down", "room is busy", "be silent"]  # the middle two are said as refusals, once
BURST, EVERY = 20, timedelta(seconds=6)  # commands at once; one more each
ROOM = 5  # a whole room has so many times as much
REMEMBERED = 200  # verdicts of one person, for a batch that the database made us take again
MOST = 10_000  # people, and rooms


@dataclass(slots=True)
class Bucket:
    """How many commands are left, as of when; `asked`: that there is to be a pause."""

    left: float
    at: datetime
    asked: bool = False

    def spend(self, burst: float, every: timedelta, now: datetime) -> Literal["answer", "ask", "be silent"]:
        """Asked once; then silence, until half of the burst has come back."""
        earned = max(timedelta(), now - self.at) / every
        self.left, self.at = min(burst, self.left + earned), max(now, self.at)
        self.asked = self.asked and self.left < burst / 2
        if self.left >= 1 and not self.asked:
            self.left -= 1
            return "answer"
        first, self.asked = not self.asked, True
        return "ask" if first else "be silent"


@dataclass(slots=True)
class Speaker:
    """One person in one room. What is said aloud about votes has buckets of its own: neither uses up the other's."""

    commands: Bucket
    votes: Bucket
    verdicts: OrderedDict[str, Verdict] = field(default_factory=OrderedDict)


@dataclass(slots=True)
class Chatter:
    """Kept in memory alone: a limit that was written down would cost a write for each command that it is to make cheap,
    and after a start everybody begins anew. The same event has the same verdict, however often it is asked."""

    every: timedelta = EVERY
    burst: float = BURST
    speakers: OrderedDict[tuple[int, str], Speaker] = field(default_factory=OrderedDict)
    rooms: OrderedDict[tuple[int, bool], Bucket] = field(default_factory=OrderedDict)
    passed_over: int = 0  # commands that were not answered

    def judge(self, chat: int, person: str, event_id: str, now: datetime, *, vote: bool = False) -> Verdict:
        """Of a vote, only whether it is answered aloud: it counts whatever this says."""
        speaker = self.speaker(chat, person, now)
        if event_id not in speaker.verdicts:
            speaker.verdicts[event_id] = self.spend(speaker.votes if vote else speaker.commands, (chat, vote), now)
            self.passed_over += speaker.verdicts[event_id] != "answer" and not vote
            forget_oldest(speaker.verdicts, REMEMBERED)
        return speaker.verdicts[event_id]

    def spend(self, theirs: Bucket, room: tuple[int, bool], now: datetime) -> Verdict:
        """The person's own first, so that one person does not use up the room's."""
        if (own := theirs.spend(self.burst, self.every, now)) != "answer":
            return "slow down" if own == "ask" else "be silent"
        all_of_it = self.room(room, now).spend(self.burst * ROOM, self.every / ROOM, now)
        return "room is busy" if all_of_it == "ask" else all_of_it

    def speaker(self, chat: int, person: str, now: datetime) -> Speaker:
        """Who spoke longest ago is forgotten first."""
        found = self.speakers.setdefault((chat, person), Speaker(Bucket(self.burst, now), Bucket(self.burst, now)))
        self.speakers.move_to_end((chat, person))
        forget_oldest(self.speakers, MOST)
        return found

    def room(self, room: tuple[int, bool], now: datetime) -> Bucket:
        """Chat, and whether it is of votes."""
        found = self.rooms.setdefault(room, Bucket(self.burst * ROOM, now))
        self.rooms.move_to_end(room)
        forget_oldest(self.rooms, MOST)
        return found


def forget_oldest(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
