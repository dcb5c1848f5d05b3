"""What people do in Telegram, as the core hears of it: read from raw updates, without any network."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.telegram.incoming import Reading, read
from adapters.telegram.origins import Me
from bot.chat import incoming as said
from bot.chat.refs import ChatRef, PersonRef
from tests.support.botapi import BotApi
from tests.support.botapi.updates import KINDS

BOLD = {"type": "bold", "offset": 0, "length": 1}


class Scene:
    """A group and a person; `hears` reads what waits for the bot."""

    def __init__(self, **group: Any) -> None:
        self.server = BotApi()
        self.server.world.privacy = False
        self.server.queue.allow(KINDS)
        self.group = self.server.group("Garden", **{"bot": "administrator"} | group)
        self.anna = self.server.person("Anna", last_name="Berg", username="anna")
        self.me = Me(self.server.me.id, self.server.me.username)

    def hears(self) -> list[Reading]:
        updates = self.server.queue.page(0, 100)
        self.server.queue.drop_all()
        return [read(update, self.me) for update in updates]

    def events(self) -> list[said.Incoming | None]:
        readings = self.hears()
        assert not [reading.received.fault for reading in readings if reading.received.fault]
        return [reading.received.event for reading in readings]

    def event(self) -> Any:
        return self.events()[-1]

    def board(self) -> Any:
        """A message of the bot's, with a button."""
        row = [{"text": "🎩 Count me in", "callback_data": "join:1"}]
        content = {"text": "Who is in?", "reply_markup": {"inline_keyboard": [row]}}
        return self.server.world.stands(self.group.chat, content, sender=self.server.me)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_command_with_all_that_is_known_of_it(scene: Scene) -> None:
    post = scene.anna.says(scene.group, "/Draw  facilitator 2")
    event = scene.event()
    assert event == said.CommandSent(event.origin, "draw", "facilitator 2")
    assert event.origin == said.Origin(
        ChatRef("telegram", str(scene.group.id)),
        PersonRef("telegram", str(scene.anna.id)),
        "Anna Berg",
        chat_title="Garden",
        message_id=str(post.id),
        handle="anna",
    )


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/DRAW x", ("draw", "x", False)),
        ("/draw@folkmoot_bot x", ("draw", "x", True)),
        ("/draw@FOLKMOOT_BOT\nx", ("draw", "x", True)),
        ("/draw 🎩 b\0c", ("draw", "🎩 b\0c", False)),
        ("/draw@other_bot x", None),
        ("please /draw x", None),
        ("／draw x", None),
        ("\ufeff/draw x", None),
        ("/", None),
        ("/ draw", None),
        ("//draw", None),
        ("/größe", None),
        ("/" + "a" * 100, None),
        ("draw", None),
    ],
)
def test_what_is_a_command(scene: Scene, typed: str, command: tuple[str, str, bool] | None) -> None:
    scene.anna.says(scene.group, typed)
    event = scene.event()
    assert (event and (event.command, event.text, event.addressed)) == command


@pytest.mark.parametrize("kind", ["code", "pre", "blockquote", "expandable_blockquote"])
def test_no_command_stands_in_code_or_in_a_quote(scene: Scene, kind: str) -> None:
    scene.anna.says(scene.group, "/draw x", marked=[{"type": kind, "offset": 0, "length": 7}])
    assert scene.event() is None


Way = Callable[[Scene], object]
WAYS_TO_NOT_SAY_IT: dict[str, Way] = {
    "edited into it": lambda s: s.anna.edits(s.anna.says(s.group, "draw"), "/draw"),
    "forwarded": lambda s: s.anna.forwards(
        s.anna.private.world.stands(s.group.chat, {"text": "/draw"}, sender=s.anna.user), s.group
    ),
    "via a bot": lambda s: s.anna.says(s.group, "/draw", via=s.server.other_bot("Inline").user),
    "as a caption": lambda s: s.anna.captions(s.group, "/draw"),
    "by a channel's copied post": lambda s: s.server.channel("News").posts(s.group, "/draw"),
    "in a channel": lambda s: s.server.world.emit(
        "channel_post", {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}}
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_NOT_SAY_IT)
def test_what_nobody_said_here_and_now_is_nothing(scene: Scene, way: str) -> None:
    WAYS_TO_NOT_SAY_IT[way](scene)
    assert scene.events()[-1:] == [None]


def test_what_a_bot_says_is_nothing(scene: Scene) -> None:
    update = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": -1, "type": "group"},
        "text": "/draw",
        "entities": [BOLD | {"type": "bot_command", "length": 5}],
    }
    speaker = {"id": 5, "is_bot": True, "first_name": "Helper"}
    assert read({"update_id": 1, "message": update | {"from": speaker}}, scene.me).received.event is None
    assert read({"update_id": 1, "message": update | {"from": speaker | {"is_bot": False}}}, scene.me).received.event is not None


