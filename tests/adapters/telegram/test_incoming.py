"""What people do in Telegram apart from speaking, and what is odd about updates, as the core hears of it."""

from typing import Any

import pytest

from adapters.telegram.incoming import Reading, read, readings
from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from tests.adapters.telegram.scene import Scene
from tests.support.botapi import shapes


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_press(scene: Scene) -> None:
    board = scene.board()
    tap = scene.anna.taps(board, "Count me in")
    (reading,) = scene.hears()
    event = reading.received.event
    assert isinstance(event, said.ButtonTapped)
    assert (event.data, event.origin.message_id, event.origin.name) == ("join:1", str(board.id), "Anna Berg")
    assert reading.tap_id == tap.id
    assert reading.received.ids[1:] == (f"tap:{tap.id}",)


@pytest.mark.parametrize("data", ["", "\0", "\ud800", "x" * 64, "draw.shake:999", "💥"])
def test_a_forged_press_comes_through_as_it_is(data: str) -> None:
    scene = Scene()
    body = {
        "id": "55",
        "from": {"id": 7, "first_name": "A"},
        "message": {"message_id": 1, "chat": {"id": -1, "type": "group"}},
        "data": data,
    }
    reading = read({"update_id": 1, "callback_query": body}, scene.me)
    assert isinstance(reading.received.event, said.ButtonTapped)
    assert reading.received.event.data == data


def test_presses_without_a_message_or_without_data_are_only_answered(scene: Scene) -> None:
    board = scene.board()
    taps = [scene.anna.presses_inline("join:1"), scene.anna.presses(board, None)]
    readings = scene.hears()
    assert [(reading.tap_id, reading.received.event) for reading in readings] == [(tap.id, None) for tap in taps]


def test_a_press_on_a_message_that_is_gone_still_has_its_place(scene: Scene) -> None:
    board = scene.board()
    board.deleted = True
    scene.anna.presses(board, "join:1")
    assert scene.event().origin.message_id == str(board.id)


def test_the_bot_comes_is_promoted_and_goes() -> None:
    scene = Scene(bot=None)
    scene.anna.adds_bot(scene.group)
    scene.anna.gives_bot(scene.group, "administrator")
    scene.anna.gives_bot(scene.group, "restricted", may_send=False)
    scene.anna.kicks_bot(scene.group)
    events = [event for event in scene.events() if event is not None]
    assert [type(event) for event in events] == [said.BotAdded, said.BotRemoved]
    assert events[0].origin.person.id == str(scene.anna.id)


def test_a_person_blocks_the_bot_and_lets_it_back(scene: Scene) -> None:
    scene.anna.says(scene.anna.private, "hello")
    scene.anna.gives_bot(scene.anna.private, "member")
    scene.anna.blocks_bot()
    scene.anna.unblocks_bot()
    assert [type(event) for event in scene.events() if event] == [said.Replied, said.BotRemoved]


def taken_once(readings: list[Reading]) -> list[said.Incoming]:
    """The events as an intake takes them: each once, whatever else it is told under."""
    seen: set[str] = set()
    taken = []
    for received in (reading.received for reading in readings):
        if not seen & set(received.ids) and received.event:
            taken.append(received.event)
        seen |= set(received.ids)
    return taken


@pytest.mark.parametrize("bot", ["member", "administrator"])
def test_people_come_and_go_once_however_often_it_is_told(bot: str) -> None:
    scene = Scene(bot=bot)
    ben = scene.server.person("Ben")
    scene.anna.adds(scene.group, ben)
    ben.leaves(scene.group)
    assert [(type(event), event.origin.person.id) for event in taken_once(scene.hears())] == [
        (said.MemberJoined, str(ben.id)),
        (said.MemberLeft, str(ben.id)),
    ]


@pytest.mark.parametrize("bot", ["member", "administrator"])
def test_each_of_those_who_are_added_together_comes_in(bot: str) -> None:
    scene = Scene(bot=bot)
    people = [scene.server.person(name) for name in ("Ben", "Cleo", "Dana")]
    scene.anna.adds(scene.group, *people)
    taken = taken_once(scene.hears())
    assert [(type(event), event.origin.person.id) for event in taken] == [(said.MemberJoined, str(who.id)) for who in people]


