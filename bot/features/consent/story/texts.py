"""How the story of a decision is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Block, bullet, paragraph, quoted
from bot.features.consent.faces.texts import life, stance_lines
from bot.features.consent.results.texts import OutcomeFacts, accounting_line
from bot.language import Voice


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of a proposal, decided or not."""

    versions: Sequence[Version]
    outcome: OutcomeFacts
    decided_at: datetime | None
    ends: int | None  # number of the earlier decision that it ends
    ended_by: int | None
    review: str | None  # ahead | asked | kept | changed | ended | stayed | lapsed; None: there is none
    review_at: datetime | None


def story(v: Voice, f: Story) -> list[Block]:
    return [*versions(v, f), *said(v, f.outcome), *result(v, f), *aftermath(v, f)]


def versions(v: Voice, f: Story) -> Iterator[Block]:
    for each in f.versions:
        time = v.moment_span(each.at)
        yield paragraph(*v.line("Version {n}, by {name} on {time}:", n=each.number, name=each.author, time=time))
        yield quoted(each.text)


def said(v: Voice, f: OutcomeFacts) -> Iterator[Block]:
    yield from (bullet(v._("Objection, {what}", what=life(v, each))) for each in f.about.objections)
    yield from (bullet(v._("Concern, {name}: {words}", name=name, words=words)) for name, words in f.record.concerns)


def result(v: Voice, f: Story) -> Iterator[Block]:
    if f.decided_at is None:
        yield paragraph(*v.line("It is open until {time}.", time=v.moment_span(f.outcome.about.closes_at)))
        return
    yield paragraph(*v.line("Decided on {time}.", time=v.moment_span(f.decided_at)))
    yield from stance_lines(v, f.outcome.about.tally, f.outcome.record.names)
    yield paragraph(accounting_line(v, f.outcome.accounting))


def aftermath(v: Voice, f: Story) -> Iterator[Block]:
    if f.ends is not None:
        yield paragraph(v._("It is about ending D-{number}.", number=f.ends))
    if f.ended_by is not None:
        yield paragraph(v._("D-{number} has ended it.", number=f.ended_by))
    if f.review is not None:
        yield paragraph(review(v, f))


def review(v: Voice, f: Story) -> str:
    match f.review:
        case "kept":
            return v._("It was looked at again, and kept.")
        case "ended" | "changed":
            return v._("It was looked at again, and is no longer in force.")
        case "lapsed":
            return v._("It has lapsed: nobody answered when it was looked at again.")
        case "stayed":
            return v._("It was looked at again; nobody answered, so it stays.")
    return v._("The group looks at it again on {date}.", date=v.date(f.review_at)) if f.review_at else ""
