"""Everything behind one bot token: state, the queue of updates, and how news gets from one to the other."""

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from tests.support.botapi import shapes
from tests.support.botapi.faults import Faults
from tests.support.botapi.flood import FloodControl
from tests.support.botapi.pushing import Pushing
from tests.support.botapi.refusal import bad
from tests.support.botapi.state import ANONYMOUS, CHANNEL_BOT, IN_CHARGE, SERVICE, Chat, ChatKind, File, Json, Member, Post, User
from tests.support.botapi.updates import TAP_LIFETIME, Polling, Queue
from tests.support.botapi.wording import slice_of

TOKEN = "7000000001:AAFolkmootTestTokenThatIsNoSecret_0"
Proof = Callable[[str, Any], None]


@dataclass(eq=False)
class Toast:
    """What a person who pressed a button was shown."""

    person: str
    text: str
    alert: bool


@dataclass(eq=False)
class Tap:
    """One press of a button, and how the bot answered it."""

    id: str
    person: User
    at: float
    answers: list[Toast] = field(default_factory=list)
    answered: "asyncio.Future[None] | None" = None  # of somebody who waits for the answer

    @property
    def toast(self) -> Toast | None:
        return self.answers[0] if self.answers else None

    def answer(self, toast: Toast) -> None:
        self.answers.append(toast)
        if self.answered is not None and not self.answered.done():
            self.answered.set_result(None)


class World:
    """State and its rules; whoever changes it calls `emit` or `note`."""

    def __init__(self, clock: Clock, proof: Proof) -> None:
        self.clock, self.proof, self.token = clock, proof, TOKEN
        self.me = User(int(TOKEN.partition(":")[0]), "Folkmoot", username="folkmoot_bot", is_bot=True)
        self.users: dict[int, User] = {user.id: user for user in (self.me, ANONYMOUS, CHANNEL_BOT, SERVICE)}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[str, list[Json]] = {}
        self.calls: list[str] = []
        self.latency = 0.0  # seconds for a call and its answer, half of it each way
        self.privacy = self.joins_groups = self.knows_dates = True
        self.queue, self.faults, self.flood = Queue(clock), Faults(), FloodControl(clock)
        self.polling, self.pushing = Polling(self.queue, self.note), Pushing(self.queue)
        self.watchers: list[asyncio.Future[None]] = []
        self.numbers = itertools.count(random.randint(1, 1000))
        self.message_ids: defaultdict[int, Iterator[int]] = defaultdict(lambda: itertools.count(random.randint(1, 500)))

    def now(self) -> int:
        return int(self.clock.now().timestamp())

    def emit(self, kind: str, what: Json) -> None:
        """News for the bot."""
        self.proof("update", {"update_id": 1, kind: what})
        self.queue.add(kind, what)
        self.polling.wake()
        self.note()

    def note(self) -> None:
        """Something changed."""
        watchers, self.watchers = self.watchers, []
        for watcher in watchers:
            if not watcher.done():
                watcher.set_result(None)

    async def until(self, passes: Callable[[], Any], limit: float = 20) -> Any:
        """Wait until this is true of what there is; returns what it returned."""
        async with asyncio.timeout(limit):
            while not (found := passes()):
                watcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self.watchers.append(watcher)
                await watcher
            return found

    def new_user(self, first_name: str, is_bot: bool = False, **more: Any) -> User:
        user = User(7_100_000_000 + next(self.numbers), first_name, is_bot=is_bot, **more)
        self.users[user.id] = user
        return user

    def new_chat(self, kind: ChatKind, title: str, **more: Any) -> Chat:
        number = next(self.numbers)
        chat = Chat(-(4_000_000 + number) if kind == "group" else -(1_002_000_000_000 + number), kind, title, **more)
        self.chats[chat.id] = chat
        return chat

    def private_chat(self, person: User) -> Chat:
        return self.chats.setdefault(person.id, Chat(person.id, "private", owner=person))

    def new_message_id(self, chat: Chat) -> int:
        """Large groups count for themselves; the rest share one row of numbers."""
        return next(self.message_ids[chat.id if chat.kind in ("supergroup", "channel") else 0])

    def stands(self, chat: Chat, content: Json, **more: Any) -> Post:
        """A new message in the chat; nobody is told yet."""
        post = Post(chat, self.new_message_id(chat), self.now(), content, **more)
        chat.posts[post.id] = post
        self.note()
        return post

    def tell(self, post: Post, kind: str = "message") -> Post:
        """Tell the bot of a message, if it may see it."""
        if self.reaches_bot(post):
            self.emit(kind, shapes.of_post(post))
        return post

    def reaches_bot(self, post: Post) -> bool:
        chat = post.chat
        if post.sender is self.me or (post.sender is not None and post.sender.is_bot and post.sender_chat is None):
            return False
        if chat.kind == "private":
            return chat.owner is not None and not chat.owner.blocked
        mine = chat.member(self.me)
        return mine.inside and (not self.privacy or mine.status in IN_CHARGE or self.concerns_bot(post))

    def concerns_bot(self, post: Post) -> bool:
        """What a bot in privacy mode sees: commands that may mean it, mentions, replies to it, and what is no speech."""
        content, ours = post.content, f"@{self.me.username}".casefold()
        if "text" not in content and "caption" not in content and "document" not in content:
            return True
        if post.reply_to is not None and post.reply_to.sender is self.me:
            return True
        entities = content.get("entities") or content.get("caption_entities") or []
        words = [slice_of(post.text, entity).casefold() for entity in entities]
        return any((word.startswith("/") and "@" not in word) or word.endswith(ours) for word in words)

    def upload(self, name: str, media_type: str, content: bytes) -> File:
        file = File(f"F{next(self.numbers)}x{random.randint(10**6, 10**7)}", name, media_type, content)
        self.files[file.id] = file
        return file

    def new_tap(self, person: User) -> Tap:
        tap = Tap(str(random.randint(10**17, 10**18)), person, self.clock.now().timestamp())
        self.taps[tap.id] = tap
        return tap

    def open_tap(self, tap_id: str) -> Tap:
        """The press, if it can still be answered."""
        tap = self.taps.get(tap_id)
        if tap is None or self.clock.now().timestamp() - tap.at > TAP_LIFETIME.total_seconds():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return tap

    def change_member(self, chat: Chat, member: Member, by: User) -> None:
        """Somebody's place in a chat changes; the bot hears of its own, and of others' where it is in charge."""
        before = chat.member(member.user)
        mine = member.user is self.me
        heard = mine or chat.member(self.me).status in IN_CHARGE
        chat.members[member.user.id] = member
        if heard and before.status != member.status:
            change = {
                "chat": shapes.of_chat(chat),
                "from": shapes.of_user(by),
                "date": self.now(),
                "old_chat_member": shapes.of_member(before),
                "new_chat_member": shapes.of_member(member),
            }
            self.emit("my_chat_member" if mine else "chat_member", change)
        self.note()
