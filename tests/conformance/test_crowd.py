"""Two hundred people in a Telegram group, of whom a hundred and fifty answer at once."""

from bot.delivery.boards import Rhythm
from tests.conformance.places import sees
from tests.conformance.serving import serving
from tests.conformance.telegram import telegram_place

NAMES = tuple(f"P{n}" for n in range(200))


async def test_everybody_is_answered_and_the_board_is_edited_a_handful_of_times(sqlite_house: str) -> None:
    async with telegram_place(NAMES) as place, serving(sqlite_house, place.adapter(), rhythm=Rhythm()):
        await place.invite_bot()
        for name in NAMES:
            await place.says(name, "/join")
        await sees(place, "It holds 200 names")
        await place.says("P0", "/propose We buy a dishwasher for 2 days")
        await sees(place, "Spoken: 0 of 200; 100 needed.")
        before = len(place.server.toasts)
        for n, name in enumerate(NAMES[:150]):
            await place.taps(name, ("Consent", "Stand aside")[n % 2])
        board = await place.room.sees(lambda post: "Spoken: 150 of 200; 100 needed." in post.text)
        await sees(place, lambda _: len(place.server.toasts) == before + 150)
    assert len(board.history) <= 6
    words = {f"Counted: {stance}. You can change it while the round is open." for stance in ("Consent", "Stand aside")}
    assert {answer.text for answer in place.server.toasts[before:]} == words
