"""Rooms that were replaced: the old room names the new one and the new one the old; only both together are believed."""

from adapters.matrix.incoming import PLATFORM, origin
from adapters.matrix.live import Live
from adapters.matrix.parsing import Event, branch, branches, dumps, name, person
from adapters.matrix.rooms import Room
from bot.chat.incoming import ChatMoved, Received
from bot.chat.refs import ChatRef

LINKS = ("m.room.create", "m.room.tombstone")


def in_turn(live: Live, rooms: Event) -> list[tuple[str, Event]]:
    """The rooms of a sync answer, once their links are known; a room that replaces another comes after it."""
    for room_id, part in rooms.items():
        for event in [*branches(part, "state", "events"), *branches(part, "timeline", "events")]:
            if event.get("type") in LINKS and "state_key" in event:
                live.room(room_id).note(event)
    turns = [(room_id, branch(part)) for room_id, part in rooms.items()]
    return sorted(turns, key=lambda turn: bool(live.room(turn[0]).predecessor))


def successor(live: Live, room: Room) -> Room | None:
    """The room in which this one goes on, if the bot is in both."""
    found = live.rooms.get(name(branch(room.tombstone, "content").get("replacement_room")))
    return found if found is not room and found is not None and found.predecessor == room.id else None


def predecessor(live: Live, room: Room) -> Room | None:
    """The room that goes on in this one, if the bot is in both."""
    found = live.rooms.get(room.predecessor)
    return found if found is not None and successor(live, found) is room else None


def moved(live: Live, old: Room) -> list[Received]:
    """That the old room goes on elsewhere, under the name of the event that says so; nothing if it does not."""
    new, sender = successor(live, old), person(old.tombstone.get("sender"))
    if new is None:
        return []
    event = ChatMoved(origin(old, sender, old.name_of(sender)), ChatRef(PLATFORM, new.id))
    return [Received((name(old.tombstone.get("event_id")),), dumps(old.tombstone | {"room_id": old.id}), event)]


def is_end(event: Event) -> bool:
    return event.get("type") == "m.room.tombstone" and event.get("state_key") == ""
