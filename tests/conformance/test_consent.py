"""A whole consent round, told once for every platform and both databases: propose, object, amend, consent, close."""

from tests.conformance.places import Place, has_files, sees
from tests.conformance.serving import serving


async def test_a_group_works_an_objection_through(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for name in ("Anna", "Ben", "Dana"):
            await place.says(name, f"{place.prefix}join")
            await sees(place, f"{name} is in the hat")
        await place.says("Anna", f"{place.prefix}propose We buy a dishwasher for 2 days")
        await sees(place, "D-1: proposal by Anna")
        await place.taps("Dana", "Consent")
        await sees(place, "✅ Consent, 1: Dana")
        await place.taps("Ben", "Object")
        await sees(place, "D-1: an objection by Ben")
        await place.replies("Ben", "an objection by Ben", "It is too loud in the evening")
        await sees(place, "• Ben: It is too loud in the evening (open)")
        await amend_and_adopt(place)
    assert "Ben: It is too loud in the evening" in (await place.files())["D-1-v2-record.txt"].decode()


async def amend_and_adopt(place: Place) -> None:
    await place.says("Anna", f"{place.prefix}amend We buy a quiet dishwasher")
    await sees(place, "does version 2 meet your objection?")
    await place.taps("Ben", "It does")
    await sees(place, "Integrated in version 2.")
    await place.says("Ben", f"{place.prefix}vote consent")
    await place.says("Dana", f"{place.prefix}vote D-1 consent")
    await sees(place, "✅ Consent, 2: Ben and Dana")
    await place.says("Anna", f"{place.prefix}close")
    await sees(place, "✅ D-1 is adopted")
    await has_files(place, "D-1-v2-record.txt")
