"""What a line in the rehearsal room means. Pure."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.chat.incoming import ButtonTapped, CommandSent, Incoming, KeyPressed, MemberLeft, Origin, Quoted, Received, Replied
from bot.chat.refs import ChatRef, PersonRef

ROOM = ChatRef("terminal", "rehearsal")
TITLE = "Rehearsal"
PRIVATE = "dm:"  # and a person's id: their private chat
ASKED = "drawn"  # speaks as whoever the newest board asks
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
KEY = re.compile(r"(.+?)(?:\s+D-(\d{1,9}))?", re.IGNORECASE | re.ASCII)
LONGEST = 10 * 365 * 86_400  # seconds by which one line turns the clock

KEYS = """  anna: /join              anna says something; any name will do
  ben: 2                   ben presses the second button of the newest message that has any
  drawn: 1                 whoever that message asks presses its first button
  ben: Accept              ben presses the button of that name, on the newest message that has it
  ben: 1 D-17              ben presses a button of the newest message that speaks of D-17
  ben: ^ some words        ben replies to the newest message of the bot's that asks for words
  ben: ^ /propose          a command in reply to the last words that somebody else said
  ben> 1                   the same in ben's private chat with the bot; words there need no ^
  -ben                     ben leaves the chat
  +30s  +5m  +2h  +1d      the clock goes on
  ?                        these keys
  Ctrl-D                   the end"""


@dataclass(frozen=True, slots=True)
class Said:
    name: str
    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    name: str


@dataclass(frozen=True, slots=True)
class Turn:
    by: timedelta


@dataclass(frozen=True, slots=True)
class Keys:
    pass


Line = Said | Gone | Turn | Keys | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with buttons that stands there: its id, and the op of the delivery that put it up."""

    id: str
    op: str
    words: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)  # of its buttons, folded -> what a press on one sends


@dataclass(frozen=True, slots=True)
class Scene:
    """What lines are understood by. `heard`: the last words that were said to nobody in particular."""

    asked: str = ""  # whom the newest message with buttons asks by name
    heard: str = ""
    boards: Mapping[ChatRef, Sequence[Shown]] = field(default_factory=dict)  # those that this run put up in each, newest first


def read_line(line: str) -> Line:
    """None for an empty line or a # comment; what fits nothing asks for the keys."""
    line = line.strip().lstrip("\ufeff")
    if not line or line.startswith("#"):
        return None
    if turn := re.fullmatch(r"\+\s*(\d{1,9})\s*([smhdw])", line, re.ASCII):
        return Turn(timedelta(seconds=min(LONGEST, int(turn[1]) * UNITS[turn[2]])))
    if line.startswith("-") and line[1:].strip():
        return Gone(line[1:].strip())
    said = re.fullmatch(r"([^:>]+)([:>])(.*)", line, re.DOTALL)
    if said and said[1].strip() and not said[1].startswith("/"):
        return Said(said[1].strip(), said[3].strip(), private=said[2] == ">")
    return Keys()


def event_of(line: Said | Gone, event_id: str, scene: Scene, kind: Callable[[Origin], Incoming] | None = None) -> Received:
    origin = origin_of(line.name, event_id, scene.asked)
    if isinstance(line, Said) and line.private:
        origin = replace(origin, chat=private_chat(origin.person), kind="private", chat_title="")
    event = kind(origin) if kind else meaning(line, origin, scene)
    return Received((event_id,), json.dumps({"name": line.name}), event)


def origin_of(name: str, event_id: str, asked: str) -> Origin:
    person = asked if name == ASKED and asked else seen(name).casefold()
    return Origin(
        ROOM, PersonRef("terminal", person), shown(person) if person != name else shown(name), chat_title=TITLE, message_id=event_id
    )


def seen(name: str) -> str:
    """Without what nobody can see: names that look the same are one person."""
    return "".join(letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf") or name


def private_chat(person: PersonRef) -> ChatRef:
    return ChatRef("terminal", f"{PRIVATE}{person.id}")


def shown(name: str) -> str:
    return name[:1].upper() + name[1:]


def meaning(line: Said | Gone, origin: Origin, scene: Scene) -> Incoming | None:
    if isinstance(line, Gone):
        return MemberLeft(origin)
    replies, text = line.text.startswith("^"), line.text.removeprefix("^").strip()
    if text.startswith(("/", "!")):
        command, _, rest = text[1:].partition(" ")
        return CommandSent(origin, command.casefold(), rest, addressed=True, quoted=Quoted("", scene.heard) if replies else None)
    if not replies and (press := press_of(text, origin, scene.boards.get(origin.chat, ()))):
        return press
    return Replied(origin, text, Quoted("", mine=True)) if text and (replies or line.private) else None


def press_of(text: str, origin: Origin, boards: Sequence[Shown]) -> Incoming | None:
    """`2`, `Accept`, `2 D-17`: None if it is no button of any of them."""
    found = KEY.fullmatch(text)
    if found is None:
        return None
    key, number = found.groups()
    meant = [each for each in boards if not number or re.search(rf"\bD-{number}\b", each.words)]
    if key.isdecimal() and (meant or not number):
        board = meant[0] if meant else Shown("", "")
        return KeyPressed(origin, key, board.id or None, typed=True, op=board.op)
    named = (each.labels[key.casefold()] for each in meant if key.casefold() in each.labels)
    return next((ButtonTapped(origin, data) for data in named), None)
