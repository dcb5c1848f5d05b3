"""How much one person may command in one room before the bot asks for a pause; presses and votes are not counted."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Verdict = Literal["answer", "ask for a pause", "be silent"]
BURST, EVERY = 20, timedelta(seconds=6)  # commands at once; one more each
REMEMBERED = 200  # verdicts of one person, for a batch that the database made us take again
MOST_PEOPLE = 10_000


@dataclass(slots=True)
class Speaker:
    """One person in one room: how many commands are left, as of when."""

    left: float
    at: datetime
    asked: bool = False
    verdicts: OrderedDict[str, Verdict] = field(default_factory=OrderedDict)


@dataclass(slots=True)
class Chatter:
    """Kept in memory alone: after a start everybody begins anew. The same event has the same verdict, however often it is asked."""

    every: timedelta = EVERY
    burst: float = BURST
    speakers: OrderedDict[tuple[int, str], Speaker] = field(default_factory=OrderedDict)

    def judge(self, chat: int, person: str, event_id: str, now: datetime) -> Verdict:
        speaker = self.speaker(chat, person, now)
        if event_id not in speaker.verdicts:
            speaker.verdicts[event_id] = self.spend(speaker, now)
            while len(speaker.verdicts) > REMEMBERED:
                speaker.verdicts.popitem(last=False)
        return speaker.verdicts[event_id]

    def speaker(self, chat: int, person: str, now: datetime) -> Speaker:
        """Who spoke longest ago is forgotten first."""
        found = self.speakers.setdefault((chat, person), Speaker(self.burst, now))
        self.speakers.move_to_end((chat, person))
        while len(self.speakers) > MOST_PEOPLE:
            self.speakers.popitem(last=False)
        return found

    def spend(self, speaker: Speaker, now: datetime) -> Verdict:
        """Asked once; then silence, until half of the burst has come back."""
        earned = max(timedelta(), now - speaker.at) / self.every
        speaker.left, speaker.at = min(self.burst, speaker.left + earned), max(now, speaker.at)
        speaker.asked = speaker.asked and speaker.left < self.burst / 2
        if speaker.left >= 1 and not speaker.asked:
            speaker.left -= 1
            return "answer"
        first, speaker.asked = not speaker.asked, True
        return "ask for a pause" if first else "be silent"
