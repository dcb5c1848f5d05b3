"""How single events are understood, without any server: the ordinary ones, the odd ones, and any JSON at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.incoming import Scene, read
from adapters.matrix.memory import Known, Memory
from adapters.matrix.parsing import Event, dumps, flat, loads
from adapters.matrix.rooms import Room
from bot.chat.incoming import (
    ChatEncrypted,
    CommandSent,
    Incoming,
    KeyPressed,
    MemberJoined,
    MemberLeft,
    Replied,
    TakenBack,
    Unsuitable,
)
from bot.chat.refs import PersonRef

ME, ANNA, BEN = "@folkmoot:example.org", "@anna:example.org", "@ben:example.org"
BOARD, HERS, OTHER = "$board", "$hers", "$other"


def scene(direct: bool = False) -> Scene:
    room = Room("!room:example.org", direct=direct, title="Moot", joined={ME: "Folk Moot", ANNA: "Anna"})
    memory = Memory()
    memory.put(BOARD, Known(ME, "A board"))
    memory.put(HERS, Known(ANNA, "!vote 1"))
    memory.put(OTHER, Known(ANNA, "Words."))
    return Scene(ME, room, memory)


def event(content: Any, kind: str = "m.room.message", sender: str = ANNA, **more: Any) -> Event:
    return {"event_id": "$it", "sender": sender, "type": kind, "content": content} | more


def meant(told: Event, direct: bool = False) -> Incoming | None:
    received = read(told, scene(direct), dumps(told))
    assert received is None or not received.fault
    return received.event if received else None


def said(body: str, **more: Any) -> Incoming | None:
    return meant(event({"msgtype": "m.text", "body": body} | more))


def to(message: str) -> dict[str, Any]:
    return {"m.relates_to": {"m.in_reply_to": {"event_id": message}}}


@pytest.mark.parametrize(
    ("body", "command", "text", "addressed"),
    [
        ("!draw facilitator 2", "draw", "facilitator 2", False),
        ("/draw facilitator", "draw", "facilitator", False),
        ("!DRAW\nfacilitator", "draw", "facilitator", False),
        ("  !help  ", "help", "", False),
        ("\ufeff!help", "help", "", False),
        ("!draw@folkmoot x", "draw", "x", True),
        ("!draw@folkmoot:example.org x", "draw", "x", True),
        ("@folkmoot:example.org: !draw x", "draw", "x", True),
        ("@folkmoot:example.org draw x", "draw", "x", True),
    ],
)
def test_commands(body: str, command: str, text: str, addressed: bool) -> None:
    found = said(body)
    assert isinstance(found, CommandSent)
    assert (found.command, found.text, found.addressed) == (command, text, addressed)


@pytest.mark.parametrize("body", ["Folk Moot: draw x", "folkmoot, draw x", "@folkmoot draw x", "Folk Moot draw x"])
def test_a_mention_at_the_beginning_addresses_the_bot(body: str) -> None:
    found = said(body, **{"m.mentions": {"user_ids": [ME]}})
    assert isinstance(found, CommandSent)
    assert (found.command, found.text, found.addressed) == ("draw", "x", True)
    assert said(body) is None


@pytest.mark.parametrize(
    "body",
    [
        *(
            "",
            " ",
            "!",
            "!!!",
            "draw x",
            "> !draw x",
            "`!draw x`",
            "```\n!draw x\n```",
            "！ｄｒａｗ",
            "!draw@other x",
            "2",
            "! draw",
            "/",
        ),
        "!" * 9_999,
    ],
)
def test_no_commands(body: str) -> None:
    assert said(body) is None


def test_formatted_words_are_never_read() -> None:
    assert said("Hello.", formatted_body="!draw x", format="org.matrix.custom.html") is None


@pytest.mark.parametrize("kind", ["m.notice", "m.emote", "m.image", 5, None])
def test_only_what_people_type(kind: Any) -> None:
    assert meant(event({"msgtype": kind, "body": "!draw x"})) is None


def test_a_private_talk_is_always_addressed() -> None:
    found = meant(event({"msgtype": "m.text", "body": "!help"}), direct=True)
    assert isinstance(found, CommandSent)
    assert (found.addressed, found.origin.kind) == (True, "private")


def test_numbers() -> None:
    assert isinstance(found := said("!2"), KeyPressed)
    assert (found.key, found.message_id, found.typed, found.origin.message_id) == ("2", None, True, "$it")
    assert isinstance(found := said("02.", **to(BOARD)), KeyPressed)
    assert (found.key, found.message_id, found.typed) == ("2", BOARD, True)
    assert said("2", **to(HERS)) is None
    assert isinstance(said("!2", **to(HERS)), KeyPressed)


def test_replies() -> None:
    fallback = "> <@folkmoot:example.org> A board\n> !draw x\n\nI object."
    assert isinstance(found := said(fallback, **to(BOARD)), Replied)
    assert (found.text, found.quoted.text, found.quoted.mine) == ("I object.", "A board", True)
    assert said(fallback, **to(HERS)) is None
    assert isinstance(found := said("!object", **to(HERS)), CommandSent)
    assert found.quoted is not None
    assert not found.quoted.mine
    assert (found.quoted.by, found.me) == (PersonRef("matrix", ANNA), PersonRef("matrix", ME))


def test_threads() -> None:
    thread = {"rel_type": "m.thread", "event_id": "$root", "is_falling_back": True, "m.in_reply_to": {"event_id": BOARD}}
    assert isinstance(found := said("!help", **{"m.relates_to": thread}), CommandSent)
    assert (found.origin.thread, found.quoted) == ("$root", None)
    assert isinstance(said("Words.", **{"m.relates_to": thread | {"is_falling_back": False}}), Replied)


def test_mentions() -> None:
    told = {"m.mentions": {"user_ids": [ANNA, 5, "@nobody"]}}
    assert isinstance(found := said(f"!mandate Anna and {BEN}", **told), CommandSent)
    assert [(words, who.id) for words, who in found.mentions] == [("Anna", ANNA), (BEN, BEN)]


def test_reactions_and_polls() -> None:
    relation = {"rel_type": "m.annotation", "event_id": BOARD, "key": "❤️"}
    assert isinstance(found := meant(event({"m.relates_to": relation}, "m.reaction")), KeyPressed)
    assert (found.key, found.message_id, found.typed) == ("❤", BOARD, False)
    for key, meaning in (("✋🏽", "✋"), ("2️⃣", "2"), ("👨‍👩‍👧", "👨‍👩‍👧")):
        assert isinstance(found := meant(event({"m.relates_to": relation | {"key": key}}, "m.reaction")), KeyPressed)
        assert found.key == meaning
    assert meant(event({"m.relates_to": relation | {"event_id": HERS}}, "m.reaction")) is None
    poll = {"m.relates_to": {"rel_type": "m.reference", "event_id": BOARD}}
    for kind, answer in (
        ("m.poll.response", {"m.selections": ["a1", "a2"]}),
        ("org.matrix.msc3381.poll.response", {"org.matrix.msc3381.poll.response": {"answers": ["a1"]}}),
    ):
        assert isinstance(found := meant(event(poll | answer, kind)), KeyPressed)
        assert (found.key, found.message_id) == ("a1", BOARD)


def test_edits() -> None:
    def edited(of: str, words: str, sender: str = ANNA) -> Incoming | None:
        new = {"m.new_content": {"body": words}, "m.relates_to": {"rel_type": "m.replace", "event_id": of}}
        return meant(event({"msgtype": "m.text", "body": f"* {words}"} | new, sender=sender))

    assert isinstance(found := edited(HERS, "Never mind."), Unsuitable)
    assert (found.why, found.origin.message_id) == ("edited vote", HERS)
    assert found.commands == ("vote",)
    assert isinstance(found := edited(OTHER, "!draw cook"), Unsuitable)
    assert found.commands == ("draw",)
    assert isinstance(found := edited(OTHER, "!2"), Unsuitable)
    assert found.commands == ()
    assert isinstance(found := edited(OTHER, f"{ME}: draw cook"), Unsuitable)
    assert found.commands == ()
    assert edited(OTHER, "!draw@otherbot cook") is None
    assert edited(OTHER, "Words again.") is None
    assert edited(HERS, "!vote 2", sender=BEN) is None
    assert edited("$unknown", "!vote 2") is None
    assert meant(event({"msgtype": "m.text", "body": "* !x", "m.relates_to": {"rel_type": "m.replace", "event_id": HERS}})) is None


@pytest.mark.parametrize("place", [{"redacts": HERS}, {"content": {"redacts": HERS}}])
def test_redactions(place: dict[str, Any]) -> None:
    for sender, own in ((ANNA, True), (BEN, False)):
        assert isinstance(found := meant(event({}, "m.room.redaction", sender) | place), TakenBack)
        assert (found.of, found.by_author) == (HERS, own)


def test_members() -> None:
    def became(now: str, before: str | None, user: str = BEN) -> Incoming | None:
        unsigned: Any = {"unsigned": {"prev_content": {"membership": before}}} if before else {}
        return meant(event({"membership": now, "displayname": "Ben"}, "m.room.member", state_key=user, **unsigned))

    assert isinstance(became("join", "invite"), MemberJoined)
    assert isinstance(became("join", None), MemberJoined)
    assert isinstance(became("leave", "join"), MemberLeft)
    assert isinstance(became("ban", "join"), MemberLeft)
    for now, before, user in (
        ("join", "join", BEN),
        ("leave", "invite", BEN),
        ("ban", "leave", BEN),
        ("join", None, ANNA),
        ("join", None, ME),
    ):
        assert became(now, before, user) is None
    assert meant(event({"membership": "join"}, "m.room.member")) is None


def test_encryption() -> None:
    assert isinstance(meant(event({"algorithm": 5}, "m.room.encryption", state_key="")), ChatEncrypted)
    assert meant(event({}, "m.room.encryption")) is None


@pytest.mark.parametrize("sender", [ME, "", None, 5, "anna", "@" + "x" * 300 + ":y", "@a\0b:y"])
def test_senders_who_are_none(sender: Any) -> None:
    assert meant(event({"msgtype": "m.text", "body": "!help"}, sender=sender)) is None


@pytest.mark.parametrize("sender", ["@UPPER case:example.org", "@" + "x" * 240 + ":example.org", "@a/b:example.org"])
def test_senders_of_old(sender: str) -> None:
    assert isinstance(meant(event({"msgtype": "m.text", "body": "!help"}, sender=sender)), CommandSent)


@pytest.mark.parametrize("stamp", ["1", -1, 10**30, None, 0, 4_102_444_800_000])
def test_stamps_do_not_matter(stamp: Any) -> None:
    assert isinstance(meant(event({"msgtype": "m.text", "body": "!help"}, origin_server_ts=stamp, unsigned=[])), CommandSent)


KINDS = [
    *("m.room.message", "m.reaction", "m.room.redaction", "m.room.member", "m.room.encryption", "m.poll.response"),
    *("org.matrix.msc3381.poll.response", "m.room.name", "m.room.encrypted"),
]
WORDS = st.sampled_from(
    [
        *("msgtype", "m.text", "body", "!draw x", "2", "m.relates_to", "rel_type", "m.replace", "m.thread", "m.annotation", "key"),
        *("event_id", BOARD, HERS, "m.in_reply_to", "m.new_content", "m.mentions", "user_ids", ME, "membership", "join", "leave"),
        *("redacts", "displayname", "prev_content", "m.selections", "answers", "\ud800", "\0", "name"),
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6), max_leaves=25
)
FIELDS = ("content", "unsigned", "state_key", "redacts", "sender", "event_id", "type", "origin_server_ts")


@given(
    fields=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8),
    content=st.dictionaries(WORDS, ANYTHING, max_size=8) | ANYTHING,
    kind=st.sampled_from(KINDS),
)
def test_no_json_is_too_odd(fields: dict[str, Any], content: Any, kind: str) -> None:
    told = event(content, kind) | fields
    around = scene()
    received = read(told, around, dumps(told))
    assert received is None or not received.fault
    around.room.note(told)
    Memory().note(told)


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_shallow_json_is_left_as_it_is(value: Any) -> None:
    text = dumps(value)
    assert flat(text) == text


@pytest.mark.parametrize("depth", [99, 100, 101, 1_000, 200_000])
def test_deep_json_loses_only_its_depths(depth: int) -> None:
    text = '{"before": "[\\"", "deep": ' + "[" * depth + "]" * depth + ', "after": {"x": [1]}}'
    assert loads(text)["after"] == loads(flat(text))["after"] == {"x": [1]}


def test_numbers_without_end() -> None:
    assert loads("[" + "9" * 10_000 + ", -5]") == [0, -5]
