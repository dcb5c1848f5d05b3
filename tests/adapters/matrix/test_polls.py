"""Native polls beside boards: put up where reactions would be seen, answered, replaced, ended."""

from typing import Any

import pytest

from bot.chat.action import action
from bot.chat.incoming import BotAdded, KeyPressed
from bot.chat.message import Button, Message, message
from tests.adapters.matrix.conftest import Bot
from tests.support.matrix_people import EncryptedPerson, encrypted_person
from tests.support.synapse import Synapse

START, RESPONSE, END = (f"org.matrix.msc3381.poll.{kind}" for kind in ("start", "response", "end"))
CONSENT = Button("Consent", "👍", action("round.stance", 12, "consent"))
OBJECT = Button("Object", "✋", action("round.stance", 12, "object"))
ASIDE = Button("Stand aside", "🤷", action("round.stance", 12, "aside"))
BOARD = message("Shall we plant hazels?").with_rows((CONSENT, OBJECT))


async def polls(anna: EncryptedPerson, room: str, kind: str = START) -> list[dict[str, Any]]:
    return [event for event in await anna.timeline(room) if event["type"] == kind]


def ids(poll: dict[str, Any]) -> list[str]:
    return [answer["id"] for answer in poll["content"][START]["answers"]]


async def answers(anna: EncryptedPerson, room: str, poll: str, *chosen: str, kind: str = RESPONSE) -> None:
    said = {"m.selections": list(chosen)} if kind.startswith("m.") else {kind: {"answers": list(chosen)}}
    await anna.sends(room, kind, said | {"m.relates_to": {"rel_type": "m.reference", "event_id": poll}})


@pytest.mark.parametrize(
    ("encrypted", "said", "expected"),
    [
        (True, BOARD.as_poll(), True),
        (False, BOARD.as_poll(), False),
        (False, BOARD.as_poll("yes"), True),
        (True, BOARD, False),
        (True, BOARD.with_rows((CONSENT,)).as_poll("yes"), False),
        (True, BOARD.with_rows(*[(CONSENT,)] * 21).as_poll("yes"), False),
    ],
    ids=["encrypted", "plain", "preferred", "not asked for", "one answer", "too many"],
)
async def test_where_one_is_shown(synapse: Synapse, bot: Bot, encrypted: bool, said: Message, expected: bool) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=encrypted, invite=[bot])
        await bot.intake.until_some(BotAdded)
        ref = await bot.sends(adapter, room, said)
        shown = await anna.sees(room, "Shall we plant hazels?")
        found = await polls(anna, room)
    assert (shown.id, len(found), bool(shown.reactions)) == (ref.id, int(expected), not expected)
    assert "👍 1 · Consent" in shown.body
    for poll in found:
        assert ids(poll) == [button.action.packed for button in said.buttons]
        assert poll["content"]["m.relates_to"] == {"rel_type": "m.reference", "event_id": ref.id}
        assert bool(poll.get("encrypted")) == encrypted


@pytest.mark.parametrize("kind", [RESPONSE, "m.poll.response"])
async def test_an_answer_is_a_press_on_the_board(synapse: Synapse, bot: Bot, kind: str) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            ref = await bot.sends(adapter, room, BOARD.as_poll())
            (poll,) = await polls(anna, room)
            await answers(anna, room, poll["event_id"], "round.stance:12:consent", kind=kind)
            await bot.intake.until_some(KeyPressed)
        async with bot.runs():
            await answers(anna, room, poll["event_id"], "round.stance:12:object", kind=kind)
            await answers(anna, room, poll["event_id"], kind=kind)
            presses = await bot.intake.until_some(KeyPressed, 2)
            await anna.says(room, "!2")
            presses = await bot.intake.until_some(KeyPressed, 3)
    assert [(press.key, press.message_id, press.origin.person.id) for press in presses[:2]] == [
        ("round.stance:12:consent", ref.id, anna.id),
        ("round.stance:12:object", ref.id, anna.id),
    ]
    assert presses[2].key == "2"


