"""What the messages of an election say, and the facts that they say it of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.action import action
from bot.chat.message import Attachment, Block, Button, Message, Text, bullet, message, paragraph, quoted
from bot.commons.texts import folded_list, span
from bot.features.grants.elections import rules
from bot.language import Voice

SHOWN, ROOM = 20, 1_800  # nominations on a board, and characters for them; the rest are counted


@dataclass(frozen=True, slots=True)
class About:
    """What an election is for, and how far it is."""

    id: int
    number: int
    role: str
    purpose: str
    term: str
    until: datetime | None
    holders: Sequence[str]
    state: str
    ends_at: datetime
    length: int
    opener: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Who has named somebody, of how many."""

    size: int
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Nomination:
    nominee_id: int
    by: str
    name: str
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who was named, how often, and what should be known of it: left, serves, most terms, declined …"""

    id: int
    name: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom it came to last."""

    name: str
    decision: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Named:
    nominees: Sequence[Nominee]
    nominations: Sequence[Nomination]
    chosen: Choice
    prefix: str


def election(v: Voice, f: About, naming: Naming) -> Message:
    """Nothing of whom anybody has named."""
    if f.state != "naming":
        return message(*heading(v, f), paragraph(moved_on(v, f.state)))
    said = message(*heading(v, f), *how(v, f), paragraph(until(v, f)), paragraph(progress(v, naming)))
    nominate = Button(v._("Nominate in private"), "🤫", action("elections.nominate", f.id), private=True)
    return said.with_rows((nominate,), (Button(v._("Show nominations"), "👐", action("elections.show", f.id)),))


def heading(v: Voice, f: About) -> Iterator[Block]:
    yield paragraph(Text(v._("🪶 D-{number}: who serves as {role}?", number=f.number, role=f.role), "bold"))
    if f.purpose:
        yield quoted(f.purpose)
    yield paragraph(" ".join(filter(None, (term(v, f), held(v, f.holders)))))


def term(v: Voice, f: About) -> str:
    return v._("Until {until}.", until=v.moment(f.until)) if f.until else v._("For {length}.", length=span(v, f.term))


def held(v: Voice, names: Sequence[str]) -> str:
    return v._("Held now by {names}.", names=folded_list(v, names)) if names else ""


def how(v: Voice, f: About) -> Iterator[Block]:
    yield paragraph(
        v._(
            "There are no candidates. Whom would you name, and why? Nobody sees it before all is shown; until then you can change it."
        )
    )
    yield paragraph(
        v._(
            "Having heard the reasons, everybody may change theirs for {length}. Then one of those named is put to the group for consent.",
            length=v.duration(timedelta(seconds=f.length)),
        )
    )


def until(v: Voice, f: About) -> str:
    return v._("Open until {time}, or until all have named somebody.", time=v.moment(f.ends_at))


def progress(v: Voice, naming: Naming) -> str:
    if not naming.names:
        return v._("Nobody of {size} has named somebody yet.", size=naming.size)
    return v._(
        "{n} of {size} have named somebody: {names}.", n=len(naming.names), size=naming.size, names=folded_list(v, naming.names)
    )


def moved_on(v: Voice, state: str) -> str:
    match state:
        case "nobody":
            return v._("Nobody was named in time, so this has ended. It can be opened again.")
        case "withdrawn":
            return v._("This was withdrawn.")
        case "role ended":
            return v._("The group has given up this role, so this has ended.")
    return v._("The nominations are shown in the message after this.")


def nominations(v: Voice, f: About, named: Named) -> Message:
    title = paragraph(Text(v._("🪶 D-{number}: nominations for {role}", number=f.number, role=f.role), "bold"))
    blocks = [title, *shown_list(v, named.nominations), paragraph(counts(v, named.nominees)), *exceptions(v, named.nominees)]
    said = message(*blocks, *(paragraph(words) for words in standing(v, f, named)))
    return said.with_rows(*buttons(v, f, named.nominees)) if f.state in rules.OPEN_TO_CHOICE else said


def shown_list(v: Voice, rows: Sequence[Nomination]) -> Iterator[Block]:
    fitting = fit(v, rows)
    yield from (bullet(nomination(v, row)) for row in rows[:fitting])
    if fitting < len(rows):
        rest = len(rows) - fitting
        yield paragraph(v.n_("{n} more stands in the file.", "{n} more stand in the file.", rest))


def is_folded(rows: Sequence[Nomination]) -> bool:
    return fit(Voice(), rows) < len(rows)


def fit(v: Voice, rows: Sequence[Nomination]) -> int:
    """How many there is room for."""
    room = ROOM
    for n, row in enumerate(rows[:SHOWN]):
        room -= len(nomination(v, row))
        if room < 0:
            return n
    return min(len(rows), SHOWN)


