"""The words of the board of a term that draws to its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.action import action
from bot.chat.message import Block, Button, Mention, Message, Text, message, paragraph
from bot.language import Voice

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Term:
    """`outlook`: open | asked | renewed | let end | over. `told_at`: when the board was put up."""

    id: int
    who: Mention | Text
    role: str
    room: str
    ends_at: datetime
    told_at: datetime
    outlook: str
    number: int | None  # D-number of what the others are asked
    next_until: datetime


def term(v: Voice, f: Term) -> Message:
    """For the room."""
    words = v.line("⏳ The term of {name} as {role} ends {when}.", name=f.who, role=f.role, when=when(v, f))
    return with_outlook(v, f, paragraph(*words))


def own_term(v: Voice, f: Term) -> Message:
    """For whoever holds it, in private."""
    if f.room:
        words = v._("⏳ Your term as {role} in {room} ends {when}.", role=f.role, room=f.room, when=when(v, f))
    else:
        words = v._("⏳ Your term as {role} ends {when}.", role=f.role, when=when(v, f))
    return with_outlook(v, f, paragraph(words))


def when(v: Voice, f: Term) -> str:
    """How soon as well, as long as nothing has come of it."""
    time = v.moment(f.ends_at)
    return v._("in {length}, on {time}", length=soon(v, f), time=time) if f.outlook == "open" else v._("on {time}", time=time)


def soon(v: Voice, f: Term) -> str:
    left = f.ends_at - f.told_at
    unit = DAY if left >= 2 * DAY else HOUR
    return v.duration(max(unit, round(left / unit) * unit))


def with_outlook(v: Voice, f: Term, first: Block) -> Message:
    if f.outlook == "over":
        return message(first, v._("It is over."))
    return message(first, outlook(v, f)).with_rows(buttons(v, f))


def outlook(v: Voice, f: Term) -> str:
    if f.number is not None:
        return v._("D-{number} asks the others about it.", number=f.number)
    if f.outlook == "renewed":
        return v._("It is renewed by consent: another term begins then, until {until}.", until=v.moment(f.next_until))
    if f.outlook == "let end":
        return v._("It ends then, as its holder wishes.")
    return v._("It ends by itself. Renewing it takes the consent of the others.")


def buttons(v: Voice, f: Term) -> tuple[Button, ...]:
    renew = () if f.outlook in {"asked", "renewed"} or f.number else (Button(v._("Renew"), "🔁", action("term.renew", f.id)),)
    let_end = () if f.outlook == "let end" else (Button(v._("Let it end"), "🌙", action("term.end", f.id)),)
    return (*renew, Button(v._("Hand over"), "🤝", action("term.pass", f.id)), *let_end)


def question(v: Voice, name: str, role: str, f_from: datetime, until: datetime) -> str:
    """What the others are asked."""
    return v._(
        "{name} serves another term as {role}, from {start} to {until}.",
        name=name,
        role=role,
        start=v.moment(f_from),
        until=v.moment(until),
    )


def longer(v: Voice, name: str, role: str, ends_at: datetime, until: datetime) -> str:
    """What the others are asked."""
    return v._(
        "{name} serves longer as {role}: until {until}, not only until {end}.",
        name=name,
        role=role,
        until=v.moment(until),
        end=v.moment(ends_at),
    )


def too_many(v: Voice, count: int, most: int) -> str:
    return v._("This would be term number {count} in a row; the role allows {most}.", count=count, most=most)


def asked(v: Voice, number: int) -> str:
    return v._("The others are asked in D-{number}.", number=number)


def lets_end(v: Voice, at: datetime) -> str:
    return v._("Noted. It ends on {time}.", time=v.moment(at))
