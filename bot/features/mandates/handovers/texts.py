"""What is said about handing over."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.action import action
from bot.chat.message import Button, Mention, Message, bullet, message, paragraph
from bot.chat.refs import PersonRef
from bot.language import Voice
from bot.routing.feature import Manual, Wording


@dataclass(frozen=True, slots=True)
class Handover:
    """`state`: noted | given | confirmed."""

    id: int
    giver: str
    receiver: str
    receiver_ref: PersonRef
    role: str
    things: Sequence[str]
    state: str


def help_handover(v: Voice) -> Manual:
    return Manual(
        usage=v._("[role] <notes>"),
        summary=v._("leave notes for whoever follows you: keys, accounts, papers"),
        more=v._(
            "One thing a line. I keep them until there is a successor, and show them to nobody else; say it in a private chat with me. "
            "Saying it again replaces them; handover treasurer nothing takes them back. The role itself passes on when the term ends, "
            "or with resign. Example: handover treasurer The keys are with Ben."
        ),
    )


def ask(v: Voice, name: str, role: str, prefix: str) -> Message:
    return message(
        v._(
            "{name}, what should whoever follows you as {role} know, and have? Keys, accounts, papers: one thing a line.",
            name=name,
            role=role,
        ),
        v._(
            "Reply to this message, or write {prefix}handover {role} and your notes. I keep them until there is a successor, "
            "and show them to nobody else. What is written in a room can be read by all in it.",
            prefix=prefix,
            role=role,
        ),
    )


def asked_in_private(v: Voice) -> str:
    return v._("I have written to you in private.")


def asked_here(v: Voice) -> str:
    return v._("Reply to my question here, or open a private chat with me for what is not for all.")


def noted(v: Voice, n: int, role: str) -> Message:
    words = v.n_(
        "Noted, {n} thing for whoever follows as {role}. Saying it again replaces it.",
        "Noted, {n} things for whoever follows as {role}. Saying it again replaces them.",
        n,
        role=role,
    )
    return message(words)


def taken_back(v: Voice) -> Message:
    return message(v._("Nothing is left there for whoever follows."))


def handover(v: Voice, f: Handover) -> Message:
    """For the room: who, and how many things; not what they are."""
    if f.state == "confirmed":
        words = v.n_(
            "🤝 {giver} handed over to {receiver}: {n} thing, confirmed.",
            "🤝 {giver} handed over to {receiver}: {n} things, confirmed.",
            len(f.things),
            giver=f.giver,
            receiver=f.receiver,
        )
        return message(words)
    who = Mention(f.receiver_ref, f.receiver)
    words_for = v.line(
        "🤝 {receiver}, {giver} has left something for whoever follows as {role}.", receiver=who, giver=f.giver, role=f.role
    )
    read = Button(v._("Read it"), "📖", action("handover.read", f.id), private=True)
    return message(paragraph(*words_for)).with_rows((read,))


def things(v: Voice, f: Handover) -> Message:
    """For the successor alone."""
    first = v._("🤝 {giver} has left this for you, as {role}:", giver=f.giver, role=f.role)
    said = message(first, *(bullet(thing) for thing in f.things))
    if f.state == "confirmed":
        return said
    return said.with_rows((Button(v._("I have it all"), "✅", action("handover.confirm", f.id)),))


def confirmed(v: Voice) -> str:
    return v._("Thank you. The group sees that it is handed over.")


REFUSALS: dict[str, Wording] = {
    "nothing to hand over": lambda v, **f: v._(
        "You hold no mandate, and none of yours has ended lately, so there is nothing to hand over."
    ),
    "which handover": lambda v, **f: v._(
        "Which role is it about? You serve, or served, as {roles}. Say for example {prefix}handover {first} The keys are with Ben.",
        roles=v.listed(f["roles"]),
        prefix=f["prefix"],
        first=f["roles"][0],
    ),
    "handover in several": lambda v, **f: v._(
        "You have this role in several groups. Reply to my question about it, or say it in the group's room."
    ),
    "too many things": lambda v, **f: v._(
        "That is more than {most} things. Please put some of them into one line.", most=f["most"]
    ),
    "for the follower": lambda v, **f: v._("This is for whoever follows in the role."),
    "handed over already": lambda v, **f: v._("It is confirmed already. Thank you."),
}
