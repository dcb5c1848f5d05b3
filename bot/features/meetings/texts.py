"""What meetings say: as little as possible while people talk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat.action import action
from bot.chat.message import Attachment, Block, Button, Message, Text, bullet, message, paragraph
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.tidy import isolated

MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the agenda shows."""

    meeting_id: int
    number: int
    started_at: datetime
    items: Sequence[tuple[str, int]]  # and seconds spent on each before now
    item: int
    item_since: datetime
    facilitator: str
    note_taker: str
    speaker: str
    queue: Sequence[str]
    there: int
    notes: int
    drawn: bool
    commitment: str


def help_meeting(v: Voice) -> Manual:
    return Manual(
        usage=v._("start [agenda], or end"),
        summary=v._("hold a meeting: agenda, turns to speak, notes, minutes"),
        more=v._(
            "One item a line, or | between them. Replies to the agenda become notes; what is decided meanwhile stands in the minutes. "
            "Attendance is only counted, unless settings attendance names. Example: meeting start Budget | Kitchen | Summer party."
        ),
    )


def help_stack(v: Voice) -> Manual:
    return Manual(
        usage=v._("[next, or down]"),
        summary=v._("raise your hand in a meeting; show who speaks next"),
        more=v._("Those who have spoken least go first. How often somebody spoke is forgotten when the meeting ends."),
    )


def attendance_line(v: Voice, value: Any) -> str:
    if value == "names":
        return v._("attendance: names stand in the minutes of meetings")
    return v._("attendance: only counted in the minutes of meetings")


def in_lists(v: Voice) -> str:
    return v._("a meeting")


def board(v: Voice, m: Meeting) -> Message:
    heading = v._("🗓 D-{number}: meeting, since {time}", number=m.number, time=v.minute(m.started_at))
    lines = [paragraph(Text(heading, "bold")), *agenda(v, m), *(paragraph(line) for line in figures(v, m))]
    lines.append(paragraph(v._("Reply to this message to note something down.")))
    return Message(tuple(lines)).with_rows(*buttons(v, m))


def agenda(v: Voice, m: Meeting) -> Iterator[Block]:
    for place, (text, spent) in enumerate(m.items, start=1):
        if place == m.item:
            line = v._("{place}. {item}, since {time}", place=place, item=text, time=v.minute(m.item_since))
            yield bullet(Text(f"▶ {line}", "bold"))
        elif spent:
            yield bullet(v._("{place}. {item}, {length}", place=place, item=text, length=length(v, spent)))
        else:
            yield bullet(v._("{place}. {item}", place=place, item=text))


def length(v: Voice, seconds: int) -> str:
    return v.duration(timedelta(seconds=max(MINUTE, round(seconds / MINUTE) * MINUTE)))


def figures(v: Voice, m: Meeting) -> Iterator[str]:
    if m.drawn:
        yield v._("{facilitator} facilitates, {notes} takes notes.", facilitator=m.facilitator, notes=m.note_taker)
    if m.speaker:
        yield v._("Speaking: {name}", name=m.speaker)
    if m.queue:
        yield v._("Next: {names}", names=folded_list(v, m.queue))
    yield v.n_("{n} person is here.", "{n} people are here.", m.there)
    if m.notes:
        yield v.n_("{n} note so far.", "{n} notes so far.", m.notes)
    if not m.drawn:
        yield v._("Sealed for drawing who facilitates: {hash}", hash=m.commitment)


def buttons(v: Voice, m: Meeting) -> Iterator[tuple[Button, ...]]:
    yield (
        Button(v._("Raise a hand"), "✋", action("meeting.hand", m.meeting_id)),
        Button(v._("Next speaker"), "🗣", action("meeting.speaker", m.meeting_id)),
    )
    if m.items:
        yield (
            Button(v._("Item before"), "⏮", action("meeting.back", m.meeting_id)),
            Button(v._("Next item"), "⏭", action("meeting.next", m.meeting_id)),
        )
    draw = (
        Button(v._("Pass it on"), "🔁", action("meeting.pass", m.meeting_id))
        if m.drawn
        else Button(v._("Draw who facilitates"), "🎲", action("meeting.draw", m.meeting_id))
    )
    yield Button(v._("I am here"), "👋", action("meeting.here", m.meeting_id)), draw