def test_nobody_in_person(scene: Scene) -> None:
    scene.anna.says(scene.group, "/draw", anonymously=True)
    scene.server.channel("News").says(scene.group, "/draw@folkmoot_bot")
    scene.anna.says(scene.group, "hello", anonymously=True)
    assert [event and (type(event), getattr(event, "why", "")) for event in scene.events()] == [
        (said.Unsuitable, "anonymous"),
        (said.Unsuitable, "channel"),
        None,
    ]


def test_commands_that_others_answer_are_not_refused_to_nobody(scene: Scene) -> None:
    scene.me = Me(scene.me.id, scene.me.username, frozenset({"draw"}))
    for typed in ("/ban", "/draw", "/ban@folkmoot_bot"):
        scene.anna.says(scene.group, typed, anonymously=True)
    assert [type(event) for event in scene.events()] == [type(None), said.Unsuitable, said.Unsuitable]


def test_an_answer_stays_in_the_topic_of_the_question() -> None:
    scene = Scene(topics=True)
    topic = scene.group.topic("Compost")
    scene.anna.says(scene.group, "/draw", thread=topic)
    event = scene.event()
    assert (event.origin.thread, event.quoted) == (str(topic.id), None)


def test_a_reply_that_is_no_topic_has_no_thread(scene: Scene) -> None:
    post = scene.anna.replies(scene.board(), "/draw")
    update = {"update_id": 1, "message": {**scene.server.queue.waiting[-1].body["message"], "message_thread_id": 3}}
    assert read(update, scene.me).received.event.origin.thread is None  # type: ignore[union-attr]
    assert post.thread is None


def test_a_command_in_private(scene: Scene) -> None:
    scene.anna.says(scene.anna.private, "/start")
    event = scene.event()
    assert (event.addressed, event.origin.kind, event.origin.chat.id) == (True, "private", str(scene.anna.id))


def test_a_command_that_answers_a_message_carries_it(scene: Scene) -> None:
    theirs = scene.anna.says(scene.group, "I object")
    scene.anna.replies(theirs, "/withdraw")
    board = scene.board()
    scene.anna.replies(board, "/withdraw")
    _, first, second = scene.events()
    assert isinstance(first, said.CommandSent)
    assert first.quoted == said.Quoted(str(theirs.id), "I object")
    assert isinstance(second, said.CommandSent)
    assert second.quoted == said.Quoted(str(board.id), "Who is in?", mine=True)


def test_whom_a_command_names(scene: Scene) -> None:
    ben, cleo = scene.server.person("Ben"), scene.server.person("Cleo", username="cleo_x")
    marked = [{"type": "text_mention", "offset": 11, "length": 3, "user": {"id": ben.id, "is_bot": False, "first_name": "Ben"}}]
    scene.anna.replies(cleo.says(scene.group, "hm"), "/recall 🎩 Ben @cleo_x @Anna @folkmoot_bot @stranger", marked=marked)
    assert scene.event().mentions == (
        ("Ben", PersonRef("telegram", str(ben.id))),
        ("@cleo_x", PersonRef("telegram", str(cleo.id))),
        ("@Anna", PersonRef("telegram", str(scene.anna.id))),
        ("@folkmoot_bot", PersonRef("telegram", str(scene.me.id))),
    )


def test_words_in_answer_to_the_bot(scene: Scene) -> None:
    board = scene.board()
    scene.anna.replies(board, "because of the roots")
    scene.anna.replies(scene.anna.says(scene.group, "hm"), "not for the bot")
    replied, _, aside = scene.events()
    assert isinstance(replied, said.Replied)
    assert (replied.text, replied.quoted.message_id, aside) == ("because of the roots", str(board.id), None)


@pytest.mark.parametrize(("typed", "key"), [("1", "1"), (" 07 ", "7"), ("1000", None), ("-1", None), ("1.", None)])
def test_a_number_in_answer_to_a_board_is_a_press(scene: Scene, typed: str, key: str | None) -> None:
    board = scene.board()
    scene.anna.replies(board, typed)
    event = scene.event()
    assert event == (
        said.KeyPressed(event.origin, key, str(board.id), typed=True) if key else said.Replied(event.origin, typed, event.quoted)
    )


def test_a_number_in_answer_to_mere_words_is_words(scene: Scene) -> None:
    scene.anna.replies(scene.server.world.stands(scene.group.chat, {"text": "How many?"}, sender=scene.server.me), "3")
    assert isinstance(scene.event(), said.Replied)


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
    assert [type(event) for event in scene.events() if event] == [said.BotRemoved]


@pytest.mark.parametrize("bot", ["member", "administrator"])
def test_people_come_and_go_once_however_often_it_is_told(bot: str) -> None:
    scene = Scene(bot=bot)
    ben = scene.server.person("Ben")
    scene.anna.adds(scene.group, ben)
    ben.leaves(scene.group)
    seen: set[str] = set()
    taken = []
    for reading in scene.hears():
        if not seen & set(reading.received.ids):
            seen |= set(reading.received.ids)
            taken.append(reading.received.event)
    assert [(type(event), event.origin.person.id) for event in taken if event] == [
        (said.MemberJoined, str(ben.id)),
        (said.MemberLeft, str(ben.id)),
    ]


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
