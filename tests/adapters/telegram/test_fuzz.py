"""Whatever Telegram, or somebody in its place, sends: reading it never raises, and what comes out can be kept."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.incoming import Reading, read, readings
from adapters.telegram.origins import Me

ME = Me(7000000001, "folkmoot_bot", frozenset({"draw"}))
NUMBERS = st.integers() | st.sampled_from([0, -1, 2**31, 2**63, 10**400]) | st.floats()
TEXTS = st.text(st.characters(), max_size=12) | st.sampled_from(
    ["/draw", "/draw@folkmoot_bot x", "private", "supergroup", "\ud800", "a\0b"]
)
USER = {"id": 7, "is_bot": False, "first_name": "Anna", "username": "anna"}
CHAT = {"id": -1001, "type": "supergroup", "title": "Moot"}
MINE = {
    "message_id": 4,
    "chat": CHAT,
    "from": {"id": ME.id, "is_bot": True},
    "text": "Who?",
    "reply_markup": {"inline_keyboard": []},
}
COMMAND = {"type": "bot_command", "offset": 0, "length": 5}
MESSAGE = {
    "message_id": 5,
    "date": 1,
    "chat": CHAT,
    "from": USER,
    "text": "/draw 🎩",
    "entities": [COMMAND],
    "reply_to_message": MINE,
}
CHANGE = {
    "chat": CHAT,
    "from": USER,
    "date": 1,
    "old_chat_member": {"user": USER, "status": "left"},
    "new_chat_member": {"user": USER, "status": "member"},
}
REAL: list[dict[str, Any]] = [
    {"update_id": 1, "message": MESSAGE},
    {"update_id": 2, "message": MESSAGE | {"new_chat_members": [USER, USER | {"id": 7}]}},
    {"update_id": 3, "callback_query": {"id": "55", "from": USER, "message": MINE, "data": "draw.shake:1"}},
    {"update_id": 4, "chat_member": CHANGE},
    {"update_id": 5, "my_chat_member": CHANGE},
]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


def replaced(data: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = data.copy()
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


KEYS = st.sampled_from(sorted({key for update in REAL for place in places(update) for key in place if isinstance(key, str)}))
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | TEXTS, inner, max_size=6),
    max_leaves=25,
)
WOUNDED = st.sampled_from([(update, place) for update in REAL for place in places(update)])


def can_be_kept(reading: Reading) -> None:
    names = reading.received.ids
    assert all(name.isascii() and name.isprintable() and len(name) < 200 for name in names)
    assert json.loads(reading.received.raw) is not None or reading.received.raw == "null"
    assert not (reading.received.event and reading.received.fault)


def all_can_be_kept(update: Any) -> None:
    found = readings(update, ME)
    assert len({reading.received.id for reading in found}) == len(found) > 0
    for reading in found:
        can_be_kept(reading)


@given(ANYTHING)
def test_any_json_is_read_without_a_fall(update: Any) -> None:
    all_can_be_kept(update)


@given(WOUNDED, ANYTHING)
def test_a_real_update_with_a_wound_is_read_without_a_fall(wounded: tuple[Any, tuple[Any, ...]], new: Any) -> None:
    update, place = wounded
    all_can_be_kept(replaced(update, place, new))


def test_the_real_updates_are_understood() -> None:
    assert all(read(update, ME).received.event for update in REAL)


def test_depth_is_no_danger() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    can_be_kept(read({"update_id": 1, "message": {"message_id": 1, "chat": CHAT, "from": USER, "text": "x", "entities": deep}}, ME))
    can_be_kept(read(deep, ME))