def nomination(v: Voice, row: Nomination) -> str:
    """`Anna names Ben, before Cleo: he listens`"""
    if row.before:
        return v._("{by} names {name}, before {before}: {reason}", by=row.by, name=row.name, before=row.before, reason=row.reason)
    return v._("{by} names {name}: {reason}", by=row.by, name=row.name, reason=row.reason)


def counts(v: Voice, nominees: Sequence[Nominee]) -> str:
    return v._("Named: {names}.", names=folded_list(v, [f"{each.name} {each.count}" for each in nominees]))


def exceptions(v: Voice, nominees: Sequence[Nominee]) -> Iterator[Block]:
    """What the group should know before one of them is put to it."""
    for each in nominees[: rules.MOST_BUTTONS]:
        if words := exception(v, each):
            yield paragraph(words)


def exception(v: Voice, f: Nominee) -> str:
    match f.note:
        case "most terms":
            return v._("⚠️ {name}: more terms in a row than the role allows, so it would be an exception.", name=f.name)
        case "cooling off":
            return v._("⚠️ {name}: the role asks for a break after serving, so it would be an exception.", name=f.name)
        case "recalled":
            return v._("⚠️ {name}: the group ended a mandate in this role early, so it would be an exception.", name=f.name)
        case "serves":
            return v._("{name} holds the role now, and can be put to the group once that term is over.", name=f.name)
        case "left":
            return v._("{name} has left the roll, and can be put to the group once they are back.", name=f.name)
        case "declined":
            return v._("{name} has declined.", name=f.name)
        case "silent":
            return v._("{name} did not answer in time.", name=f.name)
        case "refused":
            return v._("{name} was put to the group, and not agreed on.", name=f.name)
    return ""


def buttons(v: Voice, f: About, nominees: Sequence[Nominee]) -> list[tuple[Button, ...]]:
    able = [each for each in nominees if each.note not in {"left", "declined"}][: rules.MOST_BUTTONS]
    rows = [
        (Button(f"{each.name} ({each.count})", emblem(place), action("elections.choose", f.id, each.id)),)
        for place, each in enumerate(able, start=1)
    ]
    if f.state == "changing":
        rows.append((Button(v._("Change mine"), "🤫", action("elections.nominate", f.id), private=True),))
    return [*rows, (Button(v._("End without a choice"), "🏁", action("elections.stop", f.id)),)]


def emblem(place: int) -> str:
    """A sign of its own for each, so that a reaction tells who is meant."""
    return "🔟" if place == rules.MOST_BUTTONS else f"{place}\ufe0f\u20e3"


def standing(v: Voice, f: About, named: Named) -> Iterator[str]:
    chosen = named.chosen
    match f.state:
        case "changing":
            yield v._(
                "Having heard the reasons, everybody may change theirs until {time}: Change mine, or {prefix}nominate D-{number} <whom> because <why>.",
                time=v.moment(f.ends_at),
                prefix=named.prefix,
                number=f.number,
            )
            yield v._(
                "The buttons put one of those named to the group for consent. Until then they are for {opener}, who opened this, and for "
                "whoever facilitates; afterwards for all who take part.",
                opener=f.opener,
            )
        case "choosing":
            yield v._("The buttons put one of those named to the group for consent. Anybody who takes part can press them.")
        case "asked":
            yield v._("D-{number} asks the group whether {name} is to serve.", number=chosen.decision, name=chosen.name)
        case "offered":
            yield v._("The group agrees on {name}, whose answer is awaited.", name=chosen.name)
        case _:
            yield outcome(v, f.state, chosen)


def outcome(v: Voice, state: str, chosen: Choice) -> str:
    match state:
        case "filled" if chosen.until:
            return v._("{name} serves until {until}.", name=chosen.name, until=v.moment(chosen.until))
        case "closed":
            return v._("This has ended without a choice.")
        case "lapsed":
            return v._("Nobody has moved this on, so it has lapsed.")
    return moved_on(v, state)


def full_list(v: Voice, number: int, rows: Sequence[Nomination]) -> Message:
    """A file, for there are more than a board has room for."""
    lines = [nomination(v, row) for row in rows]
    said = message(v._("D-{number}: all nominations, with their reasons.", number=number))
    return said.with_attachments(Attachment(f"D-{number}-nominations.txt", "text/plain", "\n".join([*lines, ""]).encode()))


def reasons(v: Voice, number: int, by: str, name: str, role: str, rows: Sequence[Nomination]) -> Message:
    """Before the round that asks about somebody."""
    said = v._(
        "🪶 D-{number}: {by} puts {name} to the group as {role}. The reasons given:", number=number, by=by, name=name, role=role
    )
    return message(paragraph(Text(said, "bold")), *reason_list(v, rows))


def reason_list(v: Voice, rows: Sequence[Nomination]) -> Iterator[Block]:
    fitting = fit(v, rows)
    yield from (bullet(f"{row.by}: {row.reason}") for row in rows[:fitting])
    if fitting < len(rows):
        rest = len(rows) - fitting
        yield paragraph(v.n_("{n} more stands in the file.", "{n} more stand in the file.", rest))
