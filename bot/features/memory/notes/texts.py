"""What notes say."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, Text, message, paragraph, quoted
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_note(v: Voice) -> Manual:
    return Manual(
        usage=v._("[D-n] <text>"),
        summary=v._("enter a note into the register"),
        more=v._(
            "For a day anybody may object. With a number before it the note corrects or adds to what has that number. "
            "Examples: note The spare key hangs in the shed; note D-17 It was the 5th, not the 4th."
        ),
    )


def help_decided(v: Voice) -> Manual:
    return Manual(
        usage=v._("[what was decided]"),
        summary=v._("enter what was decided by voice or in a meeting"),
        more=v._("As a reply to a message it enters the words of that message. For a day anybody may object."),
    )


@dataclass(frozen=True, slots=True)
class NoteFacts:
    note_id: int
    number: int
    kind: str  # note | decided
    by: str
    text: str
    corrects: int | None
    state: str
    holds_at: datetime
    ended_at: datetime | None
    objector: str
    reason: str
    decision: int | None


def board(v: Voice, f: NoteFacts, prefix: str) -> Message:
    blocks = [paragraph(Text(heading(v, f), "bold")), quoted(f.text)]
    if f.corrects is not None:
        blocks.append(paragraph(v._("It corrects or adds to D-{number}.", number=f.corrects)))
    if f.state != "announced":
        return message(*blocks, fate(v, f, prefix))
    back = v._("{name} can take it back: {prefix}withdraw D-{number}", name=f.by, prefix=prefix, number=f.number)
    return message(*blocks, until(v, f), back).with_rows((Button(v._("Object"), "✋", action("note.object", f.note_id)),))


def heading(v: Voice, f: NoteFacts) -> str:
    if f.kind == "decided":
        return v._("📝 D-{number}: decided elsewhere, entered by {name}", number=f.number, name=f.by)
    return v._("📝 D-{number}: a note by {name}", number=f.number, name=f.by)


def until(v: Voice, f: NoteFacts) -> Block:
    return paragraph(
        *v.line("It is in the register. Whoever sees it otherwise objects until {time}.", time=v.moment_span(f.holds_at))
    )


def fate(v: Voice, f: NoteFacts, prefix: str) -> str:
    match f.state:
        case "contested" if f.decision:
            return v._(
                "{objection} It is contested; the group decides in D-{decision}.", objection=objection(v, f), decision=f.decision
            )
        case "contested":
            return v._(
                "{objection} It is contested until the objection is taken back: {prefix}withdraw D-{number}",
                objection=objection(v, f),
                prefix=prefix,
                number=f.number,
            )
        case "withdrawn":
            return v._("{name} has taken it back.", name=f.by)
        case "dropped":
            return v._("The group did not consent to it in D-{decision}, so it does not stand.", decision=f.decision)
        case "stands" if f.decision:
            return v._("The group has consented to it in D-{decision}, so it stands.", decision=f.decision)
        case "stands" if f.objector:
            return v._("The objection was taken back, so it stands.")
    return v._("Nobody objected, so it stands since {time}.", time=v.moment(f.ended_at or f.holds_at))


def objection(v: Voice, f: NoteFacts) -> str:
    if f.reason:
        return v._("{name} objects: {reason}.", name=f.objector, reason=f.reason.rstrip("."))
    return v._("{name} objects.", name=f.objector)


def question(v: Voice, number: int, text: str) -> str:
    """What the group is asked to consent to."""
    return v._("It was noted in D-{number}, and it stands: {text}", number=number, text=text)


def objected(v: Voice, number: int, decision: int | None, prefix: str) -> str:
    if decision is None:
        return v._(
            "You object, so D-{number} is contested until you take that back: {prefix}withdraw D-{number}",
            number=number,
            prefix=prefix,
        )
    return v._(
        "You object, so D-{number} is contested and the group decides in D-{decision}. Object there, too, and say what is wrong.",
        number=number,
        decision=decision,
    )


def taken_back(v: Voice, number: int, state: str) -> str:
    if state == "withdrawn":
        return v._("D-{number} is taken back; the register says so.", number=number)
    return v._("Your objection to D-{number} is taken back.", number=number)


def said(words: str) -> Message:
    return message(words)


def note_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["note"], "name": e.who("by"), "text": e.said("text")}
    if e.facts["corrects"]:
        return Told(v._("{number}, {name} corrects {earlier}: {text}", earlier=e.facts["corrects"], **facts), "decided")
    if e.facts["kind"] == "decided":
        return Told(v._("{number}, decided elsewhere, entered by {name}: {text}", **facts), "decided")
    return Told(v._("{number}, noted by {name}: {text}", **facts), "decided")


def contested_entry(v: Voice, e: Entry) -> Told:
    return Told(
        v._("{number} is contested by {name}: {text}", number=e.facts["note"], name=e.who("by"), text=e.said("text")), "decided"
    )


def uncontested_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("the objection to {number} was taken back: {text}", number=e.facts["note"], text=e.said("text")), "decided")


def ends_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["note"], "text": e.said("text")}
    said = {
        "stands": v._("{number} stands: {text}", **facts),
        "withdrawn": v._("{number} was taken back: {text}", **facts),
    }
    return Told(said.get(e.facts["result"]) or v._("{number} does not stand: {text}", **facts), "decided")


REFUSALS: dict[str, Wording] = {
    "notes from the roll": lambda v, **f: v._("Notes come from those who have joined. Say {prefix}join, then say it again.", **f),
    "nothing noted": lambda v, **f: v._(
        "What shall I enter? Reply to the message that says it with {prefix}decided, or write it behind the command.",
        prefix=f["prefix"],
    ),
    "note too long": lambda v, **f: v._("That is longer than {most} characters. Enter the heart of it.", most=f["most"]),
    "note settled": lambda v, **f: v._(
        "D-{number} is settled. A new note can correct it: {prefix}note D-{number} and what is right.", **f
    ),
    "own note": lambda v, **f: v._("D-{number} is yours: {prefix}withdraw D-{number} takes it back.", **f),
    "not your note": lambda v, **f: v._(
        "Only who wrote D-{number} takes it back, and only who objects takes the objection back. You can object: {prefix}object D-{number}",
        **f,
    ),
}
