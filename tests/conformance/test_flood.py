"""One person says a thousand things in a minute; the others are answered as ever."""

import asyncio
from collections.abc import Callable
from time import monotonic

import pytest

from bot.routing.chatter import BURST
from tests.conformance.places import LIMIT, sees
from tests.conformance.serving import serving
from tests.conformance.telegram import TelegramPlace, telegram_place

OTHERS = tuple(f"P{n}" for n in range(20))
A_MINUTE = 1_000 / 60  # commands a second
AT_MOST = 2.0  # seconds, for 95 of 100


async def floods(place: TelegramPlace, seconds: float) -> int:
    """Mallory says as much as that, at that pace."""
    said, began = 0, monotonic()
    while (passed := monotonic() - began) < seconds:
        while said < passed * A_MINUTE:
            await place.says("Mallory", ("/who", "/status", "/help", "/polls")[said % 4])
            said += 1
        await asyncio.sleep(0.02)
    return said


async def answered(place: TelegramPlace, name: str, label: str) -> float:
    """How long somebody's press waits for its answer."""
    before, began = len(place.server.toasts), monotonic()
    await place.taps(name, label)
    async with asyncio.timeout(LIMIT):
        while len(place.server.toasts) == before:
            await asyncio.sleep(0.005)
    return monotonic() - began


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.long)])
async def test_others_wait_for_nothing(sqlite_house: str, seconds: float, record_property: Callable[[str, object], None]) -> None:
    async with telegram_place((*OTHERS, "Mallory")) as place, serving(sqlite_house, place.adapter()) as bot:
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for name in OTHERS:
            await place.says(name, "/join")
        await sees(place, "It holds 20 names")
        await place.says("P0", "/poll Where? | Here | There until in 2 days")
        await sees(place, "Where?")
        flood, waits = asyncio.create_task(floods(place, seconds)), list[float]()
        while not flood.done():
            name = OTHERS[len(waits) % len(OTHERS)]
            waits.append(await answered(place, name, ("Here", "There")[len(waits) // len(OTHERS) % 2]))
            await asyncio.sleep(0.05)
        said = await flood
        await sees(place, "That is a lot at once")
        await bot.sweeper.sweep()
        await place.says("P1", "/status")
        await sees(place, "commands beyond the limits")
        earned = BURST + seconds / 6 + 2
        answers = [text for text in await place.shows() if "In the hat," in text or "health:" in text or "I know" in text]
    waits.sort()
    p95 = waits[int(len(waits) * 0.95) - 1]
    record_property("figures", f"{said} commands in {seconds} s; {len(waits)} presses of others, 95 % within {p95 * 1000:.0f} ms")
    assert p95 < AT_MOST
    assert len(answers) <= earned
