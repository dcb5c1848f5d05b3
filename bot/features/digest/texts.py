"""What the digest and /open say: what happened, in one line each, and nothing that asks for attention."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.action import action
from bot.chat.message import Attachment, Block, Button, Link, Message, Moment, Span, Text, bullet, message, paragraph, plain
from bot.features.digest import rules
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Dated, Open, Told

Lines = Sequence[tuple[Span, ...]]
Links = Mapping[int, str]  # by D-number: where it is answered in this room
OPEN = "digest.open"  # a button's verb


@dataclass(frozen=True, slots=True)
class Day:
    """What a digest tells: entries of the register from one number to another, and what stands now."""

    at: datetime
    entries: Sequence[tuple[int, Told]]  # with their numbers
    late: Sequence[Told]  # what did not reach all rooms within a day
    opened: Sequence[Open]
    closing: Sequence[Open]
    coming: Sequence[Dated]
    last: int  # the number of the newest entry
    head: str  # its hash
    again: bool = False  # the last digest may not have arrived, so this one tells of its days as well

    @property
    def is_quiet(self) -> bool:
        return not (self.entries or self.late or self.opened or self.closing or self.coming)


def help_open(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("show everything that is open now"),
        more=v._(
            "Once a day, in the evening, I say what was decided and opened and what closes soon; nothing on a day with nothing. "
            "settings digest weekly makes it Mondays only, settings digest daily 9 another hour, settings digest off silence."
        ),
    )


def digest_line(v: Voice, value: Any) -> str:
    every, hour = value
    if every == "off":
        return v._("digest: off")
    if every == "weekly":
        return v._("digest: weekly, on Mondays at {hour}:00, and not in quiet hours", hour=hour)
    return v._("digest: daily at {hour}:00, and not in quiet hours", hour=hour)


def digest(v: Voice, day: Day, links: Links, read: Links) -> Message:
    """`read`: by an entry's number, where this room was told of it. Of a long day the first of each section, and the whole as a file."""
    sections = sections_of(v, day, links, read)
    shown = rules.shares([len(lines) for _, lines in sections])
    said = message(*blocks(v, day, [(title, lines, most) for (title, lines), most in zip(sections, shown, strict=True)]))
    said = said.with_rows((Button(v._("Open now"), "📂", action(OPEN)),))
    return said if sum(shown) == sum(len(lines) for _, lines in sections) else said.with_attachments(whole(v, day, sections))


def whole(v: Voice, day: Day, sections: Sequence[tuple[str, Lines]]) -> Attachment:
    said = message(*blocks(v, day, [(title, lines, len(lines)) for title, lines in sections]))
    return Attachment(f"digest-{day.at:%Y-%m-%d}.txt", "text/plain", f"{plain(said)}\n".encode())


def sections_of(v: Voice, day: Day, links: Links, read: Links) -> list[tuple[str, Lines]]:
    def entered(section: str) -> Lines:
        return [(linked(told.words, read.get(place)),) for place, told in day.entries if told.section == section]

    found: list[tuple[str, Lines]] = [
        (v._("Decided"), entered("decided")),
        (v._("Opened"), [open_line(v, each, links) for each in day.opened]),
        (v._("Closing soon"), [open_line(v, each, links) for each in day.closing]),
        (v._("Mandates and draws"), entered("serving")),
        (v._("Coming up"), [coming_line(v, each) for each in day.coming]),
        (v._("Took longer than a day to reach all rooms, as far as I know"), [(Text(each.words),) for each in day.late]),
        (v._("Also in the register"), entered("else")),
    ]
    return [(title, lines) for title, lines in found if lines]


def blocks(v: Voice, day: Day, sections: Sequence[tuple[str, Lines, int]]) -> Iterator[Block]:
    yield paragraph(Text(v._("📰 Digest, {date}", date=v.date(day.at)), "bold"))
    if day.again:
        yield paragraph(v._("Whether the last digest arrived here is not known, so this one tells of its days, too."))
    for title, lines, most in sections:
        yield paragraph(Text(title, "bold"))
        yield from (bullet(*line) for line in lines[:most])
        if len(lines) > most:
            yield bullet(v.n_("{n} more, in the file", "{n} more, in the file", len(lines) - most))
    if day.last:
        yield witness(v, day)


def witness(v: Voice, day: Day) -> Block:
    return paragraph(
        *v.line(
            "The last entry in the register is number {n}, its hash is {head}. Every phone that keeps this message is a witness.",
            n=day.last,
            head=Text(day.head, "code"),
        )
    )


def open_line(v: Voice, each: Open, links: Links) -> tuple[Span, ...]:
    """`D-18 Lunch?, until 3 Mar 2027 18:00; 2 more answers make the quorum`."""
    missing = v.n_("; {n} more answer makes the quorum", "; {n} more answers make the quorum", each.missing) if each.missing else ""
    return (linked(name(each), links.get(each.number)), *until(v, each.closes_at), Text(missing))


def linked(words: str, address: str | None) -> Span:
    return Link(words, address) if address else Text(words)


def name(each: Open) -> str:
    return f"D-{each.number} {each.title}"


def coming_line(v: Voice, each: Dated) -> tuple[Span, ...]:
    when: Span = Text(v.date(each.at)) if each.whole_day else v.moment_span(each.at)
    return when, Text(": "), Text(each.title)


def until(v: Voice, at: datetime | None) -> tuple[Span, ...]:
    return v.line(", until {time}", time=Moment(v.moment(at), at)) if at else ()


def open_now(v: Voice, found: Sequence[Open], links: Links) -> Message:
    if not found:
        return message(v._("Nothing is open at the moment."))
    heading = v.n_("📂 Open now, {n}:", "📂 Open now, {n}:", len(found))
    return message(paragraph(Text(heading, "bold")), *(bullet(*open_line(v, each, links)) for each in found))


def listed(v: Voice) -> str:
    return v._("The list of what is open comes below.")


def just_listed(v: Voice) -> str:
    return v._("The list stands here already, a few messages up.")


REFUSALS: dict[str, Wording] = {
    "no such digest": lambda v, prefix, **f: v._(
        "Write it like {prefix}settings digest daily 18, {prefix}settings digest weekly 9, or {prefix}settings digest off.",
        prefix=prefix,
    ),
}
