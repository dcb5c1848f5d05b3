"""What is known of each room, learnt from clear state events only: who is in it, its name, whether it is encrypted."""

from dataclasses import dataclass, field

from adapters.matrix.parsing import Event, branch, name, person, words
from bot.chat.incoming import ChatKind

PRESENT = ("join", "invite")
REMEMBERED = 5  # events that are past, of each kind and person
MADE_FOR = "org.folkmoot.direct"  # in the creation of a room that the bot opened: with whom it talks there


@dataclass
class Room:
    """`epoch` grows whenever those who may read along change: keys that were shared before are not used again."""

    id: str
    encrypted: bool = False
    direct: bool = False
    title: str = ""
    joined: dict[str, str] = field(default_factory=dict)  # user id -> name as shown
    invited: set[str] = field(default_factory=set)
    epoch: int = 0
    made_by: str = ""
    made_for: str = ""
    predecessor: str = ""  # id of the room that this one replaces, as this one says
    tombstone: Event = field(default_factory=dict)  # the event that names the room in which this one goes on
    replaced: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # what state is about -> events that are past

    @property
    def readers(self) -> set[str]:
        return self.joined.keys() | self.invited

    @property
    def kind(self) -> ChatKind:
        return "private" if (self.direct or self.made_for) and len(self.readers) <= 2 else "group"

    def made_for_by(self, me: str) -> str:
        """For whom the bot opened this room; empty if it did not."""
        return self.made_for if self.made_by == me else ""

    def note(self, event: Event) -> None:
        """Learn from a clear state event; any other is ignored, and so is one whose successor is known."""
        content, kind, state_key = branch(event, "content"), event.get("type"), event.get("state_key")
        if self.is_past(event):
            return
        if kind == "m.room.member" and (user := person(state_key)):
            self.note_member(user, content)
        elif kind == "m.room.encryption" and state_key == "":
            self.encrypted = True
        elif kind == "m.room.name" and state_key == "":
            self.title = words(content.get("name"))
        elif kind == "m.room.create" and state_key == "":
            self.made_by, self.made_for = person(event.get("sender")), person(content.get(MADE_FOR))
            self.predecessor = name(branch(content, "predecessor").get("room_id"))
        elif kind == "m.room.tombstone" and state_key == "" and name(event.get("event_id")):
            self.tombstone = event

    def is_past(self, event: Event) -> bool:
        """Where the history of a room forks, homeservers tell old state once more, and need not tell the new one again."""
        about = (name(event.get("type")), name(event.get("state_key")))
        past, replaces = self.replaced.get(about, ()), name(branch(event, "unsigned").get("replaces_state"))
        if replaces and replaces not in past:
            self.replaced[about] = (*past, replaces)[-REMEMBERED:]
        return name(event.get("event_id")) in past

    def note_member(self, user: str, content: Event) -> None:
        before, membership = self.readers, content.get("membership")
        self.joined.pop(user, None)
        self.invited.discard(user)
        if membership == "join":
            self.joined[user] = words(content.get("displayname")) or user
        elif membership == "invite":
            self.invited.add(user)
        self.epoch += self.readers != before

    def name_of(self, user: str) -> str:
        return self.joined.get(user, user)


def membership_before(event: Event) -> str:
    """What the member was before this member event; empty if nobody says."""
    before = branch(event, "unsigned", "prev_content").get("membership")
    return before if isinstance(before, str) else ""


def is_about(event: Event, user: str, *memberships: str) -> bool:
    """Says whether this is a member event that makes `user` one of these."""
    told = branch(event, "content").get("membership")
    return event.get("type") == "m.room.member" and event.get("state_key") == user and told in memberships


def enters(event: Event, user: str) -> bool:
    """Says whether `user` came in by this event; a change of name is none."""
    return is_about(event, user, "join") and membership_before(event) != "join" and bool(name(event.get("event_id")))
