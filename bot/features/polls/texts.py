"""A poll's board in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, Text, bullet, paragraph
from bot.features.polls.methods.ballots import IF_NEED_BE, NO, YES
from bot.features.polls.voting import rules
from bot.language import Voice
from bot.tidy import isolated

FULL, EMPTY = "▰", "▱"
LONG_LIST = 10  # options beyond which the board shortens, and has no bars
SHORT, NAMES = 48, 120  # characters of an option in a long list, and of those who chose one
CROWD = 900  # characters of all names in a long list
CIRCLED = ("①", "⑪", "㉑")  # the first of each run of numbers in a circle


@dataclass(frozen=True, slots=True)
class OptionFacts:
    place: int
    text: str
    amount: int
    values: Mapping[int, int]  # how often each value was given
    names: Sequence[str]  # of those who chose it, as many as are shown
    chosen_by: int


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What a poll's board tells."""

    poll_id: int
    number: int
    question: str
    method: str
    about_method: str  # two sentences
    visibility: str
    hidden: bool
    additions: bool
    limit: int | None
    quorum: int
    options: Sequence[OptionFacts]
    voted: int
    voters: Sequence[str]  # in a roll-only poll: who has voted
    electors: int
    newcomers: int
    resting: int
    closes_at: datetime
    state: str
    commitment: str
    again: int | None  # the number of the poll that this one asks again
    repeats: str
    decides: bool  # a feature acts on the answer
    prefix: str


def board(v: Voice, f: PollFacts) -> Message:
    lines = [paragraph(Text(v._("📊 D-{number}: {question}", number=f.number, question=isolated(f.question)), "bold"))]
    lines += [paragraph(words) for words in (again(v, f), f.about_method) if words]
    lines += option_lines(v, f)
    lines += [paragraph(turnout(v, f))]
    if f.state == "open":
        lines += open_lines(v, f)
    else:
        lines += [paragraph(ended(v, f))]
    said = Message(tuple(lines))
    if f.state != "open":
        return said
    shown = said.with_rows(*rows(v, f))
    return shown.as_poll() if f.method == "single" and f.visibility != "secret" else shown


def again(v: Voice, f: PollFacts) -> str:
    return v._("D-{number} asked this before.", number=f.again) if f.again else ""


def option_lines(v: Voice, f: PollFacts) -> list[Block]:
    if f.hidden and f.state == "open":
        return [bullet(name_of(one, len(f.options) > LONG_LIST)) for one in f.options]
    return tally_lines(v, f.method, f.options) if f.state == "open" else []


