"""What links say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Button, Message, Span, Text, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_link(v: Voice) -> Manual:
    return Manual(
        usage=v._("[code]"),
        summary=v._("make this room part of another room's group; in private: make two accounts one person"),
        more=v._(
            "Say link in one room to get a code, and link with the code in the other. All rooms are told, and for an hour anyone in "
            "either hat may object. In private chats with me the same makes two accounts of yours one person, who counts once."
        ),
    )


def help_unlink(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("part what was linked"),
        more=v._("In a room that has joined another group, or in the private chat of the account that brought the code."),
    )


def room_code(v: Voice, code: str) -> Message:
    return message(
        paragraph(*v.line("The code for one room: {code}", code=Text(code, "code"))),
        v._(
            "It is good for 15 minutes and for one use. Whoever says link with it in another room asks that room to join this group."
        ),
    )


def person_code(v: Voice, code: str) -> Message:
    return message(
        paragraph(*v.line("The code for one account: {code}", code=Text(code, "code"))),
        v._(
            "It is good for 15 minutes and for one use. Say link with it in the private chat that your other account has with me. "
            "Both then act as one person and count once, and groups that know both are told. Give it to nobody else."
        ),
    )


def wrong_code(v: Voice, prefix: str) -> Message:
    return message(v._("I know no such code. {prefix}link, said in the other place, gives a new one.", prefix=prefix))


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is told of a room that joins another group."""

    link_id: int
    joining: str
    host: str
    by: str
    state: str
    holds_at: datetime
    waits_for: str  # D-numbers
    objector: str
    prefix: str


def announcement(v: Voice, f: LinkFacts) -> Message:
    said = message(
        paragraph(Text(v._("🔗 Two rooms, one group"), "bold")),
        v._("{name} asks that {joining} joins the group of {host}.", name=f.by, joining=f.joining, host=f.host),
        v._(
            "They then have one hat and one tally: what is asked in one is shown in both and can be answered in both. "
            "What was decided before stays with each, and {prefix}unlink in the room that joined parts them again.",
            prefix=f.prefix,
        ),
        paragraph(*state_line(v, f)),
    )
    return said.with_rows((object_button(v, f.link_id),)) if f.state == "announced" else said


def object_button(v: Voice, link_id: int) -> Button:
    return Button(v._("Object"), "✋", action("link.object", link_id))


def state_line(v: Voice, f: LinkFacts) -> tuple[Span, ...]:
    sentences = {
        "announced": lambda: announced(v, f),
        "held": lambda: v.line("{joining} and {host} are one group now.", joining=f.joining, host=f.host),
        "stopped": lambda: v.line(
            "{name} objected, so the rooms stay apart. Talk it over; {prefix}link gives a new code at any time.",
            name=f.objector,
            prefix=f.prefix,
        ),
        "lapsed": lambda: v.line(
            "It did not come about, because one of the rooms is elsewhere by now. {prefix}link gives a new code at any time.",
            prefix=f.prefix,
        ),
        "undone": lambda: v.line("{joining} and {host} are two groups again.", joining=f.joining, host=f.host),
    }
    return sentences[f.state]()


def announced(v: Voice, f: LinkFacts) -> tuple[Span, ...]:
    if f.waits_for:
        return v.line("Nobody has objected. It waits until {numbers} is over in {joining}.", numbers=f.waits_for, joining=f.joining)
    return v.line("It comes about at {time}, unless somebody in either hat objects.", time=v.moment_span(f.holds_at))


def news(v: Voice, f: LinkFacts) -> Message:
    heading = v._("🔗 {joining} and {host}", joining=f.joining, host=f.host)
    return message(paragraph(Text(heading, "bold")), paragraph(*state_line(v, f)))


def objected(v: Voice) -> str:
    return v._("Noted: the rooms stay apart.")


