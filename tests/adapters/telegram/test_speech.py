"""What people say in Telegram, as the core hears of it."""

from collections.abc import Callable

import pytest

from adapters.telegram.incoming import read
from adapters.telegram.origins import Me
from bot.chat import incoming as said
from bot.chat.refs import ChatRef, PersonRef
from tests.adapters.telegram.scene import Scene

BOLD = {"type": "bold", "offset": 0, "length": 1}


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
    "forwarded": lambda s: s.anna.forwards(s.anna.says(s.anna.private, "/draw"), s.group),
    "via a bot": lambda s: s.anna.says(s.group, "/draw", via=s.server.other_bot("Inline").user),
    "as a caption": lambda s: s.anna.captions(s.group, "/draw"),
    "by a channel's copied post": lambda s: s.server.channel("News").posts(s.group, "/draw"),
    "in a channel": lambda s: s.server.world.emit(
        "channel_post", {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}}
    ),
}


COUNTED = {"edited into it": "edit", "forwarded": "forward", "via a bot": "forward", "by a channel's copied post": "forward"}


@pytest.mark.parametrize("way", WAYS_TO_NOT_SAY_IT)
def test_what_nobody_said_here_and_now_is_nothing_but_counted(scene: Scene, way: str) -> None:
    WAYS_TO_NOT_SAY_IT[way](scene)
    received = scene.hears()[-1].received
    assert (received.event, received.passed_over) == (None, COUNTED.get(way, ""))


def test_edits_of_what_was_never_for_us_are_not_counted(scene: Scene) -> None:
    scene.anna.edits(scene.anna.says(scene.group, "hello"), "hello all")
    assert scene.hears()[-1].received.passed_over == ""


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
    assert first.quoted == said.Quoted(str(theirs.id), "I object", by=PersonRef("telegram", str(scene.anna.id)))
    assert isinstance(second, said.CommandSent)
    assert second.quoted == said.Quoted(str(board.id), "Who is in?", mine=True, by=second.me)


def test_whom_a_command_names(scene: Scene) -> None:
    ben, cleo = scene.server.person("Ben"), scene.server.person("Cleo", username="cleo_x")
    marked = [{"type": "text_mention", "offset": 11, "length": 3, "user": {"id": ben.id, "is_bot": False, "first_name": "Ben"}}]
    scene.anna.replies(cleo.says(scene.group, "hm"), "/recall 🎩 Ben @cleo_x @Anna @folkmoot_bot @stranger", marked=marked)
    event = scene.event()
    assert event.mentions == (
        ("Ben", PersonRef("telegram", str(ben.id))),
        ("@cleo_x", PersonRef("telegram", str(cleo.id))),
        ("@Anna", PersonRef("telegram", str(scene.anna.id))),
        ("@folkmoot_bot", PersonRef("telegram", str(scene.me.id))),
    )
    assert event.me == PersonRef("telegram", str(scene.me.id))


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
