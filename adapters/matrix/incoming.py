"""From one event of a room to what it means for the core. Pure: an event and what is known go in, a Received comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from adapters.matrix.memory import Known, answered, redacted, target, thread_of
from adapters.matrix.parsing import Event, branch, name, person, words
from adapters.matrix.rooms import Room, is_about, membership_before
from adapters.matrix.spoken import Spoken, mentioned_people, mentions, quoted_words, understood, without_fallback
from bot.chat.incoming import (
    ChatEncrypted,
    CommandSent,
    Incoming,
    KeyPressed,
    MemberJoined,
    MemberLeft,
    Origin,
    Quoted,
    Received,
    Replied,
    TakenBack,
    Unsuitable,
)
from bot.chat.refs import ChatRef, PersonRef

PLATFORM = "matrix"
SAME_FACE = re.compile("[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")  # colour selector, key frame, tones of skin
LONGEST_KEY = 100
POLL_ANSWERS = ("m.poll.response", "org.matrix.msc3381.poll.response")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an event happened and what was said before it."""

    me: str
    room: Room
    recall: Callable[[str], Known | None]

    @property
    def my_names(self) -> tuple[str, ...]:
        local = self.me[1:].partition(":")[0]
        return (self.me, f"@{local}", local, self.room.joined.get(self.me, ""))

    def origin(self, event: Event, message_id: str | None = None, thread: str | None = None) -> Origin:
        sender = person(event.get("sender"))
        return origin(self.room, sender, self.room.name_of(sender), message_id or name(event.get("event_id")), thread)


def origin(room: Room, user: str, shown: str, message_id: str | None = None, thread: str | None = None) -> Origin:
    chat, who = ChatRef(PLATFORM, room.id), PersonRef(PLATFORM, user)
    return Origin(chat, who, shown, room.kind, room.title, thread, message_id, handle=user[1:])


def read(event: Event, scene: Scene, raw: str) -> Received | None:
    """None: nothing that concerns us. Never raises: what we fail to read comes out as a fault."""
    event_id, sender = name(event.get("event_id")), person(event.get("sender"))
    if not event_id or not sender or (sender == scene.me and event.get("type") != "m.room.encryption"):
        return None
    try:
        meant = meaning(event, scene)
    except Exception as fault:
        return Received((event_id,), raw, fault=type(fault).__name__)
    if meant is None and is_edit_of_anothers(event, scene):
        return Received((event_id,), raw, passed_over="edit")
    return Received((event_id,), raw, meant) if meant else None


def is_edit_of_anothers(event: Event, scene: Scene) -> bool:
    """Somebody would put words into another's mouth."""
    edited = target(branch(event, "content"), "m.replace") if event.get("type") == "m.room.message" else ""
    before = scene.recall(edited) if edited else None
    return before is not None and bool(before.sender) and before.sender != person(event.get("sender"))


def meaning(event: Event, scene: Scene) -> Incoming | None:
    match event.get("type"):
        case "m.room.message":
            return message(event, scene)
        case "m.reaction":
            return reaction(event, scene)
        case "m.poll.response" | "org.matrix.msc3381.poll.response":
            return poll_answer(event, scene)
        case "m.room.redaction":
            return taken_back(event, scene)
        case "m.room.member":
            return membership(event, scene)
        case "m.room.encryption" if event.get("state_key") == "":
            return ChatEncrypted(scene.origin(event))
    return None


def message(event: Event, scene: Scene) -> Incoming | None:
    """Only what people type: notices are for other bots, captions and emotes are no commands."""
    content = branch(event, "content")
    body = content.get("body")
    if content.get("msgtype") != "m.text" or not isinstance(body, str):
        return None
    if edited := target(content, "m.replace"):
        return edit(event, content, edited, scene)
    answers, where = answered(content), scene.origin(event, thread=thread_of(content))
    said = spoken_in(content, body if not answers else without_fallback(body), scene)
    quoted = quotation(answers, scene, quoted_words(body))
    if said.command:
        return command(where, said, content, quoted, scene)
    ours = quoted if quoted and quoted.mine else Quoted("", mine=True) if where.kind == "private" else None
    if said.number and (said.marked or ours):
        return KeyPressed(where, said.number, (ours.message_id or None) if ours else None, typed=True)
    return Replied(where, said.text, ours) if ours and said.text else None