def tally_lines(v: Voice, method: str, options: Sequence[OptionFacts]) -> list[Block]:
    """Each option, its bar, and who chose it where everybody may know."""
    crowded = len(options) > LONG_LIST
    most = max((other.amount for other in options), default=0)
    lines = []
    for one in options:
        bar = "" if crowded else f"{bar_of(one.amount, most)} "
        names = few_names(v, one, CROWD // len(options)) if crowded else folded_names(v, one.names, one.chosen_by)
        shown = f" ({names})" if one.names and names else ""
        lines.append(bullet(f"{name_of(one, crowded)}  {bar}{counted(v, method, one)}", Text(shown, "italic")))
    return lines


def few_names(v: Voice, option: OptionFacts, room: int) -> str:
    """In a long list: as many as there is room for; none where not even one fits."""
    return folded_names(v, option.names, option.chosen_by, room) if option.names and len(option.names[0]) <= room else ""


def name_of(option: OptionFacts, crowded: bool) -> str:
    return f"{option.place}. {isolated(shortened(option.text, SHORT) if crowded else option.text)}"


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def bar_of(n: int, most: int) -> str:
    full = rules.share(n, most)
    return FULL * full + EMPTY * (8 - full)


def counted(v: Voice, method: str, option: OptionFacts) -> str:
    match method:
        case "score" | "dots":
            return v.n_("{n} point", "{n} points", option.amount)
        case "ranked" | "condorcet":
            return v.n_("{n} first place", "{n} first places", option.amount)
        case "time":
            return v._(
                "{yes} yes, {maybe} if need be, {no} no",
                yes=option.values.get(YES, 0),
                maybe=option.values.get(IF_NEED_BE, 0),
                no=option.values.get(NO, 0),
            )
    return str(option.amount)


def folded_names(v: Voice, names: Sequence[str], total: int, room: int = NAMES) -> str:
    """As many names as there is room for, and how many more there are."""
    ends = list(accumulate(map(len, names)))
    shown = [name for name, end in zip(names, ends, strict=True) if end <= room] or list(names[:1])
    rest = total - len(shown)
    return v.listed([*shown, v.n_("{n} more", "{n} more", rest)] if rest > 0 else shown)


def turnout(v: Voice, f: PollFacts) -> str:
    words = [v.n_("{voted} of {n} has voted.", "{voted} of {n} have voted.", f.electors, voted=f.voted)]
    if f.visibility == "roll" and f.voters:
        words.append(v._("So far: {names}.", names=folded_names(v, f.voters, f.voted, 2 * NAMES)))
    if f.quorum:
        words.append(v._("A result needs {n}.", n=f.quorum))
    if f.newcomers and f.state == "open":
        words.append(v.n_("{n} of them is new.", "{n} of them are new.", f.newcomers))
    if f.resting and f.state == "open":
        words.append(v.n_("{n} of them is resting.", "{n} of them are resting.", f.resting))
    return " ".join(words)


def open_lines(v: Voice, f: PollFacts) -> list[Block]:
    lines = [paragraph(*v.line("Open until {time}.", time=v.moment_span(f.closes_at)), *repeated(v, f))]
    if f.additions:
        lines.append(paragraph(v._("Add an option with {prefix}option D-{number} and its text.", prefix=f.prefix, number=f.number)))
    lines.append(paragraph(who_sees_what(v, f)))
    if f.decides:
        return [*lines, paragraph(v._("It is adopted if more say Yes than No; a tie changes nothing."))]
    lines.append(
        paragraph(*v.line("Lots decide a tie. My secret for that, sealed, SHA-256: {hash}", hash=Text(f.commitment, "code")))
    )
    return lines


def repeated(v: Voice, f: PollFacts) -> list[Text]:
    if not f.repeats:
        return []
    words = v._(
        "Asked every {schedule}; {prefix}poll stop D-{number} ends that.", schedule=f.repeats, prefix=f.prefix, number=f.number
    )
    return [Text(f" {words}")]


def who_sees_what(v: Voice, f: PollFacts) -> str:
    if f.visibility == "secret":
        return v._(
            "Who can see what: everyone here sees how many have voted, and the result. Who voted and what was voted are kept apart. "
            "Whoever runs me could watch votes as they come in, and so could the chat platform. If all vote alike, all know how."
        )
    if f.visibility == "roll":
        return v._("Who can see what: everyone here sees who has voted, not what. Whoever runs me can see both.")
    if f.hidden:
        return v._("Who can see what: nothing before the close; then everyone here sees who chose what.")
    return v._("Who can see what: everyone here sees who chose what.")


def ended(v: Voice, f: PollFacts) -> str:
    return v._("Closed. The result stands below.") if f.state == "closed" else v._("Withdrawn. Nothing was counted.")


def rows(v: Voice, f: PollFacts) -> list[tuple[Button, ...]]:
    if f.visibility == "secret":
        return [(Button(v._("Vote in private"), "🗳", action("polls.ballot", f.poll_id), private=True),)]
    return [*option_rows(v, f, "polls.mark"), *tool_rows(v, f, "polls")]


def option_rows(v: Voice, f: PollFacts, verb: str) -> list[tuple[Button, ...]]:
    return [(Button(isolated(one.text), emblem(one.place), action(verb, f.poll_id, one.place)),) for one in f.options]


def emblem(place: int) -> str:
    """A sign of its own for each option, so that a reaction tells which is meant."""
    if place < 10:
        return f"{place}\ufe0f\u20e3"
    if place == 10:
        return "🔟"
    return chr(ord(CIRCLED[1]) + place - 11) if place <= 20 else chr(ord(CIRCLED[2]) + place - 21)


def tool_rows(v: Voice, f: PollFacts, family: str) -> list[tuple[Button, ...]]:
    if f.method in {"single", "time"} | rules.TOGGLED:
        return []
    undo = Button(v._("Undo"), "↩️", action(f"{family}.undo", f.poll_id))
    clear = Button(v._("Clear"), "🧹", action(f"{family}.clear", f.poll_id))
    return [(clear,) if f.method == "score" else (undo, clear)]
