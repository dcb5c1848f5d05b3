"""What a room's digests told, as people read it, against what the database says was entered and promised."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.kills.house import House

DIGEST, LATE = "📰", "Took longer than a day to reach all rooms"
NOTED = re.compile(r"D-\d+, noted by \w+: (mark-\d+)")
KEY = re.compile(r"digest:\d+:(\d+)-(\d+):[^:]*:[^:]*:\d+")
PROMISES = """
SELECT promises.key, promises.state FROM promises JOIN chats ON chats.id = promises.chat_id
WHERE chats.ref = :ref AND promises.key LIKE 'digest:%' ORDER BY promises.id
"""
ENTERED = """
SELECT entries.personal FROM entries JOIN chats ON chats.group_id = entries.group_id
WHERE chats.ref = :ref AND entries.public LIKE '%"kind":"note"%' ORDER BY entries.place
"""
OVERDUE = """
SELECT entries.personal FROM publications JOIN chats ON chats.id = publications.chat_id
JOIN entries ON entries.group_id = publications.group_id AND entries.place = publications.place
WHERE chats.ref = :ref AND entries.public LIKE '%"kind":"note"%'
AND julianday(publications.delivered_at) > julianday(publications.made_at) + 1
"""
MARK = re.compile(r"mark-\d+")


@dataclass(frozen=True)
class Paper:
    """One digest as it stands in the room: all marks that it tells, those that it tells as late, and whether it tells again."""

    marks: tuple[str, ...]
    late: tuple[str, ...]
    again: bool


@dataclass
class Figures:
    entries: int = 0
    digests: int = 0
    unknown: int = 0
    told_again: int = 0
    late: int = 0
    kills: int = field(default=0)

    def told(self) -> str:
        return (
            f"{self.kills} kills; {self.entries} entries in {self.digests} digests, {self.unknown} of which nobody knows if they "
            f"arrived, {self.told_again} that told again; {self.late} late entries, each once"
        )


def papers(messages: list[dict[str, Any]]) -> Iterator[Paper]:
    """A long one's whole text is in the file that follows."""
    mine = [message for message in messages if message["mine"] and (message["file"] or message["text"].startswith(DIGEST))]
    for n, message in enumerate(mine):
        if message["text"].startswith(DIGEST):
            file = message["file"] or (mine[n + 1]["file"] if n + 1 < len(mine) else "")
            text = file if "more, in the file" in message["text"] else message["text"]
            new, _, late = text.partition(LATE)
            late, _, rest = late.partition("Also in the register")
            again = "so this one tells of its days, too" in text
            yield Paper(tuple(NOTED.findall(new + rest)), tuple(NOTED.findall(late)), again)


def check(house: House, ref: str, messages: list[dict[str, Any]], figures: Figures) -> None:
    """No entry is missing, none out of order, and none told twice but by a digest that says so."""
    shown, promised = list(papers(messages)), fates_of(house.rows(PROMISES, ref=ref))
    entered = [mark for (personal,) in house.rows(ENTERED, ref=ref) for mark in MARK.findall(personal)]
    fates = Counter(promised.values())
    assert set(fates) <= {"sent", "unknown"}, fates
    ranges_follow(promised)
    in_order(ref, shown, entered)
    assert fates["sent"] <= len(shown) <= len(promised)
    late = Counter(mark for paper in shown for mark in paper.late)
    overdue = {mark for (personal,) in house.rows(OVERDUE, ref=ref) for mark in MARK.findall(personal)}
    assert overdue == set(late), ref
    assert all(times == 1 for mark, times in late.items() if not any(p.again and mark in p.late for p in shown)), late
    figures.entries, figures.late = figures.entries + len(entered), figures.late + len(late)
    figures.digests, figures.unknown = figures.digests + len(shown), figures.unknown + fates["unknown"]
    figures.told_again += sum(paper.again for paper in shown)


def in_order(ref: str, shown: list[Paper], entered: list[str]) -> None:
    """Each once and after those before it, but for what a digest tells again because nobody knows of an earlier one."""
    place, told, last = {mark: n for n, mark in enumerate(entered)}, set[str](), -1
    for paper in shown:
        places = [place[mark] for mark in paper.marks]
        assert places == sorted(set(places)), f"{ref}: out of order: {paper.marks}"
        assert paper.again or not told & set(paper.marks), f"{ref}: told twice: {told & set(paper.marks)}"
        assert paper.again or not places or places[0] > last, f"{ref}: out of order: {paper.marks[0]}"
        told, last = told | set(paper.marks), max(last, *places, -1)
    assert told == set(entered), f"{ref}: missing {set(entered) - told}"


def fates_of(pieces: list[tuple[str, str]]) -> dict[str, str]:
    """What became of each digest, with its file if it has one."""
    found: dict[str, str] = {}
    for key, state in pieces:
        found[key.split("#")[0]] = state if found.get(key.split("#")[0], "sent") == "sent" else "unknown"
    return found


def ranges_follow(promised: Mapping[str, str]) -> None:
    """Each begins where the one before it ended, or earlier if nobody knows of one since then."""
    told, lost = 0, False
    for key, state in promised.items():
        match = KEY.fullmatch(key)
        assert match is not None, key
        assert int(match[1]) == told + 1 or (lost and int(match[1]) <= told), f"{key} was to begin at {told + 1}"
        told, lost = int(match[2]), lost or state == "unknown"
