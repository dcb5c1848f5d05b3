"""What is said to whoever asks a poll, or wants something of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Block, Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.tidy import isolated, tidy

SHORT = 96  # characters of a question in a list


def help_poll(v: Voice) -> Manual:
    return Manual(
        usage=v._("<question> | <option> | <option> …"),
        summary=v._("ask the group to choose"),
        more=v._(
            "Options stand after | or on lines of their own; without any I ask Yes or No. Settings stand there too: "
            "method: single, several, score, ranked, condorcet, dots, time or sign-up; max 3; points 10; secret; roll only; "
            "hidden until close; open to additions; until Friday 18:00; for 3 days; quorum 5; every weekday 9:00. "
            "A dash before a line makes it an option. poll again D-4 asks it anew; poll stop D-4 ends a repeated one."
        ),
    )


def help_option(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <text>"),
        summary=v._("add an option to a poll that is open to additions"),
        more=v._("Example: option D-4 The old mill."),
    )


def help_polls(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("show which polls are open, and which you have not answered"))


def yes_or_no(v: Voice) -> tuple[str, str]:
    return v._("Yes"), v._("No")


def added(v: Voice, number: int, place: int, text: str) -> Message:
    return message(v._("D-{number} has one more option, number {place}: {text}", number=number, place=place, text=isolated(text)))


def extended(v: Voice, number: int, closes_at: datetime) -> Message:
    return message(paragraph(*v.line("D-{number} is open until {time} now.", number=number, time=v.moment_span(closes_at))))


def withdrawn(v: Voice, number: int, name: str) -> Message:
    return message(v._("{name} withdrew D-{number}. Nothing was counted.", name=name, number=number))


def asked_again(v: Voice) -> str:
    return v._("Asked again.")


def begun(v: Voice, number: int, question: str, words: str, next_at: datetime, prefix: str) -> Message:
    first = v.line(
        "D-{number}: I will ask “{question}” every {words}, first on {time}.",
        number=number,
        question=isolated(question),
        words=words,
        time=v.moment_span(next_at),
    )
    return message(paragraph(*first), v._("{prefix}poll stop D-{number} ends that.", prefix=prefix, number=number))


def stopped(v: Voice, number: int) -> Message:
    return message(v._("D-{number} will not be asked again by itself.", number=number))


@dataclass(frozen=True, slots=True)
class Line:
    """One open poll in the list."""

    number: int
    question: str
    closes_at: datetime
    answered: bool


def open_ones(v: Voice, lines: Sequence[Line], prefix: str) -> Message:
    if not lines:
        return message(v._("No poll is open. {prefix}poll and a question opens one.", prefix=prefix))
    return message(paragraph(Text(v._("Open polls"), "bold")), *(open_line(v, line) for line in lines))


def open_line(v: Voice, line: Line) -> Block:
    done = v._("you have answered") if line.answered else v._("you have not answered")
    question = isolated(tidy(line.question, SHORT))
    return bullet(
        *v.line(
            "D-{number}: {question} ({done}; open until {time})",
            number=line.number,
            question=question,
            done=done,
            time=v.moment_span(line.closes_at),
        )
    )


REFUSALS: dict[str, Wording] = {
    "asked by a rule": lambda v, **f: v._(
        "D-{number} was asked because a command wanted it decided. Say that command again to have it asked anew.", **f
    ),
    "stays open": lambda v, **f: v._(
        "D-{number} is about a person, so it stays open until its time is over or all have answered.", **f
    ),
    "question missing": lambda v, **f: v._(
        "What shall I ask? Say for example: {prefix}poll Where do we meet? | The park | The library.", prefix=f["prefix"]
    ),
    "question too long": lambda v, **f: v._(
        "This question is too long for a poll. Use at most {limit} characters, and put the rest in a message of its own.", **f
    ),
    "one option": lambda v, **f: v._(
        "One option is no choice. Name two or more, or none for Yes and No. What looks like a setting is an option with a dash before it.",
        **f,
    ),
    "empty option": lambda v, **f: v._("There is an option without words between two |. Fill it in or take one | away.", **f),
    "too many options": lambda v, **f: v._("I take at most {most} options in one poll. Leave some out, or ask in two polls.", **f),
    "option too long": lambda v, **f: v._(
        "An option has at most {limit} characters, so that it fits on a button. Please shorten it.", **f
    ),
    "twice the same": lambda v, **f: v._(
        "Two options read the same to me: “{this}” and “{that}”. Word one of them differently.",
        this=isolated(f["this"]),
        that=isolated(f["that"]),
    ),
    "no limit here": lambda v, **f: v._(
        "A limit goes with the methods several, sign-up and dots only. Leave it out, or name one of these.", **f
    ),
    "no such limit": lambda v, **f: v._("A limit here is a number from 1 to {most}.", **f),
    "nobody on the roll": lambda v, **f: v._(
        "Nobody is in the hat, so nobody could vote. Whoever wants to vote says {prefix}join first.", prefix=f["prefix"]
    ),
    "too few for secret": lambda v, **f: v.n_(
        "A secret poll needs {least} people in the hat, and there is {n}: with fewer, anyone could guess. Ask openly, or let more people join.",
        "A secret poll needs {least} people in the hat, and there are {n}: with fewer, anyone could guess. Ask openly, or let more people join.",
        f["electors"],
        least=f["least"],
    ),
    "poll quorum too high": lambda v, **f: v.n_(
        "There is {n} person in the hat, so this quorum could never be reached. Use a smaller one.",
        "There are {n} people in the hat, so this quorum could never be reached. Use a smaller one.",
        f["electors"],
    ),
    "not open to additions": lambda v, **f: v._(
        "The options of D-{number} are fixed. Whoever asks the next poll can say: open to additions.", **f
    ),
    "not yours to close": lambda v, **f: v._(
        "Only whoever asked D-{number}, or the facilitator, can do this. Ask one of them.", **f
    ),
    "no such poll": lambda v, **f: v._("I know no such poll in this group. Its number stands on its board, such as D-4.", **f),
    "two ends": lambda v, **f: v._("Give one end: until a time, or for a length. A poll that repeats takes for only.", **f),
    "not later": lambda v, **f: v._("That is no later than it ends already. Name a later time, or how much longer.", **f),
    "poll extended enough": lambda v, **f: v._(
        "D-{number} was extended {most} times, which is enough. Close it, or ask again.", **f
    ),
    "nothing repeats": lambda v, **f: v._("D-{number} is not asked again and again, so there is nothing to stop.", **f),
}
