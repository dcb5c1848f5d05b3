"""What nobody may do is refused on the real platforms, changes nothing, and is counted without a word of whose it was."""

from collections.abc import Sequence
from pathlib import Path

from bot.features.setup.texts import turned_away
from bot.language import Voice
from bot.routing.turned import KINDS
from models import AccountRow, Base, ProposalRow, StanceRow, TurnedAwayRow
from models.database import Database
from tests.conformance.matrix import matrix_place
from tests.conformance.places import LIMIT, sees
from tests.conformance.serving import serving
from tests.conformance.telegram import telegram_place
from tests.support.matrix_people import EncryptedPerson
from tests.support.synapse import Synapse


def rows(url: str, kind: type[Base]) -> Sequence[Base]:
    database = Database(url)
    with database.transaction() as db:
        found = db.query(kind).all()
        db.expunge_all()
    database.close()
    return found


def counts(url: str) -> dict[str, int]:
    return {row.kind: row.n for row in rows(url, TurnedAwayRow) if isinstance(row, TurnedAwayRow)}


async def test_on_telegram(sqlite_house: str) -> None:
    async with telegram_place(("Anna", "Ben", "Mallory")) as place, serving(sqlite_house, place.adapter()) as bot:
        anna, mallory = place.people["Anna"], place.people["Mallory"]
        elsewhere = place.server.group("Elsewhere", bot=None, members=[mallory])
        await place.invite_bot()
        mallory.adds_bot(elsewhere)
        await sees(place, "I am Folkmoot")
        for name in ("Anna", "Ben"):
            await place.taps(name, "Count me in")
        await sees(place, "In the hat: Anna and Ben.")
        await place.says("Anna", "/propose We buy a kettle")
        board = await place.room.sees(lambda post: "Spoken: 0 of 2" in post.text)
        theirs = await elsewhere.sees(lambda post: "I am Folkmoot" in post.text)
        for data in ("", "consent", "consent.take.consent:999999", "x" * 64, "\u202e", "roll.join:1:2:3", "../../etc"):
            mallory.presses(board, data)
        mallory.presses(theirs, board.data_of("Consent"))  # the button of a room in which they are not
        mallory.presses_inline(board.data_of("Consent"))
        said = mallory.says(place.room, "hello")
        mallory.edits(said, "/object They must not")
        mallory.forwards(anna.says(elsewhere, "/consent 1"), place.room)
        mallory.says(place.room, "/close 1", anonymously=True)
        place.server.channel("News").says(place.room, "/close@folkmoot_bot 1")
        await sees(place, "this was written as a channel")
        await bot.sweeper.sweep()
        await place.says("Ben", "/status")
        await sees(place, "turned away in the last 7 days")
    found = counts(sqlite_house)
    assert {kind: found.get(kind, 0) for kind in ("edit", "forward", "nobody")} == {"edit": 1, "forward": 1, "nobody": 2}
    assert found["button"] >= 6
    assert rows(sqlite_house, StanceRow) == []
    assert [row.state for row in rows(sqlite_house, ProposalRow)] == ["open"]  # type: ignore[attr-defined]


async def test_on_matrix(synapse: Synapse, sqlite_house: str, tmp_path: Path) -> None:
    names = ("Anna", "Mallory")
    async with (
        matrix_place(synapse, tmp_path, names, encrypted=True) as place,
        serving(sqlite_house, place.adapter()) as bot,
    ):
        anna, mallory = place.people["Anna"], place.people["Mallory"]
        assert isinstance(mallory, EncryptedPerson)
        await place.invite_bot()
        await sees(place, "I am Folkmoot")
        await place.says("Anna", "!join")
        await sees(place, "It holds 1 name")
        said = await anna.says(place.room, "!propose We buy a kettle")
        await sees(place, "Spoken: 0 of 1")
        await mallory.edits(place.room, said, "!propose We sell the house")
        elevated = {"users": {mallory.id: 100}}
        spoofs = (
            {"type": "m.room.power_levels", "state_key": "", "content": elevated, "room_id": place.room},
            {"type": "m.room.member", "state_key": anna.id, "content": {"membership": "leave"}, "room_id": place.room},
            {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "!consent 1"}, "room_id": "!elsewhere:localhost"},
        )
        for payload in spoofs:
            await mallory.sends_payload(place.room, payload)
        await place.says("Anna", "!consent 1")
        await sees(place, "Spoken: 1 of 1")
        await bot.sweeper.sweep()
        await place.says("Anna", "!status")
        shown = await sees(place, "turned away in the last 7 days", LIMIT)
    assert counts(sqlite_house) == {"sealed": 3, "edit": 1}
    assert "3 encrypted events that were not what they claimed" in shown
    assert mallory.id not in {row.ref for row in rows(sqlite_house, AccountRow)}  # type: ignore[attr-defined]
    assert [row.state for row in rows(sqlite_house, ProposalRow)] == ["open"]  # type: ignore[attr-defined]


def test_each_kind_has_its_words() -> None:
    for n in (1, 2):
        (line,) = turned_away(Voice(), dict.fromkeys(KINDS, n))
        assert str(line).count(str(n)) >= len(KINDS)
    assert turned_away(Voice(), {}) == []
