"""Ten thousand mandates end in one minute, and the bot answers others meanwhile."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from statistics import quantiles
from time import perf_counter

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.chat import incoming as said
from bot.chat.adapter import Batch
from models import AccountRow, ChatRow, GroupRow, MandateRow, MemberRow, PersonRow, RoleRow
from tests.support.moot import START, Moot, enrol
from tests.support.room import FakePlatform

FIRST, ENDS = 100, START + timedelta(days=1)  # ids that nothing else has; when the minute begins


def populate(db: Session, groups: int, each: int) -> None:
    """Groups of people who all garden; the same people in each."""
    people = range(FIRST, FIRST + each)
    db.execute(insert(PersonRow), [{"id": n, "created_at": START} for n in people])
    names = [{"id": n, "platform": "telegram", "ref": f"p{n}", "name": f"P{n}", "handle": "", "person_id": n} for n in people]
    db.execute(insert(AccountRow), names)
    for number in range(FIRST, FIRST + groups):
        here = {"group_id": number}
        db.execute(insert(GroupRow).values(id=number, last_number=0, created_at=START))
        db.execute(insert(ChatRow).values(id=number, platform="telegram", ref=f"-{number}", kind="group", created_at=START, **here))
        db.execute(
            insert(RoleRow).values(id=number, name="gardener", key="gardener", seats=each, notice=[], created_at=START, **here)
        )
        members = [{"id": number * each + n, "person_id": n, "account_id": n, "joined_at": START, **here} for n in people]
        db.execute(insert(MemberRow), members)
        db.execute(insert(MandateRow), [mandate(number * each + n, number, n) for n in people])


def mandate(member_id: int, number: int, place: int) -> dict[str, object]:
    ends_at = ENDS + timedelta(seconds=place % 60)
    where = {"group_id": number, "role_id": number, "chat_id": number, "member_id": member_id}
    return {"way": "draw", "starts_at": START, "ends_at": ends_at, **where}


async def waits_of(bot: Moot) -> list[float]:
    """How long somebody who asks again and again waits for each answer, until all is ended."""
    sweep, intake = asyncio.create_task(bot.app.sweeper.sweep()), bot.app.intakes["telegram"]
    waits: list[float] = []
    while not sweep.done():
        asked = bot.received(said.CommandSent(bot.origin("Anna"), "who"), (f"who:{len(waits)}",))
        began = perf_counter()
        await intake.take(Batch(await intake.fetch(), (asked,), drained=True))
        waits.append(perf_counter() - began)
        await asyncio.sleep(0.05)
    return waits


@pytest.mark.long
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(("groups", "each"), [(1_000, 10), (20, 500)])
def test_ten_thousand_in_one_minute(house: str, groups: int, each: int, record_property: Callable[[str, object], None]) -> None:
    with closing(Moot(house, [FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, "Anna")
        with bot.database.transaction() as db:
            populate(db, groups, each)
        bot.clock.advance(timedelta(days=1, minutes=1))
        began = perf_counter()
        waits = bot.run(waits_of(bot))
        centiles = quantiles(waits, n=100)
        words = f"{perf_counter() - began:.0f} s in all; an answer took {centiles[49]:.3f} s, {centiles[94]:.3f} s at p95"
        record_property("figures", words)
        assert {row.state for row in bot.rows(MandateRow)} == {"ended"}
        assert centiles[94] < 2
