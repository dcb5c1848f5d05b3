"""One room's part of a sync answer: every event since the last look, in order, opened and understood."""

import json
import logging
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

from adapters.matrix.cipher import KeyMissing, Rejected
from adapters.matrix.errors import TROUBLE, Refusal
from adapters.matrix.incoming import origin, read
from adapters.matrix.live import Live
from adapters.matrix.lookup import opened
from adapters.matrix.memory import NOBODY, Known, answered, known_from, new_words, redacted, target
from adapters.matrix.parsing import Event, branch, branches, dumps, name, person
from adapters.matrix.rooms import Room, enters, is_about, membership_before
from adapters.matrix.upgrades import LINKS, is_end, moved, predecessor, successor
from adapters.matrix.waiting import Waiting
from adapters.matrix.web import in_room
from bot.chat.incoming import BotAdded, BotRemoved, Received, Unreadable

log = logging.getLogger(__name__)
PAGE = 200  # events
MOST_PAGES = 1_000
FRESH = 600_000  # milliseconds: an own join so young belongs to a run that was cut short
TOLD = [
    "m.room.message",
    "m.room.encrypted",
    "m.reaction",
    "m.room.redaction",
    "m.poll.response",
    "org.matrix.msc3381.poll.response",
]
STATE = ["m.room.member", "m.room.encryption", "m.room.name", *LINKS]


