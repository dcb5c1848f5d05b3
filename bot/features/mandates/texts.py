"""What is said about mandates: thanks, and how a seat is filled again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Block, Mention, Message, Span, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told

NAMED = 20  # terms that are listed one by one; the rest are counted


@dataclass(frozen=True, slots=True)
class Farewell:
    """A mandate that has ended. `follower`: who has the seat now; "" for nobody yet."""

    who: Mention
    role: str
    at: datetime
    follower: str
    free: bool  # a seat of the role is empty


@dataclass(frozen=True, slots=True)
class Again:
    """Another term of the same person's."""

    who: Mention
    role: str
    until: datetime


def help_resign(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("give a role back, at once and without a reason"),
        more=v._("The next in the order of its draw is asked for the rest of the term. Example: resign treasurer."),
    )


def help_renew(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("ask the others for another term, yours or somebody else's"),
        more=v._("Open to whoever holds it and to all who have joined. The others decide by consent. Example: renew treasurer."),
    )


def help_letend(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role]"),
        summary=v._("let your term end on its date, without being asked about another"),
        more=v._("To give it back at once, say resign instead. Example: letend treasurer."),
    )


def turned(v: Voice, told: Sequence[Farewell], again: Sequence[Again], prefix: str) -> Message:
    """One message, however many they are."""
    said = message()
    if told:
        said = thanks_to_one(v, told[0], prefix) if len(told) == 1 else thanks_to_all(v, told, prefix)
    for one in again[:NAMED]:
        said += renewed(v, one)
    return said


def renewed(v: Voice, one: Again) -> Message:
    words = v.line("🌱 {name} goes on as {role} by consent, until {date}.", name=one.who, role=one.role, date=v.date(one.until))
    return message(paragraph(*words))


def seat_gone(v: Voice, role: str) -> Message:
    return message(v._("The term as {role} was over by the time of this consent, and it cannot begin anew now.", role=role))


def thanks_to_one(v: Voice, one: Farewell, prefix: str) -> Message:
    words = v.line("🌿 Thank you, {name}. Your term as {role} ended on {date}.", name=one.who, role=one.role, date=v.date(one.at))
    return message(paragraph(*words), *what_follows(v, one, prefix))


def what_follows(v: Voice, one: Farewell, prefix: str) -> list[Block]:
    if one.follower:
        return [paragraph(v._("{name} has the seat now.", name=one.follower))]
    return [seat_free(v, [one.role], prefix)] if one.free else []


def seat_free(v: Voice, roles: Sequence[str], prefix: str) -> Block:
    if len(roles) == 1:
        return paragraph(v._("The seat is free. {prefix}draw {role} fills it by lot.", prefix=prefix, role=roles[0]))
    return paragraph(v._("Free seats: {roles}. {prefix}draw fills them by lot.", roles=v.listed(roles), prefix=prefix))


def thanks_to_all(v: Voice, told: Sequence[Farewell], prefix: str) -> Message:
    lines = [bullet(*term(v, one)) for one in told[:NAMED]]
    if len(told) > NAMED:
        lines.append(bullet(v.n_("{n} more", "{n} more", len(told) - NAMED)))
    free = list(dict.fromkeys(one.role for one in told if one.free))
    after = [seat_free(v, free[:NAMED], prefix)] if free else []
    return message(v._("🌿 These terms are over. Thank you, all of you."), *lines, *after)


def term(v: Voice, one: Farewell) -> tuple[Span, ...]:
    facts: dict[str, Span | str | int] = {"name": one.who, "role": one.role, "date": v.date(one.at)}
    if one.follower:
        return v.line("{name}: {role}, until {date}. {follower} has the seat now.", follower=one.follower, **facts)
    return v.line("{name}: {role}, until {date}.", **facts)


def resigned(v: Voice, one: Farewell, passes_on: bool, prefix: str) -> Message:
    words = paragraph(
        *v.line("🌿 Thank you, {name}, for your time as {role}. You have given it back.", name=one.who, role=one.role)
    )
    if passes_on:
        return message(words, v._("The next in the order of the draw is asked for the rest of the term."))
    return message(words, *what_follows(v, one, prefix))


def given_up(v: Voice, roles: Sequence[str]) -> Message:
    return message(v._("Whoever held this mandate is no longer a member: {roles}.", roles=v.listed(roles)))


def one_seat(v: Voice, name: str, role: str) -> Message:
    return message(v._("{name} held two seats as {role} under two names. One of them is free again.", name=name, role=role))


