"""What every platform must keep, whatever it is made of."""

from collections import Counter

from tests.conformance.places import Place, sees
from tests.conformance.serving import serving

HOSTILE = "<b>& [x](tg://user?id=1) `y` @room"

EVERYWHERE = True  # in each run


async def test_a_board_is_redrawn_in_place(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "The hat is empty so far.")
        await place.taps("Anna", "Count me in")
        await sees(place, "In the hat: Anna.")
        await place.taps("Ben", "Count me in")
        await sees(place, "In the hat: Anna and Ben.")
        assert len([text for text in await place.shows() if "I am Folkmoot" in text]) == 1


async def test_answers_come_in_the_order_of_the_questions_and_once(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for word in ("one", "two", "three"):
            await place.says("Anna", f"{place.prefix}help {word}")
        await sees(place, "I know no command three")
        answers = [text.split()[4].rstrip(".") for text in await place.shows() if "I know no command" in text]
    assert answers == ["one", "two", "three"]


async def test_markup_in_what_people_type_stays_text(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        await place.taps("Anna", "Count me in")
        await sees(place, "In the hat: Anna.")
        await place.says("Anna", f"{place.prefix}draw {HOSTILE}")
        await sees(place, f"D-1: lots for {HOSTILE}")


async def test_a_new_life_goes_on_where_the_old_one_ended(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        await place.taps("Anna", "Count me in")
        await sees(place, "In the hat: Anna.")
        await place.says("Anna", f"{place.prefix}draw cook")
        await sees(place, "D-1: lots for cook")
    async with serving(house, place.adapter()):
        await place.taps("Anna", "Shake the hat")
        await sees(place, "D-1: drawn for cook")
        await place.says("Anna", f"{place.prefix}who")
        await sees(place, "In the hat, 1 name: Anna.")
        times = Counter(text.split("\n")[0] for text in await place.shows())
    assert times["🎲 D-1: drawn for cook"] == times["🎩 D-1: lots for cook"] == 1


async def test_whoever_leaves_the_room_leaves_the_hat(place: Place, house: str) -> None:
    async with serving(house, place.adapter()):
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        for name in ("Anna", "Ben"):
            await place.taps(name, "Count me in")
        await sees(place, "In the hat: Anna and Ben.")
        await place.leaves("Ben")
        await sees(place, "In the hat: Anna.")
