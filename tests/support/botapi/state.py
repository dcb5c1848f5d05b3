"""Who and what there is: users, chats, members, topics, messages and files, as plain state."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

INSIDE = ("creator", "administrator", "member", "restricted")
IN_CHARGE = ("creator", "administrator")


@dataclass(eq=False)
class User:
    """An account: a person's or a bot's. `blocked`, `started`: what a person did with our bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False


ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
CHANNEL_BOT = User(136817688, "Channel", username="Channel_Bot", is_bot=True)
SERVICE = User(777000, "Telegram")


@dataclass(eq=False)
class Member:
    """What a user is in one chat. `may_send`: of one who is restricted."""

    user: User
    status: Status = "member"
    may_send: bool = True

    @property
    def inside(self) -> bool:
        return self.status in INSIDE


@dataclass(eq=False)
class Topic:
    """A thread of a forum; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(eq=False)
class Post:
    """One message. `content` is all that the Bot API shows of it apart from where, when and by whom."""

    chat: "Chat"
    id: int
    date: int
    content: Json
    sender: User | None = None
    sender_chat: "Chat | None" = None
    reply_to: "Post | None" = None
    thread: int | None = None
    edited_at: int | None = None
    deleted: bool = False
    history: list[Json] = field(default_factory=list)  # what it showed before each edit

    @property
    def text(self) -> str:
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def rows(self) -> list[list[Json]]:
        rows: list[list[Json]] = self.content.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The faces of its buttons, in order."""
        return [button["text"] for row in self.rows for button in row]

    def data_of(self, label: str) -> str:
        """The callback data under the button with this label."""
        return str(self.button(label)["callback_data"])

    def button(self, label: str) -> Json:
        """The button with this label, with or without its emoji; LookupError if there is none."""
        for button in (button for row in self.rows for button in row):
            if label in (button["text"], button["text"].partition(" ")[2]):
                return button
        raise LookupError(f"no button {label!r} among {self.buttons}")

    def change(self, content: Json, at: int) -> None:
        self.history.append(self.content)
        self.content, self.edited_at = content, at


@dataclass(eq=False)
class Chat:
    """A room. `posts` are all messages that ever stood in it, by id."""

    id: int
    kind: ChatKind
    title: str = ""
    owner: User | None = None  # of a private chat: the person
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    upgraded_to: int | None = None
    pinned: list[int] = field(default_factory=list)

    @property
    def is_room(self) -> bool:
        return self.kind in ("group", "supergroup")

    def member(self, user: User) -> Member:
        return self.members.get(user.id) or Member(user, "left")

    @property
    def people_inside(self) -> list[Member]:
        return [member for member in self.members.values() if member.inside]


@dataclass(eq=False)
class File:
    """Something uploaded."""

    id: str
    name: str
    media_type: str
    content: bytes

    @property
    def path(self) -> str:
        return f"documents/{self.id}"