def left(v: Voice, name: str, stands: Sequence[tuple[str, datetime]], prefix: str) -> Message:
    lines = [
        bullet(
            v._(
                "As {role} until {until}. {prefix}recall {name} {role} lets the group end it before.",
                name=name,
                role=role,
                until=v.date(until),
                prefix=prefix,
            )
        )
        for role, until in stands[:NAMED]
    ]
    return message(v._("{name} has left the room; what {name} holds for the group stands.", name=name), *lines)


REFUSALS: dict[str, Wording] = {
    "holds nothing": lambda v, **f: v._("You hold no mandate here at the moment."),
    "term over": lambda v, **f: v._("This term is over. {prefix}draw finds somebody for the next one.", prefix=f["prefix"]),
    "for the holder": lambda v, **f: v._("This is for whoever holds the mandate. Renewing it is open to all."),
    "renewed already": lambda v, **f: v._("It is renewed already; the next term follows by itself."),
    "wants it to end": lambda v, **f: v._(
        "Whoever holds it wants it to end. {prefix}draw finds somebody for the next term.", prefix=f["prefix"]
    ),
    "asked about it": lambda v, **f: v._(
        "The others are being asked about it in D-{number}. It can be asked again once that is over.", number=f["number"]
    ),
    "link waits": lambda v, **f: v._(
        "The others of a group are being asked about one of you in D-{number}. Link the two once that is over.", number=f["number"]
    ),
    "which term": lambda v, **f: v._(
        "Which one do you mean? These roles are held: {roles}. Say it with the name of the role, such as {prefix}renew {first}.",
        roles=v.listed(f["roles"]),
        prefix=f["prefix"],
        first=f["roles"][0],
    ),
    "no term runs": lambda v, **f: v._(
        "Nobody holds a role here at the moment. {prefix}draw finds somebody for one.", prefix=f["prefix"]
    ),
    "term in several": lambda v, **f: v._("You have this role in several groups. Please say it in the group's room."),
    "nobody serves": lambda v, **f: v._(
        "Nobody serves as {role} at the moment. {prefix}draw {role} finds somebody.", role=f["role"], prefix=f["prefix"]
    ),
    "which holder": lambda v, **f: v._(
        "Several people serve as {role}: {names}. Say whose term it is, such as {prefix}{verb} {role} {first}.",
        verb=f["verb"],
        role=f["role"],
        names=v.listed(f["names"]),
        first=f["names"][0],
        prefix=f["prefix"],
    ),
    "extended before": lambda v, **f: v._(
        "This term has been extended once, and once is the most. A renewal can still be asked for, or {prefix}draw finds somebody.",
        prefix=f["prefix"],
    ),
    "extend how long": lambda v, **f: v._(
        "For how long? Say for example {prefix}extend {role} 2 weeks.", prefix=f["prefix"], role=f["role"]
    ),
    "not later than it ends": lambda v, **f: v._(
        "That is not later than it ends anyway, on {until}. Please name a later time.", until=v.moment(f["until"])
    ),
    "extension too long": lambda v, **f: v._(
        "A term is extended by one more term at most, here until {until}. Please name a shorter time.", until=v.moment(f["until"])
    ),
    "which role": lambda v, **f: v._(
        "Which one do you mean? You serve as {roles}. Say it with the name of the role, such as {prefix}{verb} {first}.",
        verb=f["verb"],
        roles=v.listed(f["roles"]),
        prefix=f["prefix"],
        first=f["roles"][0],
    ),
}


def begins_entry(v: Voice, e: Entry) -> Told:
    return Told(
        v._("{name} serves, {role}, until {date}", name=e.who(), role=e.said("role"), date=v.date(e.when("until"))), "serving"
    )


def ends_entry(v: Voice, e: Entry) -> Told:
    facts = {"name": e.who(), "role": e.said("role")}
    said = {
        "resigned": v._("{name} gave a mandate back: {role}", **facts),
        "recalled": v._("The group ended {name}'s mandate early: {role}", **facts),
        "handed over": v._("{name} handed a mandate on: {role}", **facts),
        "left": v._("{name} is gone, and a mandate has ended: {role}", **facts),
    }
    return Told(said.get(e.facts["why"]) or v._("{name}'s term is over: {role}", **facts), "serving")


def extended_entry(v: Voice, e: Entry) -> Told:
    facts = {"name": e.who(), "role": e.said("role"), "date": v.date(e.when("until"))}
    return Told(v._("{name} serves longer, {role}, until {date}", **facts), "serving")


def handed_over_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{name} left notes for whoever follows: {role}", name=e.who(), role=e.said("role")), "serving")
