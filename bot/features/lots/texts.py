"""What lots say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, Moment, Text, bullet, paragraph
from bot.commons.texts import folded_list
from bot.features.lots.balances.texts import Balance, balance_lines, how_seats_pass
from bot.features.lots.offers.texts import Drawn, answer_buttons, answer_by, seat_line
from bot.features.lots.pools.texts import LeftOut, left_out_lines, pair_lines
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_draw(v: Voice) -> Manual:
    return Manual(
        usage=v._("<role> [seats] [from <role or circle>] [without <names>] [with buddy] [balance by <labels>] [because <reason>]"),
        summary=v._("draw lots for a role among those in the hat"),
        more=v._(
            "I freeze who is in the hat and post its fingerprint. Then everyone in it may shake the hat, and that decides the order. "
            "Those drawn accept or decline; a decline passes to the next in order. Without a number I draw for all free seats. "
            "Who serves already, rests, takes a break after serving or is not in the hat for the role is left out, and the announcement says why. "
            "With buddy draws two: the first in order who has served in this role, and the first who has not. "
            "Balance by site, gender gives each of these labels its share of the seats, and everybody the same chance. "
            "Example: draw facilitator, or draw auditor 2 from council without @ben."
        ),
    )


def help_verify(v: Voice) -> Manual:
    return Manual(
        usage=v._("[draw]"),
        summary=v._("show how anyone can check a draw"),
        more=v._(
            "Gives the pool document and a receipt; both can be checked without me and without a network. Example: verify D-17."
        ),
    )


def shake_button(v: Voice, draw_id: int) -> Button:
    return Button(v._("Shake the hat"), "🎩", action("lots.shake", draw_id))


def draw_button(v: Voice, draw_id: int) -> Button:
    return Button(v._("Draw now"), "🎲", action("lots.draw", draw_id))


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """What an announcement tells."""

    draw_id: int
    opener: str
    number: int
    role: str
    seats: int
    in_hat: Sequence[str]
    resting: int  # who are left in peace
    veterans: Sequence[str]  # of a pair
    balance: Balance | None
    left_out: Sequence[LeftOut]
    circle: str  # the circle or role of which they are
    shaken: Sequence[str]
    closes_at: datetime
    fingerprint: str
    commitment: str
    earlier: int | None  # number of an earlier draw for the role
    reason: str
    drawn: bool
    cancelled: bool


def opening(v: Voice, f: DrawFacts) -> list[Block]:
    """How each announcement begins, whatever the source of chance."""
    heading = v.n_(
        "🎩 D-{number}: lots for {role}", "🎩 D-{number}: lots for {role}, {n} seats", f.seats, number=f.number, role=f.role
    )
    return [
        paragraph(Text(heading, "bold")),
        *earlier_draw(v, f),
        paragraph(in_hat(v, f)),
        *pair_lines(v, f.veterans),
        *balance_lines(v, f.balance),
        *left_out_lines(v, f.left_out),
    ]


def sealed_pool(v: Voice, f: DrawFacts) -> Block:
    return paragraph(*v.line("Pool document, SHA-256: {hash}", hash=code(f.fingerprint)))


def announcement(v: Voice, f: DrawFacts) -> Message:
    blocks = opening(v, f)
    blocks.append(paragraph(shaken_by(v, f.shaken) if f.shaken or f.drawn else v._("Nobody has shaken it yet.")))
    if not f.drawn and not f.cancelled:
        blocks.append(
            paragraph(
                *v.line(
                    "Shake the hat if you are in it. I draw at {time}, or as soon as all have shaken.",
                    time=Moment(v.clock(f.closes_at), f.closes_at),
                )
            )
        )
    if f.cancelled:
        blocks.append(paragraph(v._("This draw was called off: I could not announce it in time. Please call it again.")))
    blocks.append(sealed_pool(v, f))
    blocks.append(paragraph(*v.line("My secret, sealed, SHA-256: {hash}", hash=code(f.commitment))))
    said = Message(tuple(blocks))
    return said if f.drawn or f.cancelled else said.with_rows((shake_button(v, f.draw_id),), (draw_button(v, f.draw_id),))


def in_hat(v: Voice, f: DrawFacts) -> str:
    """Who rests is counted and not named."""
    names = folded_list(v, f.in_hat)
    words = (
        v._("In the hat, of {circle}: {names}.", circle=f.circle, names=names)
        if f.circle
        else v._("In the hat: {names}.", names=names)
    )
    if f.resting:
        words += " " + v.n_("{n} is resting and left in peace.", "{n} are resting and left in peace.", f.resting)
    return words


def earlier_draw(v: Voice, f: DrawFacts) -> list[Block]:
    if f.earlier is None:
        return []
    words = v._("D-{number} already drew lots for this role.", number=f.earlier)
    reason = (
        v._("Reason for drawing again: {reason}", reason=f.reason) if f.reason else v._("No reason was given for drawing again.")
    )
    return [paragraph(f"{words} {reason}")]


def shaken_by(v: Voice, names: Sequence[str]) -> str:
    if not names:
        return v._("Nobody shook the hat, so the chance was mine alone.")
    return v._("Shaken by, in this order: {names}.", names=folded_list(v, names))


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a result tells."""

    draw_id: int
    number: int
    role: str
    seats: int
    drawn: Sequence[Drawn]  # in order
    origin: Sequence[Block]  # where the chance came from
    prefix: str
    balanced: bool = False


