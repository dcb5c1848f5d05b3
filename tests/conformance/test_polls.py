"""Polls on every platform and both databases: ranked in the open, and in secret."""

from bot.verifying.draw import check
from tests.conformance.places import Place, has_files, sees, sees_private
from tests.conformance.serving import serving

VOTERS = ("Anna", "Ben", "Cleo", "Dana", "Eli")


async def fill_the_hat(place: Place) -> None:
    await sees(place, "I am Folkmoot")
    for name in VOTERS:
        await place.says(name, f"{place.prefix}join")
        await sees(place, f"{name} is in the hat.")


async def test_a_group_ranks_and_lots_decide_a_tie(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter()):
        await place.invite_bot()
        await fill_the_hat(place)
        await place.says("Anna", f"{place.prefix}poll Where do we meet? | The park | The library | method: ranked")
        await sees(place, "D-1: Where do we meet?")
        await place.taps("Ben", "The park")
        await sees(place, "1 of 5 have voted.")
        await place.says("Cleo", f"{place.prefix}vote 2 > 1")
        await sees(place, "Your ballot: The library > The park.")
        await place.replies("Dana", "D-1: Where do we meet?", "1 > 2")
        await sees(place, "3 of 5 have voted.")
        await place.says("Eli", f"{place.prefix}vote 2")
        await sees(place, "4 of 5 have voted.")
        await place.says("Anna", f"{place.prefix}close")
        await sees(place, "Lots decided a tie on the way.")
        files = await has_files(place, "D-1-receipt.txt")
    assert sorted(check(files["D-1-receipt.txt"].decode())) == ["1:The%20park", "2:The%20library"]


async def test_a_secret_poll_is_answered_in_private(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter()):
        await place.invite_bot()
        await fill_the_hat(place)
        await place.says("Anna", f"{place.prefix}poll Who speaks for us? | Ira | Jo | secret")
        await sees(place, "D-1: Who speaks for us?")
        for n, name in enumerate(VOTERS[:3], start=1):
            await place.taps_private(name, "Vote in private")
            await sees_private(place, name, "Your ballot for D-1")
            await place.taps_private(name, "Jo")
            await place.taps_private(name, "Cast my vote")
            await sees(place, f"{n} of 5 have voted.")
        await place.says("Anna", f"{place.prefix}close")
        await sees(place, "Chosen: Jo.")
        shown = await place.shows()
    assert not [text for text in shown if "Your ballot" in text]
