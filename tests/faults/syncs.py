"""Events of a Matrix room in which much is going on, whole and wounded, in clear and encrypted."""

import json
from collections.abc import Sequence
from typing import Any

import vodozemac
from hypothesis import strategies as st

from adapters.matrix.cipher import MEGOLM, OLM, Cipher
from tests.faults.doors import SHAPES, WHOLE
from tests.faults.updates import ANY, SHORT, WORDS, one_of, wounded
from tests.support.moot import Moot

Event = dict[str, Any]
ROOM, ANNA, BEN, ME = "!moot:b", "@anna:b", "@ben:b", "@bot:b"
MARKS: tuple[Event, ...] = (
    {"msgtype": "m.notice"},
    {"m.relates_to": {"rel_type": "m.replace", "event_id": "$2"}},
    {"m.relates_to": [1]},
    {"m.new_content": {"body": "!no"}},
    {"redacted_because": {}},
    {"body": 5},
)
STRANGE_KEYS = "A" * 43


def event(kind: str, content: Any, **more: Any) -> Event:
    told = {"type": kind, "event_id": "$1", "sender": ANNA, "origin_server_ts": 1, "content": content, "unsigned": {"age": 5}}
    return told | more


def says(body: str, **more: Any) -> Event:
    return event("m.room.message", {"msgtype": "m.text", "body": body, "m.mentions": {}} | more)


def member(user: str, membership: str, before: str = "join") -> Event:
    told = {"unsigned": {"prev_content": {"membership": before}, "prev_sender": BEN, "replaces_state": "$0"}}
    return event("m.room.member", {"membership": membership, "displayname": "Ben"}, state_key=user, **told)


def events_to(bot: Moot) -> Sequence[Event]:
    """Whole ones: each command, a reaction and an answer to each board, and all that happens in a room."""
    shaped = (f"!{shape[1:]}".replace("{}", WORDS[n % len(WORDS)]) for n, shape in enumerate(SHAPES))
    made = [says(text) for text in (*(f"!{name}" for name in WHOLE), *shaped)]
    for standing in bot.room:
        made += [says(words, **{"m.relates_to": {"m.in_reply_to": {"event_id": standing.id}}}) for words in ("Soup", "1")]
        for button in standing.message.buttons:
            relation = {"rel_type": "m.annotation", "event_id": standing.id, "key": button.emoji or "1"}
            answer = {"m.relates_to": {"rel_type": "m.reference", "event_id": standing.id}, "m.selections": [button.action.packed]}
            made += [event("m.reaction", {"m.relates_to": relation}), event("m.poll.response", answer)]
    made += [says("!yes", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}, "m.new_content": {"body": "!no"}})]
    made += [says("!join", **{"m.relates_to": {"rel_type": "m.thread", "event_id": "$9", "is_falling_back": True}})]
    made += [event("m.room.redaction", {"redacts": "$1"}, redacts="$1")]
    return [
        *made,
        *STATE,
        *(member(user, way) for user in (BEN, ME, "@new:b") for way in ("join", "leave", "ban", "invite", "knock")),
    ]


WAYS = ("join", "leave", "ban", "invite", "knock")
STATE = (
    event("m.room.encryption", {"algorithm": MEGOLM}, state_key=""),
    event("m.room.name", {"name": "Hall"}, state_key=""),
    event("m.room.create", {"predecessor": {"room_id": "!old:b"}}, state_key=""),
    event("m.room.tombstone", {"replacement_room": "!new:b"}, state_key=""),
)


class Sealing:
    """Encrypts anything at all, so that this cipher can read it."""

    def __init__(self, cipher: Cipher) -> None:
        self.session = vodozemac.GroupSession()
        self.id, key = self.session.session_id, self.session.session_key.to_base64()
        cipher.olm.create_group_session(STRANGE_KEYS, STRANGE_KEYS, ROOM, self.id, key)

    def sealed(self, payload: Any, outside: Event) -> Event:
        told = {"room_id": ROOM} | payload if isinstance(payload, dict) else payload
        plaintext = payload if isinstance(payload, str) else json.dumps(told)
        ciphertext = self.session.encrypt(plaintext.encode("utf-8", "replace")).to_base64()
        content = {"algorithm": MEGOLM, "session_id": self.id, "sender_key": STRANGE_KEYS, "ciphertext": ciphertext}
        return event("m.room.encrypted", content | outside)


def letter(mine: str) -> Event:
    sealed = {mine: {"type": 0, "body": "AAAA"}}
    content = {"algorithm": OLM, "sender_key": STRANGE_KEYS, "ciphertext": sealed}
    return {"type": "m.room.encrypted", "sender": BEN, "content": content}


def syncs(whole: Sequence[Event], sealing: Sealing, mine: str) -> st.SearchStrategy[Event]:
    """Answers with events of all kinds in the room, and whatever else can stand in one."""
    wounds = wounded(whole, MARKS)
    hurt = st.deferred(lambda: wounds)
    secret = st.builds(sealing.sealed, hurt | one_of(SHORT), st.just({}) | st.dictionaries(st.just("m.relates_to"), ANY))
    events = st.lists(hurt | hurt | secret, min_size=25, max_size=25)
    state = st.lists(hurt, max_size=2)
    other = st.dictionaries(st.sampled_from(["!new:b", "!old:b", "!x", ""]), ANY | room(state, state), max_size=1)
    told: dict[str, st.SearchStrategy[Any]] = {
        "rooms": st.builds(
            lambda mine, others, invited, left: {"join": others | {ROOM: mine}, "invite": invited, "leave": left},
            room(events, state),
            other,
            st.dictionaries(st.text(max_size=5), ANY | invitations(), max_size=1),
            other,
        ),
        "to_device": st.fixed_dictionaries({"events": st.lists(wounded([letter(mine)], MARKS), max_size=2)}),
        "device_lists": ANY | st.fixed_dictionaries({"changed": ANY, "left": ANY}),
        "device_one_time_keys_count": ANY | st.fixed_dictionaries({"signed_curve25519": ANY}),
        "device_unused_fallback_key_types": ANY,
    }
    return st.fixed_dictionaries({"next_batch": st.just("s2")}, optional=told).filter(lambda sync: "rooms" in sync)


def room(events: st.SearchStrategy[Any], state: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    timeline = st.fixed_dictionaries({"events": events}, optional={"limited": st.booleans(), "prev_batch": st.just("s1") | ANY})
    return st.fixed_dictionaries({"timeline": timeline}, optional={"state": st.fixed_dictionaries({"events": state})})


def invitations() -> st.SearchStrategy[Event]:
    invite = event("m.room.member", {"membership": "invite", "is_direct": True}, state_key=ME)
    return st.fixed_dictionaries(
        {"invite_state": st.fixed_dictionaries({"events": st.lists(wounded([invite], MARKS), max_size=2)})}
    )
