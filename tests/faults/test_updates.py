"""Whatever comes from Telegram: nothing is raised, the others in the batch are heard, and nobody's word is made up."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from adapters.telegram.incoming import readings
from adapters.telegram.origins import Me
from bot.chat.incoming import Received
from models import DeadLetterRow
from tests.faults.conftest import Busy
from tests.faults.sound import chains_hold
from tests.faults.updates import ME, message, numbered, updates_to, whose, wounded
from tests.support.moot import Moot

SPOKE = """
SELECT accounts.ref FROM accounts JOIN members ON members.account_id = accounts.id JOIN (
    SELECT member_id FROM stances UNION SELECT member_id FROM ballots UNION SELECT member_id FROM hats
    UNION SELECT member_id FROM remarks UNION SELECT member_id FROM nominations
) AS answers ON answers.member_id = members.id
"""
Batch = list[Any]


def spoke(bot: Moot) -> set[str]:
    with bot.database.transaction() as db:
        return set(db.scalars(text(SPOKE)))


def takes(bot: Moot, updates: Batch) -> list[Received]:
    """One batch, as the adapter hands it in; at its end somebody asks for help."""
    last = message(900_000, "/help")
    received = [each.received for update in [*updates, last] for each in readings(update, Me(ME, "folkmoot_bot"))]
    bot.take("telegram", *received)
    bot.settle()
    return received


def holds(bot: Moot, updates: Batch) -> None:
    before = spoke(bot)
    received = takes(bot, updates)
    faults = Counter(each.fault for each in received if each.fault)
    assert Counter(row.fault for row in bot.rows(DeadLetterRow)) <= faults
    assert any(standing.reply_to == "900000" for standing in bot.room)
    assert spoke(bot) - before <= set().union(*map(whose, updates))
    assert chains_hold(bot)


def try_updates(busy: Busy, wanted: int, at_once: int = 50) -> int:
    """How many were tried."""
    tried = 0
    whole = updates_to(busy())

    @settings(max_examples=wanted // at_once, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
    @given(st.lists(wounded(whole), min_size=at_once, max_size=at_once))
    def hold(updates: Batch) -> None:
        nonlocal tried
        with closing(busy()) as bot:
            holds(bot, [numbered(update, tried + place) for place, update in enumerate(updates, start=2)])
        tried += len(updates)

    hold()
    return tried


def test_whole_updates_are_heard(busy: Busy) -> None:
    """All of them at once, so that there is something to wound."""
    bot = busy()
    whole = updates_to(bot)
    holds(bot, [numbered(update, place) for place, update in enumerate(whole, start=2)])
    assert bot.rows(DeadLetterRow) == []
    assert "1001" in spoke(bot)


def test_three_hundred_updates(busy: Busy) -> None:
    assert try_updates(busy, 300, 20) >= 300


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_updates(busy: Busy, record_property: Callable[[str, object], None]) -> None:
    tried = try_updates(busy, 100_000)
    record_property("figures", f"{tried:,} updates")
    assert tried >= 100_000
