"""The words of the roster, on the screen and on paper, and of what somebody holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.message import Attachment, Block, Message, Text, bullet, message, paragraph
from bot.commons.texts import folded_list
from bot.features.roles.texts import bold
from bot.language import Voice
from bot.routing.feature import Manual

SHOWN = 15  # roles in the message; all stand in the file
SOON = timedelta(days=14)


def help_roles(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("show who serves as what, until when, and what comes next"),
        more=v._("With a file to print and hang up. Roles without a sunset script are marked 🌇."),
    )


def help_mine(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("show what you hold, what you are asked, and what comes next"),
        more=v._("Said in private to me, it tells of all your groups."),
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that is taken."""

    name: str
    since: datetime
    until: datetime
    suspended: bool
    outlook: str = "open"  # of what comes after it: open | asked | renewed | let end


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was drawn and has not answered."""

    name: str
    number: int
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A role in the roster."""

    role: str
    purpose: str
    script: str
    seats: int
    taken: Sequence[Seat]  # that which ends first comes first
    reserves: Sequence[str]
    asked: Sequence[Asked]
    draw: int | None  # D-number of lots that are being drawn
    change: int | None  # D-number of a change under way


def until(v: Voice, at: datetime, now: datetime) -> str:
    """In words and as a date."""
    return v._("{date} ({ahead})", date=v.date(at), ahead=v.ahead(at - now))


def holder(v: Voice, seat: Seat, now: datetime) -> str:
    words = v._("{name}, since {since}, until {until}", name=seat.name, since=v.date(seat.since), until=until(v, seat.until, now))
    return v._("{holder}, suspended", holder=words) if seat.suspended else words


def next_steps(v: Voice, line: Line, now: datetime, prefix: str) -> list[str]:
    """What is to be done about a role, the most pressing first; nothing while all is well."""
    steps = [asked(v, each) for each in line.asked]
    if line.draw:
        steps.append(v._("lots are being drawn: D-{number}", number=line.draw))
    if line.seats > len(line.taken) + len(line.asked) and not line.draw:
        steps.append(vacant(v, line, prefix))
    if line.taken and ends_soon(line.taken[0], now):
        steps += ending(v, line, line.taken[0], now, prefix)
    if line.change:
        steps.append(v._("a change is under way: D-{number}", number=line.change))
    return steps


def ending(v: Voice, line: Line, seat: Seat, now: datetime, prefix: str) -> list[str]:
    """Nothing of a term that is followed by another; no renewal of one that its holder lets end."""
    facts = {"ahead": v.ahead(seat.until - now), "prefix": prefix, "role": line.role}
    match seat.outlook:
        case "renewed":
            return []
        case "let end":
            return [v._("ends {ahead}: {prefix}draw {role}", **facts)]
    return [v._("ends {ahead}: {prefix}renew {role}, or {prefix}draw {role}", **facts)]


def ends_soon(seat: Seat, now: datetime) -> bool:
    """Within two weeks, and in the second half of the term."""
    return seat.until - now <= min(SOON, (seat.until - seat.since) / 2)


def vacant(v: Voice, line: Line, prefix: str) -> str:
    if not line.taken and not line.asked:
        return v._("vacant: {prefix}draw {role}", prefix=prefix, role=line.role)
    free = line.seats - len(line.taken) - len(line.asked)
    return v.n_("{n} seat free: {prefix}draw {role}", "{n} seats free: {prefix}draw {role}", free, prefix=prefix, role=line.role)


def asked(v: Voice, one: Asked) -> str:
    if one.by:
        return v._("{name} is asked until {time}: D-{number}", name=one.name, time=v.moment(one.by), number=one.number)
    return v._("{name} is asked: D-{number}", name=one.name, number=one.number)