class Timelines:
    """`inviters`: who invited the bot to rooms in which its own join has not been seen yet. `lost`: nobody knows what was
    said since we last listened, but no room is new, for we join none while we do not listen."""

    def __init__(self, live: Live, waiting: Waiting, inviters: dict[str, str]) -> None:
        self.live, self.waiting, self.inviters = live, waiting, inviters
        self.lost = False

    async def joined(self, room_id: str, part: Event, since: str | None) -> list[Received]:
        state, events = await self.whole(room_id, part, since)
        room = self.live.room(room_id)
        found = self.learn(room, state)
        entry = max((place for place, event in enumerate(events) if enters(event, self.live.me)), default=None)
        if since is None and (entry is None or not is_fresh(events[entry])):
            return self.already_there(room, found, [*state, *events])
        if entry is not None:
            found = self.arrived(room, found, events[: entry + 1])
        since_then = events[entry + 1 if entry is not None else 0 :]
        if successor(self.live, room):
            return await self.last_words(room, found, since_then)
        for event in since_then:
            found += await self.take_in_whatever(room, event)
        return found

    async def last_words(self, room: Room, found: list[Received], events: list[Event]) -> list[Received]:
        """What was said in a room until it was replaced, and that it was; whatever comes later is said in the wrong place."""
        end = next((place for place, event in enumerate(events) if is_end(event)), None)
        if end is None:
            self.learn(room, events)
            return []
        for event in events[:end]:
            found += await self.take_in_whatever(room, event)
        self.learn(room, events[end:])
        return found + moved(self.live, room)

    async def left(self, room_id: str, part: Event, since: str | None) -> list[Received]:
        """What was said before the bot had to go, and that it had to; nothing where it had only declined."""
        state, events = await self.whole(room_id, part, since)
        room, found = self.live.room(room_id), list[Received]()
        if gone := next((event for event in reversed([*state, *events]) if self.is_out(event)), None):
            self.learn(room, state)
            for event in events:
                found += await self.take_in_whatever(room, event)
            found.append(Received((name(gone.get("event_id")),), raw(room, gone), BotRemoved(self.live.scene(room).origin(gone))))
        del self.live.rooms[room_id]
        return found

    def is_out(self, event: Event) -> bool:
        was_in = membership_before(event) == "join" and bool(name(event.get("event_id")))
        return was_in and is_about(event, self.live.me, "leave", "ban")

    async def whole(self, room_id: str, part: Event, since: str | None) -> tuple[list[Event], list[Event]]:
        """State and timeline; what a sync answer left out of the timeline is fetched."""
        timeline = branch(part, "timeline")
        state, events = branches(part, "state", "events"), branches(timeline, "events")
        if timeline.get("limited") is True and since is not None and isinstance(timeline.get("prev_batch"), str):
            known = {name(event.get("event_id")) for event in events}
            older = [event async for event in self.backfill(room_id, timeline["prev_batch"], since)]
            events = [event for event in reversed(older) if name(event.get("event_id")) not in known] + events
        return state, events

    async def backfill(self, room_id: str, start: str, end: str) -> AsyncIterator[Event]:
        """Newest first; an empty page is not the end, a page that names no next one is."""
        query = {"dir": "b", "to": end, "limit": str(PAGE), "filter": json.dumps({"types": TOLD + STATE})}
        for _ in range(MOST_PAGES):
            try:
                page = await self.live.server.get(in_room(room_id, "messages"), query | {"from": start})
            except Refusal as no:
                if no.busy or no.broken or no.token_gone:
                    raise
                return
            for event in branches(page, "chunk"):
                yield event
            if not isinstance(page.get("end"), str) or page["end"] == start:
                return
            start = page["end"]

    def learn(self, room: Room, events: Iterable[Event]) -> list[Received]:
        """Take in state and context without acting on it, but for this: that a room is encrypted is always told."""
        found = []
        for event in events:
            self.live.memory.note(event)
            if "state_key" in event:
                room.note(event)
            if event.get("type") == "m.room.encryption" and (received := read(event, self.live.scene(room), raw(room, event))):
                found.append(received)
        return found

    def already_there(self, room: Room, found: list[Received], events: list[Event]) -> list[Received]:
        """A room in which the account was before it was ours: nothing said there is for us, but we may speak."""
        found = found + self.learn(room, events)
        mine = next((event for event in reversed(events) if is_about(event, self.live.me, "join")), None)
        if mine is None or not name(mine.get("event_id")):
            return found
        return moved(self.live, room) or (found if self.lost else [*found, *self.added(room, [mine])])

    def arrived(self, room: Room, found: list[Received], until_join: list[Event]) -> list[Received]:
        """The bot came in: into a room that is new to it, or into the one in which an old room goes on."""
        found = found + self.learn(room, until_join[:-1])
        added, old = self.added(room, until_join), predecessor(self.live, room)
        return [*moved(self.live, old), *found] if old else [*found, *added]

    def added(self, room: Room, until_join: list[Event]) -> list[Received]:
        """That the bot may speak there from now on; nothing to tell of a room that it opened itself."""
        join = until_join[-1]
        room.note(join)
        if room.made_for_by(self.live.me):
            return []
        inviters = [person(e.get("sender")) for e in until_join if is_about(e, self.live.me, "invite")]
        told = person(branch(join, "unsigned").get("prev_sender"))
        inviter = self.inviters.pop(room.id, "") or (inviters[-1] if inviters else "") or told or self.live.me
        event = BotAdded(origin(room, inviter, room.name_of(inviter)))
        return [Received((name(join.get("event_id")),), raw(room, join), event)]

    async def take_in_whatever(self, room: Room, event: Event) -> list[Received]:
        """One event that we fail over does not take the others with it."""
        try:
            return await self.take_in(room, event)
        except TROUBLE:
            raise
        except Exception as fault:
            log.error("an event could not be taken in", extra={"fault": type(fault).__name__})
            event_id = name(event.get("event_id"))
            return [Received((event_id,), raw(room, event), fault=type(fault).__name__)] if event_id else []

    async def take_in(self, room: Room, event: Event) -> list[Received]:
        """Open, understand and remember one event."""
        opened = self.opened(room, event)
        if isinstance(opened, Received):
            return [opened]
        await self.recall_for(room, opened)
        received = read(opened, self.live.scene(room), raw(room, event))
        self.live.memory.note(opened)
        if "state_key" in event:
            room.note(event)
        return [received] if received else []

    def opened(self, room: Room, event: Event) -> Event | Received:
        """The event as it was before it was encrypted; or that it cannot be read, now or ever."""
        event_id = name(event.get("event_id"))
        if event.get("type") != "m.room.encrypted" or not event_id:
            return event
        try:
            return self.live.cipher.read(room.id, event)
        except KeyMissing:
            fault = ""
        except Rejected as no:
            fault = str(no)
        if event.get("sender") == self.live.me:
            return event
        if fault:
            log.warning("an encrypted event was rejected", extra={"why": fault})
            return Received((event_id,), raw(room, event), fault=fault)
        self.waiting.keep(event | {"room_id": room.id})
        return Received((event_id,), raw(room, event), Unreadable(self.live.scene(room).origin(event)))

    async def now_readable(self) -> list[Received]:
        """Events that waited for a key which has come, under the same names as before."""
        found = []
        for event in self.waiting.readable(self.live.cipher):
            received = await self.reread(self.live.room(event["room_id"]), event)
            found += [received] if received else []
        return found

    async def reread(self, room: Room, event: Event) -> Received | None:
        taken = await self.take_in_whatever(room, event)
        if taken and isinstance(taken[0].event, Unreadable):
            return None
        return taken[0] if taken else Received((event["event_id"],), raw(room, event))

    async def recall_for(self, room: Room, event: Event) -> None:
        """Ask for the earlier events without which this one cannot be understood."""
        content = branch(event, "content")
        if event.get("sender") == self.live.me:
            return
        if event.get("type") == "m.room.message":
            earlier = await self.recall(room, target(content, "m.replace") or answered(content))
            if earlier and target(content, "m.replace"):
                await self.recall(room, earlier.answers)
        await self.recall(room, redacted(event) or target(content, "m.annotation", "m.reference"))

    async def recall(self, room: Room, event_id: str) -> Known | None:
        if not event_id or (known := self.live.memory(event_id)):
            return known if event_id else None
        known = await self.looked_up(room, event_id)
        if known is not None:
            self.live.memory.put(event_id, known)
        return known

    async def looked_up(self, room: Room, event_id: str) -> Known | None:
        """None: the homeserver fails over it, now at least."""
        try:
            event = await self.live.server.get(in_room(room.id, "event", event_id))
        except Refusal as no:
            if no.busy or no.token_gone:
                raise
            return None if no.broken else NOBODY
        known, edit = known_from(opened(self.live, room, event)), branch(event, "unsigned", "m.relations", "m.replace")
        if person(edit.get("sender")) != known.sender:
            return known
        return replace(known, text=new_words(opened(self.live, room, edit)) or known.text)


def raw(room: Room, event: Event) -> str:
    return dumps(event | {"room_id": room.id})


def is_fresh(join: Event) -> bool:
    age = branch(join, "unsigned").get("age")
    return isinstance(age, int) and 0 <= age < FRESH
