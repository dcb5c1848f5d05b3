"""Chats as people see them: what the room shows now, and what happens to the room itself."""

from collections.abc import Callable
from typing import Any

from tests.support.botapi.state import ANONYMOUS, Chat, Json, Post, Topic, User
from tests.support.botapi.world import World

PALE_BLUE = 7322096  # a topic's icon


class Room:
    """A group, a channel, or one person's private chat with the bot."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.chat = world, chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Post]:
        """All that stands there now, edits applied."""
        return [post for post in self.chat.posts.values() if not post.deleted]

    @property
    def said(self) -> list[Post]:
        """What the bot said."""
        return [post for post in self.messages if post.sender is self.world.me]

    async def sees(self, what: str | Callable[[Post], Any], limit: float = 20) -> Post:
        """Wait for a message of the bot with these words (or one that passes); the newest such."""
        passes = what if callable(what) else lambda post: what in post.text
        found: Post = await self.world.until(lambda: next(filter(passes, reversed(self.said)), None), limit)
        return found

    def topic(self, name: str) -> Topic:
        """Somebody opens a topic."""
        opened = {"forum_topic_created": {"name": name, "icon_color": PALE_BLUE}}
        post = self.world.stands(self.chat, opened, sender=ANONYMOUS, sender_chat=self.chat)
        post.thread = post.id
        self.world.tell(post)
        return self.chat.topics.setdefault(post.id, Topic(post.id, name))

    def deletes_topic(self, topic: Topic) -> None:
        del self.chat.topics[topic.id]
        for post in self.messages:
            post.deleted = post.deleted or post.thread == topic.id

    def deletes(self, post: Post) -> None:
        """Somebody in charge removes a message; bots are not told."""
        post.deleted = True
        self.world.note()

    def upgrades(self) -> "Room":
        """The group becomes a supergroup under a new id; returns that."""
        new = self.world.new_chat("supergroup", self.chat.title, members=dict(self.chat.members))
        self.chat.upgraded_to = new.id
        self.serve({"migrate_to_chat_id": new.id})
        room = Room(self.world, new)
        room.serve({"migrate_from_chat_id": self.chat.id})
        return room

    def serve(self, content: Json, sender: User | None = None) -> Post:
        """A service message, of somebody's or of the group's own."""
        by = {"sender": sender} if sender is not None else {"sender": ANONYMOUS, "sender_chat": self.chat}
        return self.world.tell(self.world.stands(self.chat, content, **by))
