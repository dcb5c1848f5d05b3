"""What recall says: factual, and without blame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.action import action
from bot.chat.message import Block, Button, Mention, Message, Text, message, paragraph, quoted
from bot.commons.texts import folded_list
from bot.language import Voice
from bot.routing.feature import Manual
from bot.routing.house import Entry, Told


@dataclass(frozen=True, slots=True)
class RecallFacts:
    """What a recall's board tells."""

    recall_id: int
    number: int
    opener: str
    holder: str
    role: str
    reason: str
    answer: str
    state: str
    method: str
    suspends: bool
    needed: int
    support: int
    supporters: Sequence[str]  # the first of them
    closes_at: datetime
    until: datetime  # the end of the term
    question: int  # the number under which the group decides; 0: not yet
    prefix: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a recall on which the group was asked."""

    number: int
    decision: int  # D-number of the question
    who: Mention
    role: str
    state: str
    until: datetime
    passes_on: bool  # the next in the order of the draw is asked
    role_open: bool


def help_recall(v: Voice) -> Manual:
    return Manual(
        usage=v._("<person> [role] [because <reason>]"),
        summary=v._("have the group decide whether somebody serves no longer"),
        more=v._(
            "When enough support it within 7 days, all others decide, by consent unless the group has set it otherwise. The person can answer. "
            "If it comes to nothing, you can open it again after 30 days; somebody else can at once, with twice as many supporters. "
            "Example: recall @anna treasurer because the books are closed."
        ),
    )


def help_answer(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <words>"),
        summary=v._("answer a recall of your mandate, beside its reason"),
        more=v._("A reply to its message does the same. Example: answer I was ill, and the books are open now."),
    )


def board(v: Voice, f: RecallFacts) -> Message:
    head = v._("⚖️ D-{number}: {opener} asks that the mandate of {holder} as {role} ends now.", **names(f))
    said = message(paragraph(Text(head, "bold")), *voices(v, f), *state_lines(v, f))
    if f.state == "gathering":
        return said.with_rows(*rows(v, f))
    return said


def names(f: RecallFacts) -> dict[str, Any]:
    return {"number": f.number, "opener": f.opener, "holder": f.holder, "role": f.role}


def voices(v: Voice, f: RecallFacts) -> list[Block]:
    """The reason, and next to it the answer."""
    if f.answer or f.state not in {"gathering", "deciding"}:
        return given(v, f)
    how = v._("{holder} can answer: a reply to this message stands here beside the reason.", holder=f.holder)
    return [*given(v, f), paragraph(how)]


def given(v: Voice, f: RecallFacts) -> list[Block]:
    reason = [paragraph(v._("The reason given:")), quoted(f.reason)] if f.reason else [paragraph(v._("No reason is given."))]
    answer = [paragraph(v._("{holder} answers:", holder=f.holder)), quoted(f.answer)] if f.answer else []
    return [*reason, *answer]


def story(v: Voice, f: RecallFacts, opened_at: datetime, ended_at: datetime | None) -> list[Block]:
    facts = {"opener": f.opener, "holder": f.holder, "role": f.role}
    asked = v.line(
        "{opener} asked on {time} that the mandate of {holder} as {role} ends early.", time=v.moment_span(opened_at), **facts
    )
    over = [paragraph(*v.line("It was over on {time}.", time=v.moment_span(ended_at)))] if ended_at else []
    then = paragraph(v._("It takes {needed} who support it.", needed=f.needed)) if f.state == "gathering" else None
    return [paragraph(*asked), *given(v, f), *([then] if then else state_lines(v, f)), *over]


def state_lines(v: Voice, f: RecallFacts) -> list[Block]:
    match f.state:
        case "gathering":
            return gathering(v, f)
        case "deciding":
            return [
                paragraph(v._("Enough support it: the others decide in D-{number}.", number=f.question)),
                paragraph(meanwhile(v, f)),
            ]
    return [paragraph(outcome(v, f))]


def gathering(v: Voice, f: RecallFacts) -> list[Block]:
    shown = folded_list(v, f.supporters, f.support) if f.support else v._("nobody")
    support = v._("Supported by {n} of the {needed} that it takes: {names}.", n=f.support, needed=f.needed, names=shown)
    until = v.line("Open until {time}; then it lapses and nothing changes.", time=v.moment_span(f.closes_at))
    seen = v._("Everybody here can see who supports it. Once it is over, nobody is named.")
    return [paragraph(support), paragraph(*until), paragraph(then(v, f)), paragraph(meanwhile(v, f)), paragraph(seen)]


def then(v: Voice, f: RecallFacts) -> str:
    return {
        "majority": v._("With enough support, all but {holder} decide by majority, openly.", holder=f.holder),
        "secret majority": v._("With enough support, all but {holder} decide by majority, in secret.", holder=f.holder),
    }.get(f.method, v._("With enough support, all but {holder} decide by consent.", holder=f.holder))


def meanwhile(v: Voice, f: RecallFacts) -> str:
    if f.suspends:
        return v._("The mandate rests while the group decides, and goes on if it is not ended.")
    return v._("Until it is decided, the mandate stands.")


def outcome(v: Voice, f: RecallFacts) -> str:
    match f.state:
        case "adopted":
            return v._("The group has ended the mandate early in D-{number}.", number=f.question)
        case "blocked":
            return v._("The group has not ended the mandate: D-{number} is not adopted. It stands.", number=f.question)
        case "no quorum":
            return v._("Too few answered in D-{number}, so nothing changes. The mandate stands.", number=f.question)
        case "withdrawn":
            return v._("It was withdrawn. The mandate stands.")
        case "lapsed":
            return v._("It has lapsed. The mandate stands.")
    return v._("It is no longer needed: the mandate is over.")


def rows(v: Voice, f: RecallFacts) -> tuple[tuple[Button, ...], ...]:
    support = Button(v._("Support"), "🤝", action("recall.support", f.recall_id))
    not_any_more = Button(v._("No longer support"), "↩️", action("recall.not", f.recall_id))
    return ((support, not_any_more), (Button(v._("Answer"), "💬", action("recall.answer", f.recall_id)),))


def question(v: Voice, number: int, holder: str, role: str) -> str:
    return v._(
        "The mandate of {holder} as {role} ends now. Reason and answer stand in D-{number}.",
        holder=holder,
        role=role,
        number=number,
    )


def ended(v: Voice, f: Ended, prefix: str) -> Message:
    if f.state == "adopted":
        words = v.line(
            "🌿 Thank you, {name}, for your time as {role}. The group has decided in D-{number} that your mandate ends today.",
            name=f.who,
            role=f.role,
            number=f.decision,
        )
        return message(paragraph(*words), *following(v, f, prefix))
    words = v.line(
        "{name}, your mandate as {role} stands until {date}: D-{number} has not ended it.",
        name=f.who,
        role=f.role,
        date=v.date(f.until),
        number=f.number,
    )
    return message(paragraph(*words))


def following(v: Voice, f: Ended, prefix: str) -> list[Block]:
    if f.passes_on:
        return [paragraph(v._("The next in the order of the draw is asked for the rest of the term."))]
    if not f.role_open:
        return []
    return [paragraph(v._("The seat is free. {prefix}draw {role} fills it by lot.", prefix=prefix, role=f.role))]


def supported(v: Voice, new: bool) -> str:
    return v._("You support it. The button beside takes that back.") if new else v._("You support it already.")


def asked(v: Voice, number: int) -> str:
    return v._("You support it, and that is enough: the others are asked in D-{number}.", number=number)


def no_more(v: Voice) -> str:
    return v._("You do not support it any more.")


def withdrawn(v: Voice, number: int, name: str) -> Message:
    return message(v._("{name} withdrew D-{number}. The mandate stands.", name=name, number=number))


def answered(v: Voice, number: int) -> Message:
    return message(v._("Your answer stands on D-{number}, beside the reason. You can say it anew at any time.", number=number))


def how_to_answer(v: Voice, number: int, prefix: str) -> str:
    return v._("Reply to this message, or write {prefix}answer D-{number} and your words.", prefix=prefix, number=number)


def method_line(v: Voice, value: Any) -> str:
    if value == "majority":
        return v._("recall: decided by majority of the others, openly")
    if value == "secret majority":
        return v._("recall: decided by majority of the others, in secret")
    return v._("recall: decided by consent of the others")


def supporters_line(v: Voice, value: Any) -> str:
    if not value:
        return v._("recall-supporters: three or a tenth of the hat, whichever is more")
    return v.n_("recall-supporters: {n} opens the decision", "recall-supporters: {n} open the decision", value)


def meanwhile_line(v: Voice, value: Any) -> str:
    if value == "rests":
        return v._("recall-mandate: rests while the group decides")
    return v._("recall-mandate: stands while the group decides")


def opens_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["recall"], "name": e.who(), "role": e.said("role")}
    return Told(v._("{number}: {name}'s mandate is put in question, {role}", **facts), "serving")


def ends_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["recall"], "name": e.who(), "role": e.said("role")}
    if e.facts["result"] == "adopted":
        return Told(v._("{number}: {name}'s mandate ends early, {role}", **facts), "decided")
    return Told(v._("{number}: {name}'s mandate goes on, {role}", **facts), "decided")


def suspended_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{name}'s mandate rests while a recall runs: {role}", name=e.who(), role=e.said("role")), "serving")


def resumes_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{name}'s mandate rests no longer: {role}", name=e.who(), role=e.said("role")), "serving")


def in_lists(v: Voice, name: str, role: str) -> str:
    return v._("support is sought to end {name}'s mandate early, {role}", name=name, role=role)