def from_the_hat(v: Voice, shaken: Sequence[str], secret: str, chance: str) -> list[Block]:
    return [
        paragraph(shaken_by(v, shaken)),
        paragraph(*v.line("My secret, now open: {secret}", secret=code(secret))),
        paragraph(*v.line("Chance, from secret and shakes: {chance}", chance=code(chance))),
    ]


def result(v: Voice, f: ResultFacts) -> Message:
    asked = [one for one in f.drawn if one.answer != "reserve"]
    reserves = [one.mention.name for one in f.drawn if one.answer == "reserve"]
    heading = Text(v._("🎲 D-{number}: drawn for {role}", number=f.number, role=f.role), "bold")
    blocks = [paragraph(heading), *(bullet(*seat_line(v, one)) for one in asked)]
    if f.drawn and not asked:
        blocks.append(paragraph(v._("No seat is free any more, so nobody is asked now.")))
    if not reserves and sum(one.answer in {"offered", "accepted"} for one in asked) < f.seats:
        blocks.append(paragraph(v._("Nobody else is left to ask.")))
    if reserves:
        blocks.append(paragraph(v._("Reserves, in this order: {names}.", names=folded_list(v, reserves))))
    blocks += how_seats_pass(v, f.balanced)
    blocks += answer_by(v, asked)
    blocks += f.origin
    blocks.append(paragraph(*v.line("Check it: {command}", command=code(f"{f.prefix}verify D-{f.number}"))))
    said = Message(tuple(blocks))
    return said.with_rows(answer_buttons(v, f.draw_id)) if any(one.answer == "offered" for one in asked) else said


def code(text: str) -> Text:
    return Text(text, "code")


def shaken(v: Voice, n: int, of: int) -> str:
    return v._("You shook the hat: {n} of {of} have.", n=n, of=of)


def drawing(v: Voice) -> str:
    return v._("Drawing.")


def thanks(v: Voice, role: str, until: datetime) -> str:
    return v._("Thank you. You serve as {role} until {until}.", role=role, until=v.moment(until))


def passed_on(v: Voice) -> str:
    return v._("Noted. The seat passes to the next in order.")


REFUSALS: dict[str, Wording] = {
    "pool forgotten": lambda v, **f: v._(
        "Somebody in the pool of D-{number} was forgotten, so I no longer have its document as it was posted. "
        "Its SHA-256 was {hash}. Whoever kept the receipt can check the draw with it as before.",
        **f,
    ),
    "role missing": lambda v, **f: v._(
        "For which role shall I draw? Say for example: draw facilitator, or draw note-taker 2.", **f
    ),
    "seats not a number": lambda v, **f: v._(
        "The number of seats is a whole number, 1 or more. Say for example: draw note-taker 2.", **f
    ),
    "hat empty": lambda v, **f: v._("The hat is empty. Whoever is willing to serve says {prefix}join first.", **f),
    "too many seats": lambda v, **f: v.n_(
        "There is {n} name in the hat, so I cannot draw {seats}. Ask for fewer seats, or let more people join.",
        "There are {n} names in the hat, so I cannot draw {seats}. Ask for fewer seats, or let more people join.",
        f["in_hat"],
        **f,
    ),
    "too many seats awake": lambda v, **f: v.n_(
        "Without those who are resting there is {n} name in the hat, so I cannot draw {seats}. Ask for fewer seats, or wait until more are back.",
        "Without those who are resting there are {n} names in the hat, so I cannot draw {seats}. Ask for fewer seats, or wait until more are back.",
        f["in_hat"],
        **f,
    ),
    "too many for one": lambda v, **f: v._("I draw at most {most} seats at once, so that the result fits into one message.", **f),
    "already open": lambda v, **f: v._("D-{number} is already open for this role. Shake the hat there, or press Draw now.", **f),
    "no such draw": lambda v, **f: v._(
        "I know no such draw in this group. Its number stands in its announcement, such as D-17.", **f
    ),
    "not drawn yet": lambda v, **f: v._("D-{number} has not been drawn yet. It can be checked once it has.", **f),
    "already drawn": lambda v, **f: v._("The lots are drawn already. Look for the result below.", **f),
    "not in the pool": lambda v, **f: v._(
        "Your name was not in the hat when this draw was called. Press Count me in to be there next time.", **f
    ),
    "resting now": lambda v, **f: v._(
        "You are resting, so your name is not in this hat. {prefix}back ends your rest, and you are in the next one.", **f
    ),
    "already shaken": lambda v, **f: v._("You shook the hat already. Once is enough.", **f),
    "not asked": lambda v, **f: v._("This question is for the person who was drawn.", **f),
    "answer too late": lambda v, **f: v._(
        "The time to answer is over, so the seat has passed on. A later draw may find you again.", **f
    ),
    "already answered": lambda v, **f: v._("You have answered already. The seat's story stands in the result.", **f),
}


def in_lists(v: Voice, role: str) -> str:
    return v._("lots are drawn, {role}", role=role)
