"""What results and reviews say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.action import action
from bot.chat.message import Attachment, Button, Message, Text, paragraph, quoted
from bot.commons.accounting import Accounting
from bot.commons.roll import FORMER
from bot.features.consent.faces.texts import STANCES, RoundFacts, life, spoken, text_blocks
from bot.features.consent.texts import stance_name
from bot.language import Voice
from bot.routing.house import Entry, Told

LATE = timedelta(minutes=2)  # after which a result says that it comes late


@dataclass(frozen=True, slots=True)
class Record:
    """The whole list behind a result."""

    names: Mapping[str, Sequence[str]]
    concerns: Sequence[tuple[str, str]]
    electorate: str  # labels, one a line


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What a result tells."""

    about: RoundFacts
    outcome: str
    accounting: Accounting
    closed_at: datetime
    review_at: datetime | None
    prefix: str
    fixed: bool  # a question about a role or a mandate, whose text nobody amends
    record: Record


def outcome_board(v: Voice, f: OutcomeFacts) -> Message:
    blocks = [paragraph(Text(verdict(v, f), "bold")), *text_blocks(v, f.about.text)]
    blocks += [paragraph(line) for line in next_steps(v, f)]
    blocks += [*spoken(v, f.about), paragraph(accounting_line(v, f.accounting))]
    if f.closed_at - f.about.closes_at > LATE:
        blocks.append(
            paragraph(
                *v.line(
                    "It was due at {time}; I come late because I was not running or a platform was out of reach.",
                    time=v.moment_span(f.about.closes_at),
                )
            )
        )
    if f.review_at:
        blocks.append(paragraph(*v.line("The group looks at it again on {time}.", time=v.moment_span(f.review_at))))
    return Message(tuple(blocks))


def verdict(v: Voice, f: OutcomeFacts) -> str:
    number = f.about.number
    match f.outcome:
        case "adopted":
            return v._("✅ D-{number} is adopted", number=number)
        case "blocked":
            return v._("✋ D-{number} is blocked by an open objection", number=number)
        case "no quorum":
            return v._("⌛ D-{number} has no result: too few took a stance", number=number)
    return v._("↩️ D-{number} is withdrawn", number=number)


def next_steps(v: Voice, f: OutcomeFacts) -> Iterator[str]:
    facts = {"prefix": f.prefix, "number": f.about.number}
    if f.fixed and f.outcome in {"blocked", "no quorum"}:
        yield v._("What next: nothing changes for now. Talk it through; it can be asked again later.")
    elif f.outcome == "blocked":
        yield v._(
            "What next: talk it through, then {prefix}amend D-{number} with a text that meets the objection, and all are asked anew.",
            **facts,
        )
    elif f.outcome == "no quorum":
        yield v._(
            "What next: {prefix}amend D-{number} with a clearer text, or propose it again when more people have time.", **facts
        )


def accounting_line(v: Voice, a: Accounting) -> str:
    return v._(
        "Accounts: received {received} = counted {counted} + replaced {replaced} + refused {refused}.",
        received=a.received,
        counted=a.counted,
        replaced=a.replaced,
        refused=a.refused,
    )


def record_file(v: Voice, f: OutcomeFacts) -> Message:
    """All that was said, by name, and who could have taken part."""
    lines = [verdict(v, f), "", f.about.text, "", accounting_line(v, f.accounting), ""]
    for stance in STANCES:
        lines += [f"{stance_name(v, stance)}: {name}" for name in f.record.names[stance]]
    lines += [v._("Concern, {name}: {words}", name=name, words=words) for name, words in f.record.concerns]
    lines += [v._("Objection, {what}", what=life(v, each)) for each in f.about.objections]
    lines += [
        "",
        v._("Who could take part, SHA-256 of these lines: {hash}", hash=f.about.fingerprint),
        *f.record.electorate.splitlines(),
    ]
    if any(line.startswith(f"{FORMER}:") for line in f.record.electorate.splitlines()):
        lines.append(v._("Somebody in it was forgotten since, so that these lines no longer give that hash."))
    name = f"D-{f.about.number}-v{f.about.version}-record.txt"
    return Message(attachments=(Attachment(name, "text/plain", "\n".join([*lines, ""]).encode()),))


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A decision that is looked at again."""

    proposal_id: int
    number: int
    text: str
    decided_at: datetime | None
    state: str
    until: datetime | None


def review_board(v: Voice, f: ReviewFacts) -> Message:
    heading = paragraph(Text(v._("🔎 D-{number}: its review is due", number=f.number), "bold"))
    blocks = [heading, quoted(f.text)]
    if f.decided_at:
        blocks.append(paragraph(*v.line("Decided on {time}.", time=v.moment_span(f.decided_at))))
    if f.state != "asked":
        return Message((*blocks, paragraph(review_end(v, f))))
    blocks.append(paragraph(v._("Shall it be kept, changed or ended? Anyone who has joined can answer.")))
    return Message(tuple(blocks), (review_buttons(v, f.proposal_id),))


def review_buttons(v: Voice, proposal_id: int) -> tuple[Button, ...]:
    return (
        Button(v._("Keep"), "👍", action("review.keep", proposal_id)),
        Button(v._("Change"), "✏️", action("review.change", proposal_id)),
        Button(v._("End"), "🛑", action("review.end", proposal_id)),
    )


def review_end(v: Voice, f: ReviewFacts) -> str:
    match f.state:
        case "kept":
            return v._("It is kept.")
        case "ended":
            return v._("It has ended.")
        case "lapsed":
            return v._("Nobody answered, so it has lapsed, as this group has set.")
    return v._("Nobody answered, so it stays, as this group has set.")


def reviewed(v: Voice, number: int, title: str) -> str:
    return v._("D-{number} is looked at again: {title}", number=number, title=title)


def review_ends(v: Voice, number: int, title: str) -> str:
    return v._("D-{number}, last day to answer its review: {title}", number=number, title=title)


def decision_entry(v: Voice, e: Entry) -> Told:
    facts = {"number": e.facts["decision"], "title": e.said("text")}
    said = {
        "adopted": v._("{number} is adopted: {title}", **facts),
        "blocked": v._("{number} is blocked by an open objection: {title}", **facts),
        "no quorum": v._("{number} has no result, too few took a stance: {title}", **facts),
    }
    return Told(said.get(e.facts["result"]) or v._("{number} is withdrawn: {title}", **facts), "decided")


def review_entry(v: Voice, e: Entry) -> Told:
    number = e.facts["review"]
    said = {
        "kept": v._("{number} was looked at again and is kept", number=number),
        "stayed": v._("{number} stays: nobody answered when it was looked at again", number=number),
        "lapsed": v._("{number} has lapsed: nobody answered when it was looked at again", number=number),
    }
    return Told(said.get(e.facts["result"]) or v._("{number} was looked at again", number=number), "decided")
