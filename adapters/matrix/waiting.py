"""Encrypted events whose key has not come yet."""

from collections import OrderedDict
from collections.abc import Iterable

from adapters.matrix.cipher import Cipher
from adapters.matrix.parsing import Event, branch, loads, name
from bot.chat.incoming import Received, Unreadable

MOST = 5_000


class Waiting:
    """Oldest first; each event knows its room."""

    def __init__(self) -> None:
        self.events: OrderedDict[str, Event] = OrderedDict()

    def resume(self, kept: Iterable[Received]) -> None:
        """Go on with what an earlier run could not read."""
        for received in kept:
            try:
                self.keep(branch(loads(received.raw)))
            except (ValueError, RecursionError):
                continue

    def keep(self, event: Event) -> None:
        event_id, room = name(event.get("event_id")), name(event.get("room_id"))
        if event_id and room:
            self.events[event_id] = event
        if len(self.events) > MOST:
            self.events.popitem(last=False)

    def forget(self, taken: Iterable[Received]) -> None:
        """Those which the core has, read or refused."""
        for received in taken:
            if not isinstance(received.event, Unreadable):
                self.events.pop(received.id, None)

    def readable(self, cipher: Cipher) -> list[Event]:
        """Those for which a key is here by now."""
        return [event for event in self.events.values() if cipher.has_key(event["room_id"], event)]
