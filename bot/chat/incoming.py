"""What a platform can tell us: each event as frozen data, told apart by type."""

from dataclasses import dataclass, field
from typing import Literal

from bot.chat.refs import ChatRef, PersonRef

ChatKind = Literal["group", "private"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event came from. `chat_title` and `name` are what people wrote: never log them."""

    chat: ChatRef
    person: PersonRef
    name: str  # how the platform shows the person
    kind: ChatKind = "group"
    chat_title: str = ""
    thread: str | None = None  # the topic in which an answer belongs
    message_id: str | None = None  # the message that was said or pressed
    handle: str = ""  # the name that others type after @, without it


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a reply answers; `mine` if the bot said it."""

    message_id: str
    text: str = ""
    mine: bool = False
    by: PersonRef | None = None  # who said it, where the platform tells


@dataclass(frozen=True, slots=True)
class CommandSent:
    """`/draw facilitator 2` or `!draw facilitator 2`; `addressed` when it can only mean this bot."""

    origin: Origin
    command: str  # lower case, without its prefix
    text: str = ""  # all that follows, as it was typed
    addressed: bool = False
    quoted: Quoted | None = None
    mentions: tuple[tuple[str, PersonRef], ...] = ()  # what stands in the text -> whom the platform says it means
    me: PersonRef | None = field(default=None, compare=False)  # the account as which the bot was spoken to


@dataclass(frozen=True, slots=True)
class ButtonTapped:
    """An inline button was pressed. `data` is what the client sent: anything at all."""

    origin: Origin
    data: str


@dataclass(frozen=True, slots=True)
class LinkFollowed:
    """Somebody came into the private chat by a private button's link. `data` is the action it carried: anybody can write one."""

    origin: Origin
    data: str


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A reaction, or a typed number: the button is found among those of the message (None: the latest board in the chat)."""

    origin: Origin
    key: str  # "✋" or "2"
    message_id: str | None
    typed: bool = False  # a number in words of its own: silence when it fits no button
    op: str = ""  # of the delivery that put the message up, where the platform tells


@dataclass(frozen=True, slots=True)
class Replied:
    """Words in answer to a message of the bot's; to the newest that awaits words where `quoted` names none."""

    origin: Origin
    text: str
    quoted: Quoted


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Somebody removed a message or reaction: `of` is its event id."""

    origin: Origin
    of: str
    by_author: bool


@dataclass(frozen=True, slots=True)
class MemberJoined:
    origin: Origin  # person: who joined


@dataclass(frozen=True, slots=True)
class MemberLeft:
    origin: Origin  # person: who left


@dataclass(frozen=True, slots=True)
class BotAdded:
    """The bot may speak in this chat from now on."""

    origin: Origin  # person: who added it


@dataclass(frozen=True, slots=True)
class BotRemoved:
    """The bot was removed from, or blocked in, this chat."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The same people under a new platform id (a Telegram group became a supergroup)."""

    origin: Origin  # chat: the old one
    to: ChatRef


@dataclass(frozen=True, slots=True)
class ChatEncrypted:
    """This chat is end-to-end encrypted from now on and for ever."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An encrypted event whose key has not come; the adapter hands it in again under the same id when it has."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """A command or press that a rule of the house refuses whoever it is: told in words, changes nothing."""

    origin: Origin
    why: Literal["anonymous", "channel", "edited vote"]
    commands: tuple[str, ...] = ()  # it concerns us only if one of these is a command of ours; none: it does in any case


@dataclass(frozen=True, slots=True)
class InviteRefused:
    """Somebody whom the allow list does not name invited the bot."""

    origin: Origin


Incoming = (
    CommandSent
    | ButtonTapped
    | LinkFollowed
    | KeyPressed
    | Replied
    | TakenBack
    | MemberJoined
    | MemberLeft
    | BotAdded
    | BotRemoved
    | ChatMoved
    | ChatEncrypted
    | Unreadable
    | Unsuitable
    | InviteRefused
)


@dataclass(frozen=True, slots=True)
class Received:
    """One event of a platform, read or not. It is taken once, however often any of its `ids` comes again."""

    ids: tuple[str, ...]  # the platform's names for it, such as ("update:81", "tap:4411"); the first is its main name
    raw: str  # JSON as it came, kept only if it becomes a dead letter
    event: Incoming | None = None  # None: nothing that concerns us
    fault: str = ""  # why it could not be read (the name of an exception's class): it becomes a dead letter
    passed_over: Literal["", "edit", "forward"] = ""  # it would have been for us, had it been said here and now: only counted

    @property
    def id(self) -> str:
        return self.ids[0]


@dataclass(frozen=True, slots=True)
class Ack:
    """The short answer to the person who acted: a toast, or a reply; it may be lost."""

    text: str
    refused: bool = False
    why: str = field(default="", compare=False)  # the rule that refused it


@dataclass(frozen=True, slots=True)
class Answer:
    """What `Intake.take` says to one event."""

    received: Received
    ack: Ack | None = None
    mentions: tuple[PersonRef, ...] = field(default=())