def spoken_in(content: Event, text: str, scene: Scene) -> Spoken:
    return understood(text, scene.my_names, scene.me in mentioned_people(content))


def quotation(answers: str, scene: Scene, told: str = "") -> Quoted | None:
    """`told`: the words which the answer itself says that it quotes, where the message cannot be read."""
    known = scene.recall(answers) if answers else None
    if known is None:
        return None
    by = PersonRef("matrix", known.sender) if known.sender else None
    return Quoted(answers, without_fallback(known.text) or told, known.sender == scene.me, by)


def command(where: Origin, said: Spoken, content: Event, quoted: Quoted | None, scene: Scene) -> CommandSent | None:
    if said.for_others:
        return None
    meant = tuple(mentions(said.rest, mentioned_people(content), scene.room.joined))
    addressed = said.addressed or where.kind == "private"
    return CommandSent(where, said.command, said.rest, addressed, quoted, meant, PersonRef("matrix", scene.me))


def edit(event: Event, content: Event, edited: str, scene: Scene) -> Unsuitable | None:
    """An edit never votes or commands; who edits a vote or command of their own is told so, if it is one of ours."""
    before, now = scene.recall(edited), branch(content, "m.new_content").get("body")
    if before is None or before.sender != person(event.get("sender")) or not isinstance(now, str):
        return None
    said = [understood(text, scene.my_names, mentioned=False) for text in (now, without_fallback(before.text))]
    answered_us = quotation(before.answers, scene)
    where, meant = scene.origin(event, edited, before.thread), [each for each in said if not each.for_others]
    if (answered_us and answered_us.mine) or any(each.marked and (each.number or each.addressed) for each in meant):
        return Unsuitable(where, "edited vote")
    commands = tuple(each.command for each in meant if each.command)
    return Unsuitable(where, "edited vote", commands) if commands else None


def reaction(event: Event, scene: Scene) -> KeyPressed | None:
    content = branch(event, "content")
    message_id, key = target(content, "m.annotation"), words(branch(content, "m.relates_to").get("key"))
    return pressed(event, message_id, SAME_FACE.sub("", key), scene)


def poll_answer(event: Event, scene: Scene) -> KeyPressed | None:
    """The first of the answers that somebody gave in a native poll; the key is the answer's id."""
    content = branch(event, "content")
    lists = [content.get("m.selections"), *(branch(content, kind).get("answers") for kind in POLL_ANSWERS)]
    chosen = next((each[0] for each in lists if isinstance(each, list) and each), None)
    poll = target(content, "m.reference")
    known = scene.recall(poll)
    if known is not None and known.gone:
        return None
    return pressed(event, known.board if known and known.sender == scene.me and known.board else poll, words(chosen), scene)


def pressed(event: Event, message_id: str, key: str, scene: Scene) -> KeyPressed | None:
    """A press on a message that is not known to be somebody else's."""
    known = scene.recall(message_id)
    if not message_id or not key or len(key) > LONGEST_KEY or (known and known.sender != scene.me):
        return None
    where = scene.origin(event, message_id, known.thread if known else None)
    return KeyPressed(where, key, message_id, op=known.op if known else "")


def taken_back(event: Event, scene: Scene) -> TakenBack | None:
    gone = redacted(event)
    known = scene.recall(gone)
    by_author = known is not None and known.sender == person(event.get("sender"))
    return TakenBack(scene.origin(event, gone), gone, by_author) if gone else None


def membership(event: Event, scene: Scene) -> MemberJoined | MemberLeft | None:
    """Real comings and goings of others; a change of name or picture is neither."""
    user = person(event.get("state_key"))
    if not user or user == scene.me:
        return None
    before = membership_before(event) or ("join" if user in scene.room.joined else "leave")
    if is_about(event, user, "join") and before != "join":
        shown = words(branch(event, "content").get("displayname")) or user
        return MemberJoined(origin(scene.room, user, shown))
    if is_about(event, user, "leave", "ban") and before == "join":
        return MemberLeft(origin(scene.room, user, scene.room.name_of(user)))
    return None
