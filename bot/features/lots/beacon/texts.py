"""What draws by the beacon say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import quicknet
from bot.chat.message import Block, Message, Moment, message, paragraph
from bot.features.lots import texts
from bot.features.lots.proofs import texts as proofs
from bot.features.lots.texts import DrawFacts, code
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_beacon(v: Voice) -> Manual:
    return Manual(
        usage=v._("[draw] <signature>"),
        summary=v._("bring the beacon's signature to a draw that waits for it"),
        more=v._(
            "Only needed when no relay of the beacon answers me. Look the round up at the address in the announcement, and paste its signature, "
            "or all that stands there. I check it, so it does not matter who brings it. A reply to the announcement does the same."
        ),
    )


def chance_line(v: Voice, value: str) -> str:
    if value == "beacon":
        return v._("chance: beacon, a public source that nobody can sway")
    return v._("chance: hat, shaken by those who are in it")


def announcement(v: Voice, f: DrawFacts, number: int, waits_since: datetime | None, prefix: str) -> Message:
    blocks = [*texts.opening(v, f), *source(v, f, number), texts.sealed_pool(v, f)]
    if f.cancelled:
        blocks.append(paragraph(called_off(v, waits_since)))
    elif waits_since is not None and not f.drawn:
        blocks += waiting(v, f, number, waits_since, prefix)
    return Message(tuple(blocks))


def source(v: Voice, f: DrawFacts, number: int) -> list[Block]:
    if f.drawn or f.cancelled:
        time = Moment(v.moment(f.closes_at), f.closes_at)
        return [
            paragraph(*v.line("Chance: round {number} of the public beacon drand quicknet, of {time}.", number=number, time=time))
        ]
    said = v.line(
        "Chance: round {number} of the public beacon drand quicknet. It appears at {time}; until then nobody can know it, and nobody can sway it. I draw then.",
        number=number,
        time=Moment(v.clock(f.closes_at), f.closes_at),
    )
    return [paragraph(*said)]


def waiting(v: Voice, f: DrawFacts, number: int, since: datetime, prefix: str) -> list[Block]:
    waits = v.line(
        "I have waited for round {number} since {time}, and it has not reached me yet. The draw goes on as soon as it does; nothing about it can change.",
        number=number,
        time=Moment(v.moment(since), since),
    )
    paste = v.line(
        "Anyone may look it up at {address} and paste what stands there: {command}",
        address=code(quicknet.look_up(number)),
        command=code(f"{prefix}beacon D-{f.number} …"),
    )
    return [paragraph(*waits), paragraph(*paste)]


def called_off(v: Voice, waits_since: datetime | None) -> str:
    if waits_since is None:
        return v._("This draw was called off: I could not announce it before its round appeared. Please call it again.")
    return v._("This draw was called off: its round did not reach me within a week. Please call it again.")


def from_the_beacon(v: Voice, number: int, signature: str, chance: str) -> list[Block]:
    return [
        paragraph(*v.line("Round {number} of the beacon, signature: {signature}", number=number, signature=code(signature))),
        paragraph(*v.line("Anyone can look it up: {address}", address=code(quicknet.look_up(number)))),
        paragraph(*v.line("Chance, the SHA-256 of the signature: {chance}", chance=code(chance))),
    ]


@dataclass(frozen=True, slots=True)
class Proof:
    """What /verify shows."""

    number: int
    round_: int
    fingerprint: str
    signature: str
    chance: str
    order: Sequence[str]
    document: str
    receipt: str


def proof(v: Voice, f: Proof) -> Message:
    who = v.line(
        "1. Who was in: {file} has the SHA-256 {hash}, posted before round {number} of the beacon appeared, which it names.",
        file=proofs.pool_name(f.number),
        hash=code(f.fingerprint),
        number=f.round_,
    )
    signed = v.line(
        "2. That round's signature is {signature}. I have checked it, and anyone can look it up: {address}",
        signature=code(f.signature),
        address=code(quicknet.look_up(f.round_)),
    )
    chance = v.line("3. The SHA-256 of the signature is the chance {chance}.", chance=code(f.chance))
    lines = (paragraph(*who), paragraph(*signed), paragraph(*chance), proofs.order_follows(v, f.number, f.order))
    return message(*lines).with_attachments(*proofs.proof_files(f.number, f.document, f.receipt))


def taken(v: Voice, number: int) -> str:
    return v._("This is the signature that D-{number} waited for. Thank you; the lots are drawn.", number=number)


def thanks(v: Voice, number: int) -> Message:
    return message(taken(v, number))


REFUSALS: dict[str, Wording] = {
    "no such chance": lambda v, **f: v._(
        "Chance comes from the hat or from the beacon: say {prefix}settings chance hat, or {prefix}settings chance beacon.",
        prefix=f["prefix"],
    ),
    "beacon unchecked": lambda v, **f: v._(
        "I cannot check the beacon's signatures here. Whoever runs me can install {package}; until then say {prefix}settings chance hat.",
        package=quicknet.EXTRA,
        prefix=f["prefix"],
    ),
    "already awaited": lambda v, **f: v._(
        "D-{number} is already open for this role and waits for its round of the beacon. Its announcement says when that appears.",
        number=f["number"],
    ),
    "round fixed": lambda v, **f: v._("This draw takes its chance from the beacon, at the time that its announcement names."),
    "no draw waits": lambda v, **f: v._("No draw waits for the beacon. Its number stands in its announcement, such as D-17."),
    "by the hat": lambda v, **f: v._("D-{number} takes its chance from the hat, not from the beacon.", number=f["number"]),
    "round to come": lambda v, **f: v._(
        "Round {number} appears at {time} by my clock. Nobody can have its signature before then.",
        number=f["number"],
        time=v.clock(f["at"]),
    ),
    "draw called off": lambda v, **f: v._("D-{number} was called off. Please call it again.", number=f["number"]),
    "no signature": lambda v, **f: v._(
        "I find no signature there. It is 96 digits and letters from a to f; say {prefix}beacon D-{number} and paste it whole.",
        prefix=f["prefix"],
        number=f["number"],
    ),
    "not of that round": lambda v, **f: v._(
        "This is not the signature of round {number}; it must be right to the last digit. Look it up again at {address}",
        number=f["number"],
        address=quicknet.look_up(f["number"]),
    ),
}
