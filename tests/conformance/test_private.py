"""What is answered in private, pinned, quoted and replied to, on every platform."""

from bot.features import FEATURES
from tests.conformance.places import Place, sees, sees_private
from tests.conformance.serving import serving
from tests.support.ballots import Ballots

OPEN = "I am Folkmoot"


async def test_a_ballot_is_cast_in_private(place: Place, either_house: str) -> None:
    ballots = Ballots()
    async with serving(either_house, place.adapter(), features=(*FEATURES, ballots.feature)):
        await place.invite_bot()
        await sees(place, OPEN)
        await place.says("Anna", f"{place.prefix}join")
        await sees(place, "Anna is in the hat.")
        await place.says("Anna", f"{place.prefix}ask")
        await sees(place, "Shall we? 0 voted.")
        await place.taps_private("Anna", "Vote")
        await sees_private(place, "Anna", "Your ballot, for you alone.")
        await place.taps_private("Anna", "No")
        await sees_private(place, "Anna", "Why?")
        await sees(place, "Shall we? 1 voted.")
        await place.says_private("Anna", "It is too early.")
        await sees_private(place, "Anna", "I heard: It is too early.")
        shown = await place.shows()
    assert ballots.cast == {"Anna": "no"}
    assert ballots.words == [("private", "Anna", "It is too early.")]
    assert not [text for text in shown if "ballot" in text or "early" in text]


async def test_a_press_by_a_stranger_is_answered_in_private_and_changes_nothing(place: Place, either_house: str) -> None:
    ballots = Ballots()
    async with serving(either_house, place.adapter(), features=(*FEATURES, ballots.feature)):
        await place.invite_bot()
        await sees(place, OPEN)
        await place.says("Anna", f"{place.prefix}ask")
        await sees(place, "Shall we? 0 voted.")
        await place.taps_private("Ben", "Vote")
        await sees_private(place, "Ben", "This button no longer does anything.")
    assert ballots.cast == {}


async def test_words_in_reply_to_a_board_reach_its_reader(place: Place, either_house: str) -> None:
    ballots = Ballots()
    async with serving(either_house, place.adapter(), features=(*FEATURES, ballots.feature)):
        await place.invite_bot()
        await sees(place, OPEN)
        await place.says("Anna", f"{place.prefix}join")
        await sees(place, "Anna is in the hat.")
        await place.says("Anna", f"{place.prefix}ask")
        await sees(place, "Shall we? 0 voted.")
        await place.replies("Anna", "Shall we?", "Not before spring.")
        await sees(place, "I heard: Not before spring.")
    assert ballots.words == [("group", "Anna", "Not before spring.")]


async def test_a_command_in_reply_knows_what_it_answers(place: Place, either_house: str) -> None:
    async with serving(either_house, place.adapter(), features=(*FEATURES, Ballots().feature)):
        await place.invite_bot()
        await sees(place, OPEN)
        words = "Let us plant hazels, for instance here. " * 75
        await place.says("Ben", words)
        await place.replies("Anna", "Let us plant hazels", f"{place.prefix}quote")
        quoted = await sees(place, "Quoted: Let us plant hazels")
    assert quoted.startswith(f"Quoted: {words.strip()}")