def roster(v: Voice, lines: Sequence[Line], now: datetime, prefix: str, sheet: Attachment) -> Message:
    blocks = [bold(v._("🗂 Roles of this group"))]
    blocks += [bullet(Text(mark(line), "bold"), f": {told(v, line, now, prefix)}") for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        blocks.append(paragraph(v.n_("{n} more stands in the file.", "{n} more stand in the file.", len(lines) - SHOWN)))
    if any(not line.script for line in lines):
        blocks.append(
            paragraph(
                v._("🌇 has no sunset script: how can it be dismantled, reconfigured or passed on? {prefix}sunset", prefix=prefix)
            )
        )
    return message(*blocks).with_attachments(sheet)


def mark(line: Line) -> str:
    return line.role if line.script else f"{line.role} 🌇"


def told(v: Voice, line: Line, now: datetime, prefix: str) -> str:
    parts = ["; ".join(holder(v, seat, now) for seat in line.taken)] if line.taken else []
    if line.taken and line.reserves:
        parts.append(reserves(v, line.reserves))
    parts += next_steps(v, line, now, prefix)
    return "; ".join(parts)


def reserves(v: Voice, names: Sequence[str]) -> str:
    return v._("reserves: {names}", names=folded_list(v, names))


def no_roles(v: Voice, prefix: str) -> Message:
    return message(v._("There are no roles yet. {prefix}role templates shows some to start from.", prefix=prefix))


def title(v: Voice, group: str) -> str:
    return v._("Roles of {group}", group=group) if group else v._("Roles")


def headings(v: Voice) -> tuple[str, ...]:
    return (v._("Role"), v._("Held by"), v._("Until"), v._("Reserves"), v._("What comes next"))


def cells(v: Voice, line: Line, now: datetime, prefix: str) -> tuple[Sequence[str], ...]:
    """The row of a role on paper: under each heading its lines."""
    script = v._("Sunset script: {words}", words=line.script) if line.script else v._("No sunset script yet.")
    since = [v._("{name}, since {date}", name=seat.name, date=v.date(seat.since)) for seat in line.taken]
    return (
        [line.role, *filter(None, [line.purpose]), script],
        since or [v._("vacant")],
        [v.date(seat.until) for seat in line.taken],
        line.reserves,
        next_steps(v, line, now, prefix),
    )


def as_of(v: Voice, now: datetime) -> str:
    return v._("As of {time}.", time=v.moment(now))


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate of one's own."""

    role: str
    seat: Seat
    reserves: Sequence[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place of one's own in an order."""

    role: str
    place: int  # among those who may still be asked


@dataclass(frozen=True, slots=True)
class Own:
    """All that concerns one person in one group."""

    group: str = ""
    held: Sequence[Held] = ()
    asked: Sequence[tuple[str, Asked]] = ()  # the role, and the question
    waiting: Sequence[Waiting] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.held or self.asked or self.waiting)


def mine(v: Voice, own: Own, now: datetime, prefix: str) -> list[Block]:
    if own.is_empty:
        return [paragraph(v._("You hold no mandate here, and nobody waits for an answer of yours."))]
    return [
        *(bullet(question(v, role, one)) for role, one in own.asked),
        *(bullet(what_i_hold(v, held, now, prefix)) for held in own.held),
        *(bullet(v._("You are reserve no. {n} for {role}.", n=each.place, role=each.role)) for each in own.waiting),
    ]


def question(v: Voice, role: str, one: Asked) -> str:
    if one.by:
        return v._(
            "You are asked to serve as {role} (D-{number}). Please accept or decline by {time}.",
            role=role,
            number=one.number,
            time=v.moment(one.by),
        )
    return v._("You are asked to serve as {role} (D-{number}). Please accept or decline.", role=role, number=one.number)


def what_i_hold(v: Voice, held: Held, now: datetime, prefix: str) -> str:
    words = v._("You serve as {role} until {until}.", role=held.role, until=until(v, held.seat.until, now))
    after = v._("Next in order: {name}.", name=held.reserves[0]) if held.reserves else v._("Nobody is next in order.")
    return f"{words} {after} " + v._("{prefix}resign {role} gives it back.", prefix=prefix, role=held.role)


def group_heading(v: Voice, group: str) -> Block:
    return bold(group or v._("A group without a name"))


def nowhere(v: Voice) -> Message:
    return message(v._("I know you from no group yet."))
