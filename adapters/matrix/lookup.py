"""Looking at what stands in a room: whether a message of ours is there, and whether it was taken away."""

from adapters.matrix.cipher import KeyMissing, Rejected
from adapters.matrix.errors import TROUBLE, Refusal, before_sending
from adapters.matrix.live import Live
from adapters.matrix.memory import NOBODY, OP, known_from
from adapters.matrix.parsing import Event, branch, branches, name
from adapters.matrix.rooms import Room
from adapters.matrix.web import in_room

PAGES, PAGE = 5, "100"


async def find_op(live: Live, room: Room, op: str) -> str | None:
    """The event that was sent under this name, if it is among the latest of the room."""
    query = {"dir": "b", "limit": PAGE}
    try:
        for _ in range(PAGES):
            page = await live.server.get(in_room(room.id, "messages"), query)
            for event in branches(page, "chunk"):
                if event.get("sender") == live.me and branch(opened(live, room, event), "content").get(OP) == op:
                    return name(event.get("event_id"))
            if not isinstance(page.get("end"), str):
                return None
            query["from"] = page["end"]
    except TROUBLE as trouble:
        raise before_sending(trouble) from None
    return None


def opened(live: Live, room: Room, event: Event) -> Event:
    """The event as it was before it was encrypted, where we can read it."""
    try:
        return live.cipher.read(room.id, event) if event.get("type") == "m.room.encrypted" else event
    except (KeyMissing, Rejected):
        return event


async def is_gone(live: Live, room: Room, event_id: str) -> bool:
    """Says whether a message was redacted or cannot be found; asked once in a run, later redactions are heard."""
    known = live.memory(event_id)
    if known is None or known == NOBODY:
        try:
            event = await live.server.get(in_room(room.id, "event", event_id))
        except Refusal as no:
            if no.status == 404:
                return True
            raise before_sending(no) from None
        except TROUBLE as trouble:
            raise before_sending(trouble) from None
        known = known_from(opened(live, room, event))
        live.memory.put(event_id, known)
    return known.gone
