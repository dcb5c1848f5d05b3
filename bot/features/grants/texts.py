"""What is said about mandates that the group gives by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Block, Button, Mention, Message, Text, message, paragraph, quoted
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told

QUESTION_SHOWN = 48  # characters of it in the name of the role


def help_mandate(v: Voice) -> Manual:
    return Manual(
        usage=v._("<whom> <role> [for <time>]"),
        summary=v._("ask the group to give somebody a role, by consent"),
        more=v._(
            "All but the person themselves are asked; then the person accepts or declines. Example: mandate @anna treasurer for 3 months."
        ),
    )


def help_delegate(v: Voice) -> Manual:
    return Manual(
        usage=v._("<whom> <question> [| <instructions>]"),
        summary=v._("send somebody to speak for the group on one question"),
        more=v._(
            "The mandate is bound to this question and to the instructions. It ends when the delegate reports, or at its date. "
            "Example: delegate @anna the rent talks | agree to 3 percent at most, for 2 weeks."
        ),
    )


def help_report(v: Voice) -> Manual:
    return Manual(
        usage=v._("[D-n] <text>"),
        summary=v._("as a delegate: tell the group what came of it"),
        more=v._("With the report your mandate ends. A reply to the message with your instructions does the same."),
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the group is asked to consent to."""

    name: str
    role: str
    length: str
    until: datetime | None
    exception: str  # why the role would not allow it by itself, if so
    question: str
    instructions: str
    election: int | None  # D-number of the election that came to this


def question(v: Voice, f: Facts) -> str:
    if f.question:
        return "\n".join(filter(None, (sent_line(v, f), instructed(v, f.instructions))))
    return "\n".join(filter(None, (serves_line(v, f), exception_line(v, f.exception), election_line(v, f.election))))


def serves_line(v: Voice, f: Facts) -> str:
    if f.until:
        return v._("{name} serves as {role} until {until}.", name=f.name, role=f.role, until=v.moment(f.until))
    return v._("{name} serves as {role} for {length}.", name=f.name, role=f.role, length=f.length)


def sent_line(v: Voice, f: Facts) -> str:
    if f.until:
        return v._(
            "{name} speaks for us on one question, until {until}: {question}",
            name=f.name,
            question=f.question,
            until=v.moment(f.until),
        )
    return v._("{name} speaks for us on one question, for {length}: {question}", name=f.name, question=f.question, length=f.length)


def instructed(v: Voice, instructions: str) -> str:
    return v._("Instructions: {instructions}", instructions=instructions) if instructions else ""


def exception_line(v: Voice, why: str) -> str:
    """What the group should know before it consents to more than the role allows."""
    match why:
        case "most terms":
            return v._("That would be more terms in a row than the role allows, so it is an exception.")
        case "cooling off":
            return v._("The role asks for a break after serving, which is not over yet, so it is an exception.")
        case "recalled":
            return v._("The group ended this person's mandate in the same role early, not long ago.")
    return ""


def election_line(v: Voice, number: int | None) -> str:
    return v._("The nominations and their reasons stand in D-{number}.", number=number) if number else ""


def delegate_role(v: Voice, asked: str) -> str:
    short = asked if len(asked) <= QUESTION_SHOWN else asked[: QUESTION_SHOWN - 1].rstrip() + "…"
    return v._("delegate: {question}", question=short)