def test_those_who_are_added_with_the_bot_come_in_too(scene: Scene) -> None:
    others = [scene.server.person(name).user for name in ("Ben", "Cleo")]
    joined = [shapes.of_user(user) for user in (others[0], scene.server.me, others[1])]
    scene.group.serve({"new_chat_members": joined}, scene.anna.user)
    (update,) = scene.server.queue.page(0, 100)
    again = update | {"update_id": update["update_id"] + 77}
    taken = taken_once([*readings(update, scene.me), *readings(update, scene.me), *readings(again, scene.me)])
    assert [event.origin.person.id for event in taken] == [str(user.id) for user in others]


def test_other_bots_come_and_go_unnoticed(scene: Scene) -> None:
    helper = scene.server.other_bot("Helper")
    helper.becomes(scene.group, "member", by=scene.anna)
    helper.becomes(scene.group, "left", by=scene.anna)
    assert scene.events() == [None, None]


def test_a_group_that_moves_is_told_of_once() -> None:
    scene = Scene(kind="group")
    new = scene.group.upgrades()
    moved = [event for event in scene.events() if event is not None]
    assert [(type(event), getattr(event, "to", None)) for event in moved] == [(said.ChatMoved, ChatRef("telegram", str(new.id)))]
    assert moved[0].origin.chat.id == str(scene.group.id)


def test_the_same_message_has_one_name_more_than_its_update(scene: Scene) -> None:
    post = scene.anna.says(scene.group, "/draw")
    (reading,) = scene.hears()
    assert reading.received.ids[1:] == (f"message:{scene.group.id}:{post.id}",)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "stardust": {"colour": "blue"}},
        {"update_id": 1, "poll": {"id": "5"}},
        {"update_id": 1, "message": {"message_id": 1, "chat": {"id": -1, "type": "starship"}, "text": "/draw"}},
        {"update_id": 1, "message": {"message_id": 1, "chat": {"id": -1, "type": "group"}, "novelty": [[]]}},
    ],
)
def test_what_is_unknown_is_nothing(scene: Scene, update: dict[str, Any]) -> None:
    received = read(update, scene.me).received
    assert (received.event, received.fault, received.ids[0]) == (None, "", "update:1")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"message_id": 1, "chat": None}},
        {"update_id": 1, "message": {"message_id": "1", "chat": {"id": -1, "type": "group"}}},
        {"update_id": 1, "message": {"message_id": 1, "chat": {"id": True, "type": "group"}}},
        {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 10**30, "type": "group"}}},
        {"update_id": 1, "message": {"message_id": 1, "chat": {"id": -1, "type": "group"}, "text": 5}},
        {"update_id": 1, "my_chat_member": 7},
        {"update_id": 1, "callback_query": {"id": "5", "from": None}},
        {"update_id": 1, "callback_query": {"id": "\ud800", "from": {"id": 5}}},
    ],
)
def test_what_is_malformed_becomes_a_dead_letter(scene: Scene, update: dict[str, Any]) -> None:
    received = read(update, scene.me).received
    assert (received.event, received.fault, received.ids[0]) == (None, "ValueError", "update:1")
    assert received.raw.startswith('{"update_id": 1')


def test_updates_without_an_id_are_told_apart_by_what_they_say(scene: Scene) -> None:
    names = {read(update, scene.me).received.id for update in ({}, {"message": 1}, None, 5, [1])}
    assert len(names) == 5


def test_names_are_taken_as_they_are(scene: Scene) -> None:
    wild = scene.server.person("✅ RESULT: passed\u202e", last_name="</b>\ud800")
    body = {"id": "5", "from": {"id": wild.id, "first_name": wild.user.first_name, "last_name": wild.user.last_name}}
    place = {"message": {"message_id": 1, "chat": {"id": -1, "type": "group", "title": "\ud800"}}, "data": "x"}
    event = read({"update_id": 1, "callback_query": body | place}, scene.me).received.event
    assert event is not None
    assert event.origin.name == "✅ RESULT: passed\u202e </b>\ud800"
