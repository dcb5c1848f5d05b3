"""A meeting, told once for every platform and both databases: agenda, a hand, lots, a note, minutes."""

from tests.conformance.places import Place, has_files, sees
from tests.conformance.serving import serving


async def test_a_group_meets(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for name in ("Anna", "Ben", "Dana"):
            await place.says(name, f"{place.prefix}join")
            await sees(place, f"{name} is in the hat")
        await place.says("Anna", f"{place.prefix}meeting start Budget | Kitchen")
        await sees(place, "▶ 1. Budget")
        await place.taps("Ben", "Raise a hand")
        await sees(place, "Next: Ben")
        await place.taps("Anna", "Next speaker")
        await sees(place, "Speaking: Ben")
        await place.taps("Anna", "Next item")
        await sees(place, "▶ 2. Kitchen")
        await place.replies("Dana", "D-1: meeting", "The tap drips")
        await sees(place, "1 note so far.")
        await place.taps("Dana", "Draw who facilitates")
        await sees(place, "drawn among those who are here")
        await place.says("Anna", f"{place.prefix}meeting end")
        await sees(place, "The tap drips (Dana)")
    files = await has_files(place, "D-1-receipt.txt", "D-1-minutes.html")
    assert "The tap drips (Dana)" in files["D-1-minutes.html"].decode()