def over(v: Voice, number: int) -> Message:
    return message(v._("🗓 D-{number}: this meeting is over. Its minutes stand below.", number=number))


def drawn(v: Voice, number: int, names: Sequence[str], receipt: str) -> Message:
    facilitator, notes = names
    words = v._(
        "🎲 D-{number}: drawn among those who are here. {facilitator} facilitates, {notes} takes notes. "
        "Whoever would rather not presses Pass it on. With this receipt anyone can check it.",
        number=number,
        facilitator=facilitator,
        notes=notes,
    )
    return message(words).with_attachments(Attachment(f"D-{number}-receipt.txt", "text/plain", receipt.encode()))


def drawn_ack(v: Voice) -> str:
    return v._("Drawn.")


def passed(v: Voice, name: str) -> str:
    return v._("Passed on to {name}.", name=name)


def at_item(v: Voice, place: int, text: str) -> str:
    return v._("Now: {place}. {item}", place=place, item=isolated(text))


def hand_up(v: Voice, before: int) -> str:
    if not before:
        return v._("Your hand is up. You are next.")
    return v.n_("Your hand is up. {n} person is before you.", "Your hand is up. {n} people are before you.", before)


def hand_down(v: Voice) -> str:
    return v._("Your hand is down.")


def speaks(v: Voice, name: str) -> str:
    return v._("{name} has the floor.", name=name)


def counted(v: Voice, n: int) -> str:
    return v.n_("Welcome. {n} person is here.", "Welcome. {n} people are here.", n)


def noted(v: Voice) -> str:
    return v._("Noted.")


def queued(v: Voice, names: Sequence[str]) -> Message:
    if not names:
        return message(v._("No hand is up."))
    return message(v._("Next: {names}", names=folded_list(v, names)))


REFUSALS: dict[str, Wording] = {
    "meeting how": lambda v, prefix, **f: v._(
        "Begin with {prefix}meeting start and the agenda, one item a line; {prefix}meeting end ends it.", prefix=prefix
    ),
    "stack how": lambda v, prefix, **f: v._(
        "{prefix}stack raises your hand, {prefix}stack down lowers it, {prefix}stack next gives the floor to the next.",
        prefix=prefix,
    ),
    "meeting open": lambda v, number, prefix, **f: v._(
        "D-{number} is still going on. {prefix}meeting end ends it; then a new one can begin.", number=number, prefix=prefix
    ),
    "no meeting": lambda v, prefix, **f: v._("No meeting is going on. {prefix}meeting start begins one.", prefix=prefix),
    "meeting over": lambda v, number, prefix, **f: v._(
        "D-{number} is over; its minutes stand in the room. {prefix}meeting start begins another.", number=number, prefix=prefix
    ),
    "agenda too long": lambda v, most, **f: v._("An agenda has at most {most} items here. Please put some together.", most=most),
    "agenda item too long": lambda v, limit, **f: v._(
        "An item is too long. Use at most {limit} characters for each, a line for each item.", limit=limit
    ),
    "no more items": lambda v, prefix, **f: v._("That was the last item. {prefix}meeting end ends the meeting.", prefix=prefix),
    "first item": lambda v, **f: v._("This is the first item. Next item moves on."),
    "no hands": lambda v, **f: v._("No hand is up. Raise a hand puts you in the queue."),
    "does not facilitate": lambda v, name, **f: v._(
        "{name} facilitates and moves the meeting on. Raise a hand to ask for it, or note it in a reply.", name=name
    ),
    "drawn in meeting": lambda v, **f: v._("It is drawn already. Whoever was drawn can pass it on."),
    "too few there": lambda v, least, **f: v._(
        "At least {least} people press I am here first; lots are drawn among them.", least=least
    ),
    "not drawn in meeting": lambda v, **f: v._("Only whoever was drawn can pass it on. Please ask them."),
    "nobody left": lambda v, **f: v._("Everybody else here was drawn or has passed it on. Please share it out by word."),
    "meeting note too long": lambda v, limit, **f: v._(
        "This note is too long. Send it in parts of at most {limit} characters.", limit=limit
    ),
    "ends before it begins": lambda v, prefix, **f: v._(
        "That ends before it begins. Write it like {prefix}minutes since January until March.", prefix=prefix
    ),
    "too many notes": lambda v, most, **f: v._(
        "There are {most} notes already, as many as I keep. Put the rest into a document of yours.", most=most
    ),
}
