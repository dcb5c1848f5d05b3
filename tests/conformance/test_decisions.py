"""Decisions with all their edges, told once for every platform: steps, a late joiner, an objection set aside, a night offline."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.tidy import isolated, tidy
from tests.conformance.places import Place, has_files, sees
from tests.conformance.serving import later, serving

PEOPLE = ("Anna", "Ben", "Cleo")
ODD = "\u202e<b>دانا</b> 🦊 _x_ & @room"  # turned round, markup, Arabic, emoji, a call to all
LONG = ("We share the house as follows: " + "each week one floor cleans the stairs, and <i>nobody</i> pays for it; " * 50)[:3000]
OPTIONS = [f"Day {n}" for n in range(1, 31)]


async def test_a_long_round_in_steps(place: Place, sqlite_house: str) -> None:
    clock = SystemClock()
    async with serving(sqlite_house, place.adapter(), clock=clock):
        odd = await gather(place)
        await propose(place)
        await in_steps(place)
        await a_late_joiner(place)
        await set_aside(place, odd)
    clock.advance(timedelta(days=9))
    async with serving(sqlite_house, place.adapter(), clock=clock) as bot:
        await later(bot, clock, place, "Anna", days=2)  # a platform that had dropped presses meanwhile was given a day more
        result = await sees(place, "✅ D-1 is adopted")
        assert "refused 1" in result
        assert f"• {odd}: I would rather dance (set aside: It is a taste, not a harm)" in result
        files = await has_files(place, "D-1-v1-record.txt")
    assert LONG in files["D-1-v1-record.txt"].decode().replace("\n", " ")
    assert len([text for text in await place.shows() if text.startswith("✅ D-1 is adopted")]) == 1


async def gather(place: Place) -> str:
    """What Dana is called by now, where a name can be that odd."""
    await place.invite_bot()
    await sees(place, "I am Folkmoot")
    odd = isolated(tidy(ODD)) if await place.renames("Dana", ODD) else "Dana"
    for n, name in enumerate((*PEOPLE, "Dana"), start=1):
        await place.says(name, f"{place.prefix}join")
        await sees(place, f"It holds {n} name")
    return odd


async def propose(place: Place) -> None:
    await place.says("Anna", f"{place.prefix}propose {LONG} for 4 days, full")
    await sees(place, "D-1: proposal by Anna")
    await sees(place, "<i>nobody</i> pays")


async def in_steps(place: Place) -> None:
    await place.replies("Ben", "D-1: proposal by Anna", "Who cleans the cellar?")
    await sees(place, "• Ben: Who cleans the cellar?")
    await place.taps("Anna", "Next step")
    await sees(place, "quick reactions")
    await place.taps("Anna", "Next step")
    await sees(place, "0 of 4; 2 needed")


async def a_late_joiner(place: Place) -> None:
    await place.says("Eli", f"{place.prefix}join")
    await sees(place, "It holds 5 names")
    await place.says("Eli", f"{place.prefix}vote consent")
    await place.taps("Ben", "Consent")
    await sees(place, "✅ Consent, 1: Ben")


async def set_aside(place: Place, odd: str) -> None:
    await place.taps("Dana", "Object")
    await sees(place, f"D-1: an objection by {odd}")
    await place.replies("Dana", "D-1: an objection by", "I would rather dance")
    await sees(place, f"• {odd}: I would rather dance (open)")
    await place.taps("Ben", "Ask to set aside")
    await sees(place, f"D-1: set aside the objection by {odd}?")
    await place.replies("Ben", "D-1: set aside the objection by", "It is a taste, not a harm")
    for n, name in enumerate(PEOPLE, start=1):
        await place.taps(name, "Consent")
        await sees(place, "The objection is set aside." if n == len(PEOPLE) else f"Spoken: {n} of 3")
    for n, name in enumerate(("Anna", "Cleo"), start=2):
        await place.taps(name, "Consent")
        await sees(place, f"✅ Consent, {n}: ")


async def test_a_poll_of_thirty_options(place: Place, sqlite_house: str) -> None:
    async with serving(sqlite_house, place.adapter()):
        odd = await gather(place)
        await place.says("Anna", f"{place.prefix}poll When? | {' | '.join(OPTIONS)} | max 3")
        await sees(place, "D-1: When?")
        await place.says("Ben", f"{place.prefix}vote 30, 2")
        await sees(place, "1 of 4 have voted.")
        await place.taps("Dana", "Day 30")
        await sees(place, "2 of 4 have voted.")
        await place.says("Anna", f"{place.prefix}close")
        await sees(place, "Chosen: Day 30.")
        assert any(odd in text for text in await place.shows())
