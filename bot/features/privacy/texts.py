"""What privacy says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, bullet, message
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_forget(v: Voice) -> Manual:
    return Manual(
        usage="me",
        summary=v._("have everything forgotten that tells who you are"),
        more=v._(
            "It asks once before it does so. You become a former member in all groups that I serve; "
            "what the groups decided stays, under nobody's name."
        ),
    )


def asks(v: Voice, account_id: int) -> Message:
    return message(
        v._("Shall I forget you? It is for all groups in which I know you, and it cannot be undone."),
        bullet(
            v._(
                "It goes: your names and ids, hats, labels, links between accounts, and what you said: "
                "objections, concerns, reasons, answers and notes. Mandates that you hold end."
            )
        ),
        bullet(
            v._(
                "It stays, of nobody: how often something was answered and how, when somebody served, and what you put to the group: "
                "proposals, polls and roles. What others wrote about you stays theirs."
            )
        ),
        v._("I cannot take back what stands in the chat, what others have saved, or backups that were made before."),
        v._("It happens as soon as you press, and in private I do not answer afterwards, for I no longer know whom."),
    ).with_rows((Button(v._("Forget me"), "🫥", action("forget.go", account_id)),))


def forgotten(v: Voice) -> str:
    return v._("It is done: I do not know you any more. If you come back, you are new here.")


def waits(v: Voice, number: int) -> str:
    return v._(
        "I do as soon as D-{number} is drawn: until then its pool must stay as it was posted. You are out of all hats already.",
        number=number,
    )


def help_mydata(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("give you all that I keep about you, in private"),
        more=v._("As a file in JSON, with a summary. Asked in a room, it comes to our private chat."),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A group that knows somebody."""

    title: str
    on_roll: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept about somebody. `figures`: by table, how many rows name them."""

    names: Sequence[str]
    groups: Sequence[Part]
    figures: Mapping[str, int]
    prefix: str


def held(v: Voice, f: Held) -> Message:
    count = f.figures.get
    answers = count("stances", 0) + count("ballots", 0)
    said = sum(count(name, 0) for name in ("objections", "remarks", "notes", "handovers", "recalls"))
    lines: list[Block | str] = [
        v._("I know you as: {names}.", names=v.listed(f.names)),
        *(bullet(group_line(v, group)) for group in f.groups),
        v.n_("You answered {n} round or poll.", "You answered {n} rounds and polls.", answers),
        v.n_("You wrote {n} objection, reason or note.", "You wrote {n} objections, reasons and notes.", said),
        v.n_("You held or hold {n} mandate.", "You held or hold {n} mandates.", count("mandates", 0)),
        v.n_("{n} entry of a register names you.", "{n} entries of registers name you.", count("register", 0)),
        v._("All of it is in the file, as I keep it. {prefix}forget me has it forgotten.", prefix=f.prefix),
    ]
    return message(*lines)


def group_line(v: Voice, group: Part) -> str:
    if group.on_roll:
        return v._("{group}: you belong to it", group=group.title)
    return v._("{group}: you do not belong to it now", group=group.title)


def sent_apart(v: Voice) -> Message:
    return message(v._("It stands in our private chat."))


def retention_line(v: Voice, months: int) -> str:
    if not months:
        return v._("retention: off; who answered what stays known")
    return v.n_(
        "retention: after {n} month names go from answers; counts stay",
        "retention: after {n} months names go from answers; counts stay",
        months,
    )


def erased_entry(v: Voice, e: Entry) -> Told:
    return Told(
        v.n_(
            "What was personal was erased from {n} entry; its hash stays.",
            "What was personal was erased from {n} entries; their hashes stay.",
            len(e.facts["entries"]),
        )
    )


def file_gone(v: Voice) -> Message:
    return message(v._("A file was to stand here. It told of somebody who was forgotten since, so please ask for it again."))


def forgotten_here(v: Voice) -> Message:
    return message(v._("It is done: I do not know any more who asked for it."))


REFUSALS: dict[str, Wording] = {
    "forget whom": lambda v, **f: v._("I forget whoever asks it of themselves. Say: {prefix}forget me.", prefix=f["prefix"]),
    "nothing known": lambda v, **f: v._("I know nothing of you, so there is nothing to forget."),
    "mydata in private": lambda v, **f: v._(
        "I give that in private only. Open our private chat, and say there: {prefix}mydata", prefix=f["prefix"]
    ),
    "months only": lambda v, **f: v._(
        "Say a number of months up to {most}, such as retention 12 months, or retention off.", most=f["most"]
    ),
    "not theirs": lambda v, **f: v._("Only whoever asked can press this. For yourself say: {prefix}forget me.", prefix=f["prefix"]),
}
