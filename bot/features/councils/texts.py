"""What is said about councils."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Block, Message, Text, message, paragraph, quoted
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_council(v: Voice) -> Manual:
    return Manual(
        usage=v._("<issue> [seats <n>] [for <time>]"),
        summary=v._("convene a few people for one issue, until it is done"),
        more=v._(
            "It is a role of its own, with 3 seats and for 2 months unless you say otherwise; draw lots for it as for any role. "
            "Whoever sits in it closes it with what came of it. Example: council the kitchen seats 4 for 6 weeks."
        ),
    )


def role_name(v: Voice, issue: str) -> str:
    return v._("council: {issue}", issue=issue)


def sunset(v: Voice) -> str:
    return v._("It ends by itself when the council is closed, or at its date.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a council's message tells."""

    number: int
    issue: str
    role: str
    seats: int
    members: Sequence[str]
    until: datetime
    state: str
    result: str
    prefix: str


def council(v: Voice, f: Facts) -> Message:
    heading = paragraph(Text(v._("🪑 D-{number}: a council for {issue}", number=f.number, issue=f.issue), "bold"))
    if f.state != "open":
        return message(heading, *outcome(v, f.result), paragraph(v._("This council has ended.")))
    until = v.n_("{n} seat, until {until}.", "{n} seats, until {until}.", f.seats, until=v.moment(f.until))
    return message(heading, paragraph(until), paragraph(sitting(v, f)), paragraph(how_to_close(v, f)))


def sitting(v: Voice, f: Facts) -> str:
    if f.members:
        return v._("In it: {names}.", names=folded_list(v, f.members))
    return v._("Nobody sits in it yet. Draw lots: {prefix}draw {role}", prefix=f.prefix, role=f.role)


def how_to_close(v: Voice, f: Facts) -> str:
    return v._("When it is done, one of them says {prefix}close D-{number} and what came of it.", prefix=f.prefix, number=f.number)


@dataclass(frozen=True, slots=True)
class Ended:
    """What is told at the end of a council."""

    number: int
    issue: str
    result: str
    names: Sequence[str]


def ended(v: Voice, f: Ended) -> Message:
    heading = paragraph(Text(v._("🪑 D-{number}: the council for {issue} has ended", number=f.number, issue=f.issue), "bold"))
    thanks = [paragraph(v._("Thank you, {names}.", names=folded_list(v, f.names)))] if f.names else []
    return message(heading, *outcome(v, f.result), *thanks)


def outcome(v: Voice, result: str) -> list[Block]:
    return [quoted(result)] if result else []


REFUSALS: dict[str, Wording] = {
    "council for what": lambda v, **f: v._(
        "For which issue? Say for example: {prefix}council the kitchen seats 4 for 6 weeks.", **f
    ),
    "issue too long": lambda v, **f: v._(
        "Please name the issue in at most {limit} characters; its story has room in the chat.", **f
    ),
    "no such council": lambda v, **f: v._("A council lasts between an hour and a year. Say for example: for 6 weeks."),
    "result too long": lambda v, **f: v._("This is too long for one message: it has room for {limit} characters.", **f),
    "council sits": lambda v, **f: v._("There is a council for this already. It can go on, or be closed first."),
    "councils from the roll": lambda v, prefix, **f: v._(
        "Whoever is on the roll can convene a council. Say {prefix}join first.", prefix=prefix
    ),
    "council over": lambda v, number, **f: v._("D-{number} has ended already.", number=number),
    "not in the council": lambda v, number, **f: v._(
        "D-{number} is closed by those who sit in it. Please ask one of them.", number=number
    ),
}


def convened_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number}: a council is convened, {issue}", number=e.facts["council"], issue=e.said("issue")), "serving")


def ends_entry(v: Voice, e: Entry) -> Told:
    if not e.facts.get("result"):
        return Told(v._("{number}: the council has ended", number=e.facts["council"]), "serving")
    return Told(v._("{number}: the council has ended, {result}", number=e.facts["council"], result=e.said("result")), "decided")


def in_lists(v: Voice, issue: str) -> str:
    return v._("a council, {issue}", issue=issue)
