"""What was said lately and by whom, so that replies, edits and redactions can be understood without asking."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from adapters.matrix.parsing import Event, branch, name, person, words

MOST = 5_000  # events
LONGEST = 9_000  # characters of a text: more than the core takes, so that nothing is cut short in silence
OP = "org.folkmoot.op"  # inside the content: under which name we sent it
BOARD = "org.folkmoot.board"  # inside the content of a native poll: the message beside which it stands


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier event: who sent it, what it said, which message it answered, in which thread, and under which name of ours."""

    sender: str
    text: str = ""
    answers: str = ""
    thread: str | None = None
    gone: bool = False  # it was redacted
    op: str = ""
    board: str = ""  # of a native poll of ours: the message beside which it stands


NOBODY = Known("")  # an event that the homeserver does not show us


class Memory:
    """The latest events by their ids."""

    def __init__(self) -> None:
        self.known: OrderedDict[str, Known] = OrderedDict()

    def __call__(self, event_id: str) -> Known | None:
        return self.known.get(event_id)

    def put(self, event_id: str, known: Known) -> None:
        """What is gone stays gone."""
        before = self.known.get(event_id)
        self.known[event_id] = replace(known, gone=True) if before and before.gone else known
        self.known.move_to_end(event_id)
        if len(self.known) > MOST:
            self.known.popitem(last=False)

    def note(self, event: Event) -> None:
        """Remember an event; a redaction makes what it takes away gone."""
        if event_id := name(event.get("event_id")):
            self.put(event_id, known_from(event))
        self.note_edit(event)
        before = self.known.get(redacted(event))
        if before is not None:
            self.put(redacted(event), Known(before.sender, thread=before.thread, gone=True))

    def note_edit(self, event: Event) -> None:
        """What an author has changed is what a later answer quotes."""
        edited = target(branch(event, "content"), "m.replace")
        before = self.known.get(edited)
        if before is not None and before.sender == person(event.get("sender")) and (text := new_words(event)):
            self.put(edited, replace(before, text=text))


def new_words(edit: Event) -> str:
    return words(branch(edit, "content", "m.new_content").get("body"))[:LONGEST]


def known_from(event: Event) -> Known:
    content, gone = branch(event, "content"), bool(branch(event, "unsigned", "redacted_because"))
    text, sender = words(content.get("body"))[:LONGEST], person(event.get("sender"))
    return Known(sender, text, answered(content), thread_of(content), gone, words(content.get(OP)), name(content.get(BOARD)))


def redacted(event: Event) -> str:
    """Which event this one takes away, if it does; rooms of version 11 say it in another place."""
    if event.get("type") != "m.room.redaction":
        return ""
    return name(event.get("redacts")) or name(branch(event, "content").get("redacts"))


def relation(content: Event) -> Event:
    return branch(content, "m.relates_to")


def target(content: Event, *kinds: str) -> str:
    """The event to which this one stands in one of these relations."""
    told = relation(content)
    return name(told.get("event_id")) if told.get("rel_type") in kinds else ""


def thread_of(content: Event) -> str | None:
    return target(content, "m.thread") or None


def answered(content: Event) -> str:
    """The message that this one answers; a thread's fallback for old clients is no answer."""
    told = relation(content)
    fallback = told.get("rel_type") == "m.thread" and told.get("is_falling_back") is True
    return "" if fallback else name(branch(told, "m.in_reply_to").get("event_id"))
