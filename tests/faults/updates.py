"""Telegram updates to a busy group, whole and wounded."""

from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.adapters.telegram.test_fuzz import ANYTHING, places, replaced
from tests.faults.doors import SHAPES, WHOLE
from tests.faults.texts import NASTY
from tests.support.moot import Moot

T = TypeVar("T")
ANY = st.deferred(lambda: ANYTHING)  # which is long to spell out
Update = dict[str, Any]
ME = 7000000001
CHAT = {"id": -100200300, "type": "supergroup", "title": "The moot"}
PRIVATE = {"id": 1001, "type": "private"}
ANNA = {"id": 1001, "is_bot": False, "first_name": "Anna", "username": "anna"}
BEN = {"id": 1002, "is_bot": False, "first_name": "Ben"}
SHORT = [text for text in NASTY.values() if len(text) < 300]
IDS = ("$1", "$2", "!moot:b", "@bot:b", "@ben:b", "", "@a:b", -1, 1001, 10**30)
WORDS = ("Soup", "Ben", "cook", "D-7 1", "D-5", "1", "until tomorrow", "Soup? | A | B")
MARKS: tuple[dict[str, Any], ...] = (
    {"edit_date": 9},
    {"forward_origin": {"type": "user", "sender_user": ANNA}},
    {"via_bot": {"id": 5, "is_bot": True, "first_name": "x"}},
    {"sender_chat": CHAT},
    {"sender_chat": {"id": -1005, "type": "channel", "title": "News"}},
    {"is_automatic_forward": True},
    {"from": ANNA | {"is_bot": True}},
    {"chat": CHAT | {"type": "channel"}},
    {"is_topic_message": True, "message_thread_id": 7},
    {"chat": PRIVATE},
    {"quote": {"text": "Soup", "position": 0, "is_manual": True}},
    {"new_chat_members": [BEN, ANNA | {"id": 77}]},
    {"left_chat_member": BEN},
    {"migrate_to_chat_id": -100777},
)


def message(number: int, text: str, **more: Any) -> Update:
    length = len(text.partition(" ")[0].encode("utf-16-le", "surrogatepass")) // 2
    entities = [{"type": "bot_command", "offset": 0, "length": length}] if text.startswith("/") else []
    said = {"message_id": number, "date": 1, "chat": CHAT, "from": ANNA, "text": text, "entities": entities}
    return {"update_id": number, "message": said | more}


def mine(standing_id: str) -> Update:
    sender = {"id": ME, "is_bot": True, "first_name": "Folkmoot"}
    return {"message_id": int(standing_id), "date": 1, "chat": CHAT, "from": sender, "text": "?", "reply_markup": {}}


def change(kind: str, status: str) -> Update:
    changed = {"chat": CHAT, "from": BEN, "date": 1, "old_chat_member": {"user": BEN, "status": "member"}}
    return {"update_id": 1, kind: changed | {"new_chat_member": {"user": BEN, "status": status}}}


def updates_to(bot: Moot) -> Sequence[Update]:
    """Whole ones: each command, each button, a reply to each message."""
    commands = [*(f"/{name}" for name in WHOLE), *(shape.replace("{}", WORDS[n % len(WORDS)]) for n, shape in enumerate(SHAPES))]
    data = sorted({(button.action.packed, standing.id) for standing in bot.room for button in standing.message.buttons})
    made = [message(1, text) for text in commands]
    made += [
        {"update_id": 1, "callback_query": {"id": "55", "from": ANNA, "message": mine(place), "data": packed, "chat_instance": "1"}}
        for packed, place in data
    ]
    made += [message(1, words, reply_to_message=mine(standing.id)) for standing in bot.room for words in ("Soup", "1")]
    made += [message(1, "/join", **marks) for marks in MARKS]
    made += [change(kind, status) for kind in ("chat_member", "my_chat_member") for status in ("left", "kicked")]
    made += [{"update_id": 1, "edited_message": message(1, "/join")["message"]}, {"update_id": 1, "stardust": {"x": 1}}]
    return made


def one_of(many: Sequence[T]) -> st.SearchStrategy[T]:
    """Like sampled_from, which spells out in full what it samples from."""
    return st.integers(0, len(many) - 1).map(lambda place: many[place])


def wounded(whole: Sequence[Any], marks: Sequence[Update] = MARKS) -> st.SearchStrategy[Any]:
    """One of them with a wound somewhere: another value, a nasty text, a mark that makes it unfit, or nothing left there."""
    sites = [(update, place) for update in whole for place in places(update)]
    new = ANY | one_of(SHORT) | st.integers(-(2**70), 2**70) | st.sampled_from(IDS)
    once = st.builds(lambda site, value: replaced(site[0], site[1], value), one_of(sites), new)
    marked = st.builds(marked_with, one_of(whole), one_of(marks))
    return once | once | marked | one_of(whole) | ANY


def marked_with(update: Update, marks: Update) -> Update:
    return {key: value | marks if isinstance(value, dict) else value for key, value in update.items()}


def numbered(update: Any, number: int) -> Any:
    """As Telegram would have it: each under a number of its own, unless that was wounded."""
    if not isinstance(update, dict):
        return update
    own = update | {"update_id": number} if update.get("update_id") == 1 else update
    match own:
        case {"callback_query": {"id": "55"} as press}:
            return own | {"callback_query": press | {"id": str(number)}}
        case {"message": {"message_id": 1} as said}:
            return own | {"message": said | {"message_id": number}}
    return own


def whose(update: Any) -> set[str]:
    """The accounts that an update can speak for at all: whole numbers in the place of a sender."""
    bodies = [body for body in update.values() if isinstance(body, dict)] if isinstance(update, dict) else []
    senders = [body.get("from") for body in bodies]
    return {str(sender["id"]) for sender in senders if isinstance(sender, dict) and type(sender.get("id")) is int}