@pytest.mark.parametrize("restarted", [False, True])
async def test_it_stands_while_the_board_changes_and_is_ended_with_it(synapse: Synapse, bot: Bot, restarted: bool) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        async with bot.runs() as adapter:
            room = await anna.creates_room(encrypted=True, invite=[bot])
            await bot.intake.until_some(BotAdded)
            ref = await bot.sends(adapter, room, BOARD.as_poll())
            if not restarted:
                await changes_and_ends(anna, bot, adapter, room, ref.id)
        if restarted:
            async with bot.runs() as adapter:
                await changes_and_ends(anna, bot, adapter, room, ref.id)


async def changes_and_ends(anna: EncryptedPerson, bot: Bot, adapter: Any, room: str, board: str) -> None:
    faces = ("👍", "✋")
    await bot.sends(
        adapter, room, (message("One consents.").with_rows((CONSENT, OBJECT))).as_poll(), edits=board, old_buttons=faces
    )
    (poll,) = await polls(anna, room)
    assert await polls(anna, room, END) == []
    more = message("Another answer.").with_rows((CONSENT, OBJECT, ASIDE)).as_poll()
    await bot.sends(adapter, room, more, edits=board, old_buttons=faces)
    first, second = await polls(anna, room)
    (end,) = await polls(anna, room, END)
    assert end["content"]["m.relates_to"]["event_id"] == first["event_id"] == poll["event_id"]
    assert len(ids(second)) == 3
    await bot.sends(adapter, room, message("Adopted."), edits=board, old_buttons=faces)
    ends = await polls(anna, room, END)
    assert [each["content"]["m.relates_to"]["event_id"] for each in ends] == [first["event_id"], second["event_id"]]
    assert (await anna.sees(room, "Adopted.")).id == board


async def test_answers_to_what_has_ended_and_to_polls_of_others_are_nothing(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(encrypted=False, invite=[bot])
        await bot.intake.until_some(BotAdded)
        ref = await bot.sends(adapter, room, BOARD.as_poll("yes"))
        (poll,) = await polls(anna, room)
        await bot.sends(adapter, room, message("Adopted."), edits=ref.id, old_buttons=("👍", "✋"))
        forged = poll["content"] | {"org.folkmoot.board": ref.id}
        theirs = await anna.sends(room, START, forged)
        for place in (poll["event_id"], theirs):
            await answers(anna, room, place, "round.stance:12:consent")
        await anna.says(room, "!2")
        presses = await bot.intake.until_some(KeyPressed)
    assert [press.key for press in presses] == ["2"]


async def test_the_same_op_is_the_same_poll(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna:
        for _ in range(2):
            async with bot.runs() as adapter:
                if not bot.intake.of(BotAdded):
                    room = await anna.creates_room(encrypted=True, invite=[bot])
                    await bot.intake.until_some(BotAdded)
                await bot.sends(adapter, room, BOARD.as_poll(), op="op")
        assert len(await polls(anna, room)) == 1


async def test_a_room_that_wants_the_other_way_gets_it_on_the_board_that_stands(synapse: Synapse, bot: Bot) -> None:
    async with encrypted_person(synapse, "Anna") as anna, bot.runs() as adapter:
        room = await anna.creates_room(invite=[bot])
        await bot.intake.until_some(BotAdded)
        board, faces = (await bot.sends(adapter, room, BOARD.as_poll())).id, ("👍", "✋")
        assert list((await anna.sees(room, "hazels")).reactions) == list(faces)
        for said, reactions, ended in (
            (BOARD.as_poll("yes"), [], 0),
            (BOARD.as_poll("no"), list(faces), 1),
            (BOARD.as_poll("yes"), [], 1),
        ):
            await bot.sends(adapter, room, said, edits=board, old_buttons=faces)
            assert list((await anna.sees(room, "hazels")).reactions) == reactions
            assert len(await polls(anna, room, END)) == ended
        assert len(await polls(anna, room)) == 2
