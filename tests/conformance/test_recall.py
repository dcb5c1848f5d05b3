"""A recall, told once for every platform: drawn, recalled by the others, and the next reserve serves."""

from tests.conformance.places import Place, asked, sees
from tests.conformance.serving import serving

PEOPLE = ("Anna", "Ben", "Dana", "Eli")


async def test_a_group_recalls_and_the_next_serves(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for name in PEOPLE:
            await place.says(name, f"{place.prefix}join")
            await sees(place, f"{name} is in the hat")
        holder = await drawn(place)
        opener, second, third = (name for name in PEOPLE if name != holder)
        await support(place, holder, opener, second, third)
        await decide(place, opener, second, third)
        await sees(place, f"Thank you, {holder}, for your time as treasurer.")
        successor = await asked(place, besides=(holder,))
        await place.taps(successor, "Accept")
        await sees(place, f"{successor} accepted.")
    assert successor in {opener, second, third}


async def drawn(place: Place) -> str:
    await place.says("Anna", f"{place.prefix}draw treasurer")
    await sees(place, "D-1: lots for treasurer")
    await place.taps("Anna", "Draw now")
    holder = await asked(place)
    await place.taps(holder, "Accept")
    await sees(place, f"{holder} accepted.")
    return holder


async def support(place: Place, holder: str, opener: str, second: str, third: str) -> None:
    await place.says(opener, f"{place.prefix}recall {holder} treasurer because the books are closed")
    await sees(place, f"{opener} asks that the mandate of {holder} as treasurer ends now.")
    await place.taps(second, "Support")
    await sees(place, "Supported by 2 of the 3")
    await place.replies(holder, "asks that the mandate of", "They are open now.")
    await sees(place, f"{holder} answers:")
    await place.taps(third, "Support")
    await sees(place, "the others decide in D-3.")
    await sees(place, "D-3: proposal by")


async def decide(place: Place, *others: str) -> None:
    for n, name in enumerate(others, start=1):
        await place.taps(name, "Consent")
        await sees(place, f"✅ Consent, {n}")
    await place.says(others[0], f"{place.prefix}close")
