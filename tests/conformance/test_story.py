"""A whole draw, told once for every platform and both databases: join, draw, shake, decline, verify, leave."""

from bot.verifying.draw import check
from tests.conformance.places import Place, asked, has_files, sees
from tests.conformance.serving import serving

EVERYWHERE = True  # in each run


async def test_a_group_draws_a_facilitator(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        await fill_the_hat(place)
        await place.says("Anna", f"{place.prefix}draw facilitator")
        await sees(place, "D-1: lots for facilitator")
        await place.taps("Ben", "Shake the hat")
        await sees(place, "Shaken by, in this order: Ben")
        await place.taps("Anna", "Draw now")
        await sees(place, "D-1: drawn for facilitator")
        accepted = await decline_then_accept(place)
        await verify(place)
        await place.says("Dana", f"{place.prefix}leave")
        await sees(place, "Dana's name is out of the hat. It holds 2 names.")
    assert accepted in {"Anna", "Ben", "Dana"}


async def fill_the_hat(place: Place) -> None:
    await place.taps("Anna", "Count me in")
    await sees(place, "In the hat: Anna")
    for n, name in enumerate(("Ben", "Dana"), start=2):
        await place.says(name, f"{place.prefix}join")
        await sees(place, f"{name} is in the hat. It holds {n} names.")


async def decline_then_accept(place: Place) -> str:
    first = await asked(place)
    await place.taps(first, "Decline")
    second = await asked(place, besides=(first,))
    await place.taps(second, "Accept")
    await sees(place, f"{second} accepted.")
    return second


async def verify(place: Place) -> None:
    await place.says("Cleo", f"{place.prefix}verify D-1")
    await sees(place, "1. Who was in: D-1-pool.txt")
    files = await has_files(place, "D-1-pool.txt", "D-1-receipt.txt")
    order = check(files["D-1-receipt.txt"].decode())
    assert len(order) == 3
    assert files["D-1-receipt.txt"].startswith(files["D-1-pool.txt"])