def linked(v: Voice, other: str, prefix: str) -> Message:
    return message(
        v._(
            "This account and {other} are one person from now on and count once. {prefix}unlink, said in the chat in which the code was brought, undoes it.",
            other=other,
            prefix=prefix,
        )
    )


def parted(v: Voice, other: str, prefix: str) -> Message:
    return message(
        v._(
            "This account and {other} are two people from now on. Say {prefix}join again in the rooms in which this account is to take part.",
            other=other,
            prefix=prefix,
        )
    )


def united(v: Voice, mine: str, theirs: str, numbers: Sequence[int]) -> Message:
    one = v._("{mine} and {theirs} are one person, who counts once from now on.", mine=mine, theirs=theirs)
    if not numbers:
        return message(one)
    both = v._(
        "In {numbers} both had answered: the answer of {theirs} stands, and an objection stands whoever made it.",
        numbers=v.listed([f"D-{number}" for number in numbers]),
        theirs=theirs,
    )
    return message(f"{one} {both}")


def two_again(v: Voice, mine: str, theirs: str) -> Message:
    return message(v._("{mine} and {theirs} count as two people again.", mine=mine, theirs=theirs))


REFUSALS: dict[str, Wording] = {
    "no code": lambda v, **f: v._(
        "A code has eight letters and digits, such as 7KQF-2MZR. {prefix}link, said in the other place, gives one.", **f
    ),
    "code used": lambda v, **f: v._("This code has been used. {prefix}link, said in the other place, gives a new one.", **f),
    "code expired": lambda v, **f: v._(
        "This code was good for 15 minutes, which are over. {prefix}link, said in the other place, gives a new one.", **f
    ),
    "code for a room": lambda v, **f: v._(
        "This code is for a room. Say it in the room that is to join; for an account, {prefix}link in a private chat gives one.",
        **f,
    ),
    "code for a person": lambda v, **f: v._(
        "This code is for an account. Say it to me in private; for a room, {prefix}link in the other room gives one.", **f
    ),
    "too many codes": lambda v, **f: v._("These were too many wrong codes. Try again in an hour.", **f),
    "one group already": lambda v, **f: v._("Both rooms belong to one group already. There is nothing to link.", **f),
    "joined already": lambda v, **f: v._("This room has joined another group. Say {prefix}unlink first.", **f),
    "link pending": lambda v, **f: v._(
        "Another link of one of these rooms is announced. Wait for it, or say {prefix}unlink in the room that is to join.", **f
    ),
    "has rooms": lambda v, **f: v._(
        "Other rooms belong to this one's group. Say {prefix}link here, and bring the code to the other room.", **f
    ),
    "link settled": lambda v, **f: v._("This is settled already. {prefix}unlink in the room that joined parts them.", **f),
    "not in a hat": lambda v, **f: v._("Those in the hat may object. Say {prefix}join first, then press again.", **f),
    "not joined": lambda v, **f: v._("This room has joined no other group. Say {prefix}unlink in the room that has.", **f),
    "same account": lambda v, **f: v._("This code was given to this very account. Bring it to your other one.", **f),
    "one person already": lambda v, **f: v._("These accounts are one person already. There is nothing to link.", **f),
    "linked already": lambda v, **f: v._("This account is linked to another one. Say {prefix}unlink first.", **f),
    "has accounts": lambda v, **f: v._(
        "Another account is linked to this one. Say {prefix}link here, and bring the code to the other account.", **f
    ),
    "part there": lambda v, **f: v._(
        "The code was brought by another account. Say unlink in the private chat of {names}.", names=v.listed(f["names"])
    ),
    "not linked": lambda v, **f: v._("This account is linked to no other one. {prefix}link gives a code to begin with.", **f),
}


def room_joined_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("A room joined the group"))


def room_left_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("A room left the group"))


def linked_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("Two accounts are one person from now on: {name}", name=e.who("person")))


def parted_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("Two accounts are two people again: {name}", name=e.who("person")))
