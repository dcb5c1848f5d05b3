"""Driving the server from another process: `POST /control/VERB` with JSON, answered in JSON."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.support.botapi.crowd import Crowd
from tests.support.botapi.faults import Fault
from tests.support.botapi.people import Person
from tests.support.botapi.rooms import Room
from tests.support.botapi.state import Json, Post

if TYPE_CHECKING:
    from tests.support.botapi import BotApi


class Control:
    """Each verb is a method that takes the body's fields; people, chats and messages go by their ids."""

    VERBS = (
        *("person", "group", "says", "replies", "taps", "press", "joins", "leaves", "adds_bot", "kicks_bot"),
        *(
            "messages",
            "answers",
            "state",
            "expired",
            "advance",
            "fault",
            "insert",
            "privacy",
            "flood",
            "pushes",
            "latency",
            "crowd",
        ),
    )

    def __init__(self, server: BotApi) -> None:
        self.server, self.world = server, server.world

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/control/{verb}", self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        if verb not in self.VERBS:
            return web.json_response({"error": "no such verb", "verbs": self.VERBS}, status=404)
        body = json.loads(await request.read() or b"{}")
        try:
            said = getattr(self, verb)(**body)
            return web.json_response(await said if inspect.isawaitable(said) else said)
        except (LookupError, TypeError, ValueError) as fault:
            return web.json_response({"error": f"{type(fault).__name__}: {fault}"}, status=400)

    def someone(self, person: int) -> Person:
        return Person(self.world, self.world.users[person])

    def room(self, chat: int) -> Room:
        return Room(self.world, self.world.chats[chat])

    def person(self, name: str, username: str = "") -> Json:
        return {"id": self.server.person(name, username).id}

    def group(self, title: str = "Moot", kind: Any = "supergroup", members: tuple[int, ...] = (), bot: Any = "member") -> Json:
        return {"id": self.server.group(title, kind=kind, bot=bot, members=[self.someone(each) for each in members]).id}

    def says(self, person: int, chat: int, text: str) -> Json:
        return {"message_id": self.someone(person).says(self.room(chat), text).id}

    def replies(self, person: int, chat: int, message_id: int, text: str) -> Json:
        return {"message_id": self.someone(person).replies(self.room(chat).chat.posts[message_id], text).id}

    def taps(self, people: list[int], chat: int, message_id: int, label: str) -> Json:
        """Each of them presses the button with this label once; returns the ids of the presses."""
        post = self.room(chat).chat.posts[message_id]
        return {"ids": [self.someone(person).taps(post, label).id for person in people]}

    def press(self, person: int, chat: int, message_id: int, data: str) -> Json:
        return {"id": self.someone(person).presses(self.room(chat).chat.posts[message_id], data).id}

    def joins(self, person: int, chat: int) -> Json:
        self.someone(person).joins(self.room(chat))
        return {}

    def leaves(self, person: int, chat: int) -> Json:
        self.someone(person).leaves(self.room(chat))
        return {}

    def adds_bot(self, person: int, chat: int) -> Json:
        self.someone(person).adds_bot(self.room(chat))
        return {}

    def kicks_bot(self, person: int, chat: int) -> Json:
        self.someone(person).kicks_bot(self.room(chat))
        return {}

    def messages(self, chat: int) -> list[Json]:
        """What the room shows now."""
        return [self.shown(post) for post in self.room(chat).messages]

    def shown(self, post: Post) -> Json:
        """`answers`: the id of the message that it replies to. `file`: the words of a document."""
        mine, answers = post.sender is self.world.me, post.reply_to.id if post.reply_to else None
        return {
            "id": post.id,
            "text": post.text,
            "buttons": post.buttons,
            "mine": mine,
            "edits": len(post.history),
            "answers": answers,
            "file": self.content(post),
        }

    def content(self, post: Post) -> str:
        sent = post.content.get("document")
        return self.world.files[sent["file_id"]].content.decode(errors="replace") if sent else ""

    def answers(self) -> Json:
        """Press id -> the texts that it was answered with."""
        return {tap.id: [answer.text for answer in tap.answers] for tap in self.world.taps.values()}

    def state(self) -> Json:
        answered = sum(bool(tap.answers) for tap in self.world.taps.values())
        return {
            "waiting": len(self.world.queue.waiting),
            "taps": len(self.world.taps),
            "answered": answered,
            "calls": Counter(self.world.calls),
            "polls": self.world.polling.polls,
            "listened to": self.world.polling.waiting is not None,
        }

    def expired(self) -> list[Json]:
        """The updates that the platform dropped because nobody fetched them in time."""
        return [update.body for update in self.world.queue.expired]

    def advance(self, seconds: float) -> Json:
        self.server.clock.advance(timedelta(seconds=seconds))
        return {}

    def fault(self, kind: Any, method: str, **more: Any) -> Json:
        """Order a fault, by the fields of `Fault`."""
        self.world.faults.order(Fault(kind, method, **more))
        return {}

    def insert(self, update: Json) -> Json:
        return {"update_id": self.server.inserts(update)}

    def privacy(self, on: bool) -> Json:
        self.world.privacy = on
        return {}

    def pushes(self, to: str) -> Json:
        """The webhook's calls go to this address; returns how many there were."""
        self.world.pushing.goes_to = to
        return {"calls": self.world.pushing.calls}

    def flood(self, on: bool) -> Json:
        self.world.flood.on = on
        return {}

    def latency(self, seconds: float) -> Json:
        self.world.latency = seconds
        return {}

    async def crowd(self, people: list[int], chat: int, message_id: int, labels: list[str], taps: int) -> Json:
        post = self.room(chat).chat.posts[message_id]
        return await Crowd([self.someone(person) for person in people], post, labels).presses(taps)
