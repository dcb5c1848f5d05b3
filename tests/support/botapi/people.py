"""People (and other bots, and channels) who do in chats what people do."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.botapi import shapes
from tests.support.botapi.rooms import Room
from tests.support.botapi.state import ANONYMOUS, CHANNEL_BOT, SERVICE, Json, Member, Post, Status, Topic, User
from tests.support.botapi.wording import entities_of
from tests.support.botapi.world import Tap, World

CHAT_INSTANCE = "-4611686018427387904"


class Person:
    """Somebody with an account."""

    def __init__(self, world: World, user: User) -> None:
        self.world, self.user = world, user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def private(self) -> Room:
        """Their own chat with the bot."""
        return Room(self.world, self.world.private_chat(self.user))

    def joins(self, room: Room) -> None:
        self.becomes(room, "member")
        room.serve({"new_chat_members": [shapes.of_user(self.user)]}, self.user)

    def leaves(self, room: Room) -> None:
        self.becomes(room, "left")
        room.serve({"left_chat_member": shapes.of_user(self.user)}, self.user)

    def becomes(self, room: Room, status: Status, by: "Person | None" = None) -> None:
        self.world.change_member(room.chat, Member(self.user, status), by=(by or self).user)

    def adds(self, room: Room, *others: "Person") -> None:
        for other in others:
            other.becomes(room, "member", by=self)
        room.serve({"new_chat_members": [shapes.of_user(other.user) for other in others]}, self.user)

    def adds_bot(self, room: Room) -> None:
        self.gives_bot(room, "member")
        room.serve({"new_chat_members": [shapes.of_user(self.world.me)]}, self.user)

    def kicks_bot(self, room: Room) -> None:
        self.gives_bot(room, "kicked")
        self.world.stands(room.chat, {"left_chat_member": shapes.of_user(self.world.me)}, sender=self.user)

    def gives_bot(self, room: Room, status: Status, may_send: bool = True) -> None:
        """Promote, restrict, or put the bot out."""
        self.world.change_member(room.chat, Member(self.world.me, status, may_send), by=self.user)

    def blocks_bot(self) -> None:
        self.user.blocked = True
        self.gives_bot(self.private, "kicked")

    def unblocks_bot(self) -> None:
        self.user.blocked = False
        self.gives_bot(self.private, "member")

    def says(self, room: Room, text: str, *, anonymously: bool = False, via: User | None = None, **more: Any) -> Post:
        """A message, typed by hand. `marked`: entities that the client set; `thread`: a topic."""
        content = typed(text, more.pop("marked", ())) | ({"via_bot": shapes.of_user(via)} if via else {})
        as_group = {"sender": ANONYMOUS, "sender_chat": room.chat} if anonymously else {"sender": self.user}
        return self.sends(room, content, **as_group, **more)

    def captions(self, room: Room, caption: str, **more: Any) -> Post:
        """A file with words under it."""
        file = shapes.of_document(self.world.upload("notes.txt", "text/plain", b"notes"))
        entities = entities_of(caption)
        content = {"document": file, "caption": caption} | ({"caption_entities": entities} if entities else {})
        return self.sends(room, content, sender=self.user, **more)

    def replies(self, post: Post, text: str, **more: Any) -> Post:
        return self.says(Room(self.world, post.chat), text, reply_to=post, thread=post.thread, **more)

    def forwards(self, post: Post, room: Room) -> Post:
        origin = {"type": "user", "date": post.date, "sender_user": shapes.of_user(post.sender or SERVICE)}
        return self.sends(room, post.content | {"forward_origin": origin}, sender=self.user)

    def edits(self, post: Post, text: str) -> Post:
        post.change(typed(text), self.world.now())
        return self.world.tell(post, "edited_message")

    def sends(self, room: Room, content: Json, thread: Topic | int | None = None, **more: Any) -> Post:
        if room.chat.kind == "private":
            self.user.started = True
        number = thread.id if isinstance(thread, Topic) else thread
        return self.world.tell(self.world.stands(room.chat, content, thread=number, **more))

    def taps(self, post: Post, label: str) -> Tap:
        """Press the button with this label, with or without its emoji."""
        return self.presses(post, post.data_of(label))

    def follows(self, post: Post, label: str) -> Post:
        """Press a button that is a link to the bot: it opens the private chat, and Start says what the link carries."""
        link = urlsplit(post.button(label)["url"])
        assert (link.scheme, link.netloc, link.path) == ("https", "t.me", f"/{self.world.me.username}")
        (carried,) = parse_qs(link.query)["start"]
        return self.starts(carried)

    def starts(self, carried: str = "") -> Post:
        """Any link can be written by anybody; clients drop what is not of these letters."""
        assert re.fullmatch("[A-Za-z0-9_-]{0,64}", carried)
        return self.says(self.private, f"/start {carried}".strip())

    def presses(self, post: Post, data: str | None) -> Tap:
        """What any client can send, whatever the message shows."""
        return self.query({"message": shapes.of_tapped(post)}, data)

    def presses_inline(self, data: str) -> Tap:
        """Under a message that was sent by inline query: no chat comes along."""
        return self.query({"inline_message_id": "AQAAAJ0AAAA"}, data)

    def query(self, place: Json, data: str | None) -> Tap:
        tap = self.world.new_tap(self.user)
        payload = {"game_short_name": "chess"} if data is None else {"data": data}
        self.world.emit(
            "callback_query",
            {"id": tap.id, "from": shapes.of_user(self.user)} | place | {"chat_instance": CHAT_INSTANCE} | payload,
        )
        return tap


class Channel(Room):
    """A channel, which can also speak in groups."""

    def says(self, room: Room, text: str) -> Post:
        """Somebody writes in the group in the channel's name."""
        return self.world.tell(self.world.stands(room.chat, typed(text), sender=CHANNEL_BOT, sender_chat=self.chat))

    def posts(self, group: Room, text: str) -> Post:
        """A post in the channel, which Telegram copies into its discussion group."""
        post = self.world.stands(self.chat, typed(text), sender_chat=self.chat)
        origin = {"type": "channel", "date": post.date, "chat": shapes.of_chat(self.chat), "message_id": post.id}
        copy = post.content | {"forward_origin": origin, "is_automatic_forward": True}
        return self.world.tell(self.world.stands(group.chat, copy, sender=SERVICE, sender_chat=self.chat))


def typed(text: str, marked: Sequence[Json] = ()) -> Json:
    entities = entities_of(text, marked)
    return {"text": text} | ({"entities": entities} if entities else {})
