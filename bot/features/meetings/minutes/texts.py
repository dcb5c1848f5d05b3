"""What minutes say: who decided what is in the register; these are its words for people, as a message and on paper."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from bot.chat.message import Attachment, Block, Message, Text, bullet, message, paragraph
from bot.commons.documents import Document, Section, written
from bot.features.meetings.minutes.facts import Minutes, Note, Stretch, in_full
from bot.language import Voice
from bot.routing.feature import Manual
from bot.routing.house import Entry, Told

SHOWN = 12  # lines in a message; all are in the file
MINUTE = 60  # seconds


def help_minutes(v: Voice) -> Manual:
    return Manual(
        usage=v._("[since <date>] [until <date>]"),
        summary=v._("give the minutes of a stretch of time as a document"),
        more=v._(
            "Decisions, mandates and notes, from the register; of the last 30 days unless you say a day. "
            "Examples: minutes since Monday, minutes since January until March."
        ),
    )


def minutes(v: Voice, m: Minutes) -> Message:
    """Of a meeting that has just ended; the whole as a file."""
    lines = [Block("bullet", (Text(line),)) for line in all_lines(v, m)]
    said = message(paragraph(Text(heading(v, m), "bold")), *map(paragraph, people(v, m)), *lines[:SHOWN])
    if len(lines) > SHOWN:
        said += message(bullet(more(v, len(lines) - SHOWN)))
    return said.with_attachments(Attachment(f"{m.number}-minutes.html", "text/html", written(document(v, m))))


def heading(v: Voice, m: Minutes) -> str:
    return v._("📝 {number}, minutes: {start} to {end}", number=m.number, start=v.moment(m.started_at), end=v.minute(m.ended_at))


def more(v: Voice, n: int) -> str:
    return v.n_("{n} more, in the file", "{n} more, in the file", n)


def people(v: Voice, m: Minutes) -> Iterator[str]:
    if m.there:
        yield v._("There: {names}.", names=v.listed(m.there))
    else:
        yield v.n_("{n} person was there.", "{n} people were there.", m.present)
    if m.facilitator:
        yield v._("Drawn by lot: {facilitator} facilitated, {notes} took notes.", facilitator=m.facilitator, notes=m.note_taker)


def all_lines(v: Voice, m: Minutes) -> Iterator[str]:
    """What was decided first, then the agenda with its notes."""
    yield from (told.words for _, told in m.inside)
    for section in items(v, m):
        yield section.heading
        yield from section.lines


def items(v: Voice, m: Minutes) -> Iterator[Section]:
    loose = [note for note in m.notes if not 1 <= note.item <= len(m.agenda)]
    for place, (text, spent) in enumerate(m.agenda, start=1):
        yield Section(title(v, place, text, spent), [noted(v, note) for note in m.notes if note.item == place])
    if loose:
        yield Section(v._("Notes"), [noted(v, note) for note in loose])


def title(v: Voice, place: int, item: str, spent: int) -> str:
    if not spent:
        return v._("{place}. {item}", place=place, item=item)
    length = v.duration(timedelta(seconds=max(MINUTE, round(spent / MINUTE) * MINUTE)))
    return v._("{place}. {item}, {length}", place=place, item=item, length=length)


def noted(v: Voice, note: Note) -> str:
    return v._("{text} ({name})", text=note.text, name=note.name)


def document(v: Voice, m: Minutes) -> Document:
    inside = [line for entry, told in m.inside for line in in_full(entry, told)]
    decided = [Section(v._("Decided and entered meanwhile"), inside)] if inside else []
    footer = v._("Entry {n} of the register; its hash: {hash}", n=m.place, hash=m.hash)
    return Document(v.language, heading(v, m).removeprefix("📝 "), list(people(v, m)), [*decided, *items(v, m)], [footer])


def minutes_entry(v: Voice, e: Entry) -> Told:
    return Told(
        v.n_(
            "{number}: minutes of a meeting, {n} person",
            "{number}: minutes of a meeting, {n} people",
            e.facts["present"],
            number=e.facts["meeting"],
        )
    )


def stretch(v: Voice, s: Stretch, room: str) -> Message:
    parts = sections(v, s, whole)
    if not parts:
        stretch = {"since": v.date(s.since), "until": v.date(s.until)}
        return message(v._("Nothing was entered in the register from {since} to {until}.", **stretch))
    lines = [line for part in sections(v, s, brief) for line in part.lines]
    titled = v._("Minutes, {since} to {until}", since=v.date(s.since), until=v.date(s.until))
    said = message(paragraph(Text(f"📝 {titled}", "bold")), *(bullet(Text(line)) for line in lines[:SHOWN]))
    if len(lines) > SHOWN:
        said += message(bullet(more(v, len(lines) - SHOWN)))
    top = [room] if room else []
    if s.left:
        top.append(
            v.n_(
                "{n} later entry is not in this; ask for a shorter time.",
                "{n} later entries are not in this; ask for a shorter time.",
                s.left,
            )
        )
    footer = v._("The hash of the register's last entry: {hash}", hash=s.hash)
    page = written(Document(v.language, titled, top, parts, [footer]))
    return said.with_attachments(Attachment(f"minutes-{s.until:%Y-%m-%d}.html", "text/html", page))


def sections(v: Voice, s: Stretch, worded: Callable[[Voice, Entry, Told], list[str]]) -> list[Section]:
    def entered(section: str) -> Sequence[str]:
        return [line for entry, told in s.told if told.section == section for line in worded(v, entry, told)]

    found = [
        Section(v._("Decided"), entered("decided")),
        Section(v._("Mandates and draws"), entered("serving")),
        Section(v._("Noted in meetings"), [dated(v, entry, noted(v, note)) for entry, note in s.notes]),
        Section(v._("Also in the register"), entered("else")),
    ]
    return [section for section in found if section.lines]


def brief(v: Voice, entry: Entry, told: Told) -> list[str]:
    return [dated(v, entry, told.words)]


def whole(v: Voice, entry: Entry, told: Told) -> list[str]:
    first, *rest = in_full(entry, told)
    return [dated(v, entry, first), *rest]


def dated(v: Voice, entry: Entry, words: str) -> str:
    return v._("{date}: {words}", date=v.date(entry.at), words=words)