def sunset(v: Voice) -> str:
    return v._("It ends by itself with the delegate's report, or at its date.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the group has named."""

    id: int
    number: int
    who: Mention
    role: str
    state: str


def grant(v: Voice, f: Asked, answer_by: datetime | None, ends_at: datetime | None) -> Message:
    heading = paragraph(Text(v._("D-{number}: the group asks", number=f.number), "bold"))
    if f.state == "offered":
        asked = v.line("{name}, the group asks you to serve as {role}. Will you?", name=f.who, role=f.role)
        until = [paragraph(v._("Without an answer by {time} the offer lapses.", time=v.moment(answer_by)))] if answer_by else []
        return message(heading, paragraph(*asked), *until).with_rows(answers(v, f.id))
    return message(heading, paragraph(answered(v, f, ends_at)))


def answered(v: Voice, f: Asked, ends_at: datetime | None) -> str:
    match f.state:
        case "accepted" | "over" if ends_at is not None:
            return v._("{name} serves as {role} until {until}.", name=f.who.name, role=f.role, until=v.moment(ends_at))
        case "declined":
            return v._("{name} declined. The seat of {role} is free for somebody else.", name=f.who.name, role=f.role)
    return v._("{name} did not answer in time. The seat of {role} is free for somebody else.", name=f.who.name, role=f.role)


def answers(v: Voice, grant_id: int) -> tuple[Button, ...]:
    return (
        Button(v._("Accept"), "✅", action("grants.accept", grant_id)),
        Button(v._("Decline"), "❌", action("grants.decline", grant_id)),
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegate under way."""

    number: int
    name: str
    question: str
    instructions: str
    until: datetime
    running: bool
    reported: bool
    prefix: str


def delegation(v: Voice, f: Sent) -> Message:
    heading = paragraph(Text(v._("📨 D-{number}: {name} is our delegate", number=f.number, name=f.name), "bold"))
    blocks = [heading, quoted(f.question)]
    blocks += [paragraph(instructed(v, f.instructions))] if f.instructions else []
    return message(*blocks, paragraph(standing(v, f)))


def standing(v: Voice, f: Sent) -> str:
    if f.running:
        return v._(
            "Until {until}, or until the report: {name} replies here, or says {prefix}report D-{number}.",
            until=v.moment(f.until),
            name=f.name,
            prefix=f.prefix,
            number=f.number,
        )
    return v._("The report is in, and the mandate has ended.") if f.reported else v._("The mandate has ended.")


def reported(v: Voice, number: int, name: str, asked: str, words: str) -> Message:
    heading = Text(v._("📨 D-{number}: {name} reports", number=number, name=name), "bold")
    thanks = v._("Thank you, {name}. The mandate ends with this.", name=name)
    return message(paragraph(heading), paragraph(asked), quoted(words), paragraph(thanks))


def thanks(v: Voice, role: str, until: datetime) -> str:
    return v._("Thank you. You serve as {role} until {until}.", role=role, until=v.moment(until))


def noted(v: Voice) -> str:
    return v._("Noted. No reason is asked.")


REFUSALS: dict[str, Wording] = {
    "mandate for what": lambda v, **f: v._("For which role? Say for example: {prefix}mandate @anna treasurer for 3 months.", **f),
    "delegate for what": lambda v, **f: v._(
        "On which question? Say for example: {prefix}delegate @anna the rent talks | agree to 3 percent at most.", **f
    ),
    "errand too long": lambda v, **f: v._(
        "That is too long: the question has room for {question} characters, the instructions for {instructions}.", **f
    ),
    "no such term": lambda v, **f: v._("A mandate lasts between an hour and two years. Say for example: for 3 months.", **f),
    "report missing": lambda v, **f: v._(
        "What came of it? Say it after the command: {prefix}report They agreed to 2 percent.", **f
    ),
    "report too long": lambda v, **f: v._("This report is too long for one message: it has room for {limit} characters.", **f),
    "not the delegate": lambda v, **f: v._("The report of D-{number} is given by the delegate. Ask them for it here.", **f),
    "grant not on the roll": lambda v, name, prefix, **f: v._(
        "{name} is not on the roll. Whoever is to serve says {prefix}join first.", name=name, prefix=prefix
    ),
    "named already": lambda v, number, **f: v._("The group is asked that already: D-{number}.", number=number),
    "grant serves": lambda v, name, until, **f: v._(
        "{name} holds this role already, until {until}. It can be renewed when its end comes near.",
        name=name,
        until=v.moment(until),
    ),
    "grant no seat": lambda v, names, role, **f: v._(
        "No seat of {role} is free now; held by {names}. When one ends, ask again.", names=v.listed(names), role=role
    ),
    "grant is over": lambda v, **f: v._("The time for which you were asked is over, so nobody is asked for it any more."),
    "grant role over": lambda v, **f: v._("The group has given up this role, so there is nothing to accept any more."),
    "not named": lambda v, **f: v._("This question is for the person whom the group has named."),
    "answered before": lambda v, **f: v._("This was answered already. What holds stands in the message."),
    "answered too late": lambda v, **f: v._("The time to answer is over, so the offer has lapsed. The group can ask you again."),
}


OVER_WITHOUT = {"closed", "withdrawn", "lapsed", "nobody", "role ended"}  # states of an election that came to no mandate


def opened(v: Voice, name: str, at: datetime) -> Iterator[Block]:
    yield paragraph(*v.line("{name} opened the election on {time}.", name=name, time=v.moment_span(at)))


def tried(v: Voice, number: int, name: str, state: str) -> str:
    """What became of the question whether somebody is to serve."""
    facts = {"number": number, "name": name}
    said = {
        "asked": v._("D-{number} asks the group whether {name} is to serve.", **facts),
        "offered": v._("D-{number}: the group agrees on {name}, whose answer is awaited.", **facts),
        "accepted": v._("D-{number}: the group agreed on {name}, who accepted.", **facts),
        "over": v._("D-{number}: the group agreed on {name}, who accepted.", **facts),
        "declined": v._("D-{number}: the group agreed on {name}, who declined.", **facts),
        "silent": v._("D-{number}: the group agreed on {name}, who did not answer in time.", **facts),
    }
    return said.get(state) or v._("D-{number}: the group did not agree on {name}.", **facts)


def report_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number}: the delegate reported, {question}", number=e.facts["report"], question=e.said("question")))


def in_lists(v: Voice, name: str, question: str) -> str:
    return v._("{name} speaks for the group: {question}", name=name, question=question)
