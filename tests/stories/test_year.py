"""A year of simulated life of many groups at once: each thing happened once, and as of the time when it was due."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, time, timedelta
from itertools import groupby
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.chat.refs import ChatRef
from bot.commons import mandates
from bot.commons.when import is_quiet
from models import ChatRow, EntryRow, GroupRow, MandateRow, PromiseRow, RoleRow, RoundRow
from tests.support.moot import START, Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "America/Santiago", "Asia/Beirut", "UTC")
TERMS = {"facilitator": "2 weeks", "treasurer": "3 months", "gardener": "1 month", "bell": "36 hours"}
YEAR = timedelta(days=366)


class Year:
    """Groups of three; who serves comes by chance, and so do renewals, resignations and the bot's absences."""

    def __init__(self, bot: Moot, groups: int, steps: int, seed: str) -> None:
        self.bot, self.steps, self.chance = bot, steps, Random(seed)
        self.rooms = [ChatRef("telegram", f"-{number}") for number in range(1, groups + 1)]
        for number, room in enumerate(self.rooms):
            bot.group = room
            enrol(bot, *self.people(room))
            bot.says(self.people(room)[0], f"/settings zone {ZONES[number % len(ZONES)]}", room)
            bot.says(self.people(room)[0], "/settings round 1 day", room)

    def people(self, room: ChatRef) -> list[str]:
        return [f"{name} {room.id}" for name in ("Anna", "Ben", "Cleo")]

    def passes(self) -> None:
        for _ in range(self.steps):
            self.bot.group = self.chance.choice(self.rooms)
            self.act(self.bot.group)
            length = YEAR / self.steps * self.chance.uniform(0.1, 1.9)
            if self.chance.random() < 0.2:
                self.bot.restart(seconds=length.total_seconds())
            else:
                self.bot.later(seconds=length.total_seconds())
        for _ in range(3):
            self.bot.later(days=100)

    def act(self, room: ChatRef) -> None:
        """Every seat is filled; then one thing is said about one of them, or nothing."""
        for role, term in TERMS.items():
            self.fill(room, role, term)
        running = self.running(room)
        if not running:
            return
        mandate = self.chance.choice(running)
        what = self.chance.choice(["renew", "renew", "renew", "end", "resign", "nothing"])
        holder = next(name for name, number in self.bot.people.items() if number == mandate.member.account.ref)
        if what == "resign":
            self.bot.says(holder, f"/resign {mandate.role.name}", room)
        elif what == "end":
            self.bot.presses(holder, f"term.end:{mandate.id}", room)
        elif what == "renew":
            self.renew(room, mandate)

    def fill(self, room: ChatRef, role: str, term: str) -> None:
        name = self.chance.choice(self.people(room))
        with self.bot.database.transaction() as db:
            chat = db.query(ChatRow).filter_by(ref=room.id).one()
            found = db.query(RoleRow).filter_by(group_id=chat.group_id, key=role).one_or_none()
            if found is not None and mandates.running(db, db.get_one(GroupRow, chat.group_id), found):
                return
        seat(self.bot, name, role, by_consent=True, term=term)

    def running(self, room: ChatRef) -> list[MandateRow]:
        with self.bot.database.transaction() as db:
            chat = db.query(ChatRow).filter_by(ref=room.id).one()
            return mandates.running(db, db.get_one(GroupRow, chat.group_id))

    def renew(self, room: ChatRef, mandate: MandateRow) -> None:
        for name in self.people(room):
            self.bot.presses(name, f"term.renew:{mandate.id}", room)
        self.bot.settle()
        stance = self.chance.choice(["consent", "consent", "consent", "object"])
        for round_ in self.bot.rows(RoundRow, group_id=mandate.group_id, outcome="open"):
            for name in self.people(room):
                self.bot.presses(name, f"consent.{stance}:{round_.id}", room)


def lived(house: str, groups: int, steps: int) -> Moot:
    bot = Moot(house, [FakePlatform(keeps_taps_for=None)])
    Year(bot, groups, steps, f"year {groups}").passes()
    return bot


def check(bot: Moot) -> None:
    rows = bot.rows(MandateRow)
    assert {row.state for row in rows} == {"ended"}, "three hundred quiet days are longer than any term and one more"
    check_ends(bot, rows)
    check_seats(rows)
    check_words(bot, rows)
    check_reminders(bot, rows)


def check_ends(bot: Moot, rows: Sequence[MandateRow]) -> None:
    """Each began once and ended once, as of its date, in the register as in the table."""
    kinds = Counter(
        (facts["kind"], facts["facts"]["mandate"], facts["facts"].get("at"))
        for facts in (json.loads(entry.public) for entry in bot.rows(EntryRow))
        if facts["kind"] in {"mandate begins", "mandate ends"}
    )
    expected: Counter[tuple[str, int, str | None]] = Counter()
    for row in rows:
        assert row.ended_at is not None
        assert row.ended_at == row.ends_at if row.ended_why == "expired" else row.ended_at <= row.ends_at
        expected["mandate begins", row.id, None] += 1
        expected["mandate ends", row.id, row.ended_at.isoformat()] += 1
    assert kinds == expected


def check_seats(rows: Sequence[MandateRow]) -> None:
    """Nobody sits in a seat before the one before has left it."""
    by_role = sorted(rows, key=lambda row: (row.role_id, row.starts_at))
    for _, terms in groupby(by_role, key=lambda row: row.role_id):
        ended = START
        for term in terms:
            assert term.ended_at is not None
            assert ended <= term.starts_at <= term.ended_at
            ended = term.ended_at


def check_words(bot: Moot, rows: Sequence[MandateRow]) -> None:
    """Each end of a term that nothing followed is thanked for once."""
    renewed = {row.follows_id for row in rows if row.way == "renewal" and row.starts_at == ends_of(rows).get(row.follows_id)}
    thanked = sum(
        max(1, text.count("•")) for room in bot.platforms[0].chats.values() for text in (each.text for each in room) if "🌿" in text
    )
    assert thanked == len([row for row in rows if row.id not in renewed])


def ends_of(rows: Sequence[MandateRow]) -> dict[int | None, datetime]:
    return {row.id: row.ends_at for row in rows if row.ended_why == "expired"}


def check_reminders(bot: Moot, rows: Sequence[MandateRow]) -> None:
    """By day, before the end, and no more often than the role wants it."""
    with bot.database.transaction() as db:
        zones = {group.id: ZoneInfo(group.zone) for group in db.query(GroupRow)}
        by_id = {row.id: row for row in db.query(MandateRow)}
        times: Counter[int] = Counter()
        for promise in db.query(PromiseRow).filter(PromiseRow.key.like("board:term:%")):
            mandate = by_id[int(promise.key.split(":")[2])]
            times[mandate.id] += 1
            assert mandate.starts_at < promise.promised_at < mandate.ends_at
            assert not is_quiet(promise.promised_at, zones[mandate.group_id], time(22), time(8))
        assert times
        assert all(times[id_] <= len(by_id[id_].role.notice) for id_ in times)


def test_a_year_of_a_few_groups(either_house: str) -> None:
    with closing(lived(either_house, 5, 16)) as bot:
        check(bot)


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_a_year_of_fifty_groups(house: str) -> None:
    with closing(lived(house, 50, 600)) as bot:
        check(bot)
