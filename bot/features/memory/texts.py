"""What looking things up says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Block, Button, Link, Message, Text, bullet, message, paragraph
from bot.commons.publication import Published, Share
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_decisions(v: Voice) -> Manual:
    return Manual(
        usage=v._("[words] [since <date>]"),
        summary=v._("find what was decided, drawn or noted"),
        more=v._(
            "Words are found in any case, with or without accents, and by their beginning. "
            "Examples: decisions kitchen, decisions since March, decisions kitchen since 3 months ago page 2."
        ),
    )


def help_decision(v: Voice) -> Manual:
    return Manual(
        usage=v._("<number>"),
        summary=v._("show a decision with its whole story"),
        more=v._(
            "Example: decision 17. Versions, objections, result, and what came of it; with a link back, where there are links."
        ),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list."""

    at: datetime
    words: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Page:
    search_id: int
    lines: Sequence[Line]
    words: str
    since: datetime | None
    page: int
    more: bool  # older ones
    share: Share | None


def page(v: Voice, f: Page) -> Message:
    blocks = [paragraph(Text(heading(v, f), "bold")), *(line(v, each) for each in f.lines)]
    if not f.lines:
        blocks.append(paragraph(nothing(v, f)))
    if f.share is not None and f.share.entries:
        blocks.append(paragraph(in_time(v, f.share)))
    newer = [Button(v._("Newer"), "⬅️", action("register.page", f.search_id, f.page - 1))] if f.page > 1 else []
    older = [Button(v._("Older"), "➡️", action("register.page", f.search_id, f.page + 1))] if f.more else []
    return Message(tuple(blocks), (tuple(newer + older),) if newer or older else ())


def heading(v: Voice, f: Page) -> str:
    if f.words and f.since:
        said = v._("🗂 In the register: {words}, since {date}", words=f.words, date=v.date(f.since))
    elif f.words:
        said = v._("🗂 In the register: {words}", words=f.words)
    elif f.since:
        said = v._("🗂 Decided since {date}", date=v.date(f.since))
    else:
        said = v._("🗂 What was decided")
    return v._("{heading}, page {page}", heading=said, page=f.page) if f.page > 1 else said


def line(v: Voice, f: Line) -> Block:
    words = Link(f.words, f.link) if f.link else Text(f.words)
    return bullet(Text(f"{v.date(f.at)}: "), words)


def nothing(v: Voice, f: Page) -> str:
    if f.page > 1:
        return v._("There is nothing on this page.")
    if f.words:
        return v._("Nothing has all these words. Try fewer, or only the beginning of one.")
    return v._("Nothing has been decided yet.") if f.since is None else v._("Nothing has been decided since then.")


def in_time(v: Voice, f: Share) -> str:
    return v._("Published in all rooms within 24 hours, over 90 days: {in_time} of {n}.", in_time=f.in_time, n=f.entries)


def over(v: Voice) -> Message:
    return message(v._("🗂 This list is a day old. Ask for it again to turn its pages."))


def turned(v: Voice, number: int) -> str:
    return v._("Page {page}", page=number)


@dataclass(frozen=True, slots=True)
class Whole:
    """All about one D-number."""

    number: int
    open: str | None  # its title, if it is open
    lines: Sequence[Line]
    story: Sequence[Block]
    published: Published | None
    links: Sequence[str]


def whole(v: Voice, f: Whole) -> Message:
    is_open = v._("🗂 D-{number} is open: {title}", number=f.number, title=f.open)
    first = is_open if f.open else f"🗂 {f.lines[0].words}"
    rest = f.lines if f.open else f.lines[1:]
    return message(paragraph(Text(first, "bold")), *f.story, *(line(v, each) for each in rest), *made(v, f))


def made(v: Voice, f: Whole) -> Iterator[Block]:
    if f.lines and not f.story:
        yield paragraph(*v.line("Entered on {time}.", time=v.moment_span(f.lines[0].at)))
    if f.published is not None:
        yield paragraph(published(v, f.published))
    for url in f.links:
        yield paragraph(Link(v._("Where it was told"), url))


def published(v: Voice, f: Published) -> str:
    if f.unknown:
        return v._("Whether it reached all rooms is not known: a platform has not said.")
    if f.at is None:
        return v._("Not all rooms have been told of it yet.")
    if f.in_time:
        return v._("All rooms were told of it on {time}.", time=v.moment(f.at))
    return v._("All rooms were told of it on {time}, later than 24 hours after.", time=v.moment(f.at))


REFUSALS: dict[str, Wording] = {
    "which decision": lambda v, **f: v._("Which one? Say for example {prefix}decision 17.", prefix=f["prefix"]),
    "no such decision": lambda v, **f: v._("I know no D-{number} in this group. {prefix}decisions lists what there is.", **f),
    "no such day": lambda v, **f: v._(
        "I cannot read “{words}” as a day that is over. Write it like March, Monday, 3 months ago or 2026-03-01.", **f
    ),
    "no word to find": lambda v, **f: v._(
        "There is no word in that. Say for example {prefix}decisions kitchen.", prefix=f["prefix"]
    ),
    "old list": lambda v, **f: v._("This list is a day old. {prefix}decisions gives a new one.", prefix=f["prefix"]),
    "too many words": lambda v, **f: v._("That is more than {most} words. Leave some out.", most=f["most"]),
}
