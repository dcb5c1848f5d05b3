"""What moving says."""

from dataclasses import dataclass

from bot.chat.message import Message, Text, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_export(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("have all that the group has as files: register, people, roles, decisions"),
        more=v._(
            "The group decides on it by consent, unless settings export has anyone. The file is all that it takes to go on "
            "somewhere else; a spreadsheet opens its tables."
        ),
    )


def help_move_in(v: Voice) -> Manual:
    return Manual(
        usage=v._("<code>"),
        summary=v._("make this room the home of a group that was imported"),
        more=v._("Whoever imports the group is given the code. The room must be new: nothing decided, nothing open."),
    )


def export_line(v: Voice, way: str) -> str:
    if way == "anyone":
        return v._("export: anyone who belongs may have the group's files")
    return v._("export: consent; the group decides whether its files are handed out")


def question(v: Voice) -> str:
    return v._(
        "Hand out all that our group has as a file in this room: the register with names, who belongs, roles, mandates and decisions."
    )


def handed_out(v: Voice, entries: int, head: str) -> Message:
    words = v.n_(
        "All that the group has: {n} entry in the register.", "All that the group has: {n} entries in the register.", entries
    )
    return message(words, paragraph(v._("Its head:") + " ", Text(head, "code")))


@dataclass(frozen=True, slots=True)
class Moved:
    title: str
    entries: int
    people: int
    head: str


def moved_in(v: Voice, f: Moved, prefix: str) -> Message:
    return message(
        v.n_(
            "{title} goes on here, with {n} entry in its register.",
            "{title} goes on here, with {n} entries in its register.",
            f.entries,
            title=f.title,
        ),
        paragraph(v._("The chain's head:") + " ", Text(f.head, "code")),
        v.n_("{n} person belongs to it.", "{n} people belong to it.", f.people)
        + " "
        + v._(
            "Whoever is known by another platform takes their seat with the code that they were given: "
            "{prefix}link and the code, in private with me.",
            prefix=prefix,
        ),
        v._("What was open did not come along: rounds, polls, draws and offers. Open them anew."),
    )


def imported_entry(v: Voice, e: Entry) -> Told:
    words = v.n_(
        "The group came from elsewhere, with {n} entry", "The group came from elsewhere, with {n} entries", e.facts["entries"]
    )
    return Told(words)


def about(v: Voice, title: str, head: str) -> str:
    """README.txt of the archive."""
    lines = [
        v._("All that {title} has.", title=title or "…"),
        "",
        v._("register.jsonl: what was decided, drawn and changed, an entry a line, each chained to the one before it."),
        v._("Check it without the bot: {command}", command="folkmoot verify register.jsonl"),
        v._("Its head: {head}", head=head),
        v._("people.csv, roles.csv, mandates.csv, decisions.csv: the same as tables, for a spreadsheet."),
        v._("group.json: what it takes to found the group again: {command}", command="folkmoot import"),
        "",
        v._(
            "What is not in it: what was open, receipts of draws beyond what the register has, ballots, labels that people gave "
            "themselves, notes for successors, and private chats."
        ),
        v._("It names people. Keep it as you would keep a list of addresses."),
    ]
    return "".join(f"{line}\r\n" for line in lines)


REFUSALS: dict[str, Wording] = {
    "export from the roll": lambda v, **f: v._(
        "The group's files are for those who belong to it. {prefix}join says that you do.", prefix=f["prefix"]
    ),
    "nobody moves in": lambda v, **f: v._(
        "No group waits with this code. Look again at what the import has printed; each code is good once."
    ),
    "room has a memory": lambda v, **f: v._(
        "This room has a register of its own, which would be lost. Say it in a new room that I am in."
    ),
}
