"""From the register and the roster to what an archive may show. What is open, personal, secret or taken back is not in it."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.archive import names, texts
from bot.archive.site import Decision, Line, Seat, Site
from bot.commons import earlier, entries, mandates, register, roles, roll
from bot.commons.masking import masked
from bot.features.calendar import files
from bot.language import Voice
from bot.routing.house import Dated, Entry, House
from bot.tidy import isolated, tidy
from models import AccountRow, EntryMarkRow, EntryRow, GroupRow, MandateRow, MemberRow, PollRow, ProposalRow

PUBLIC = frozenset(
    {
        "council convened",
        "council ends",
        "decision",
        "draw",
        "election",
        "note",
        "note contested",
        "note ends",
        "note uncontested",
        "poll",
        "review",
        "role",
    }
)  # kinds of entries; no recall, no report of a delegate, no link, no setting, no circle, no mandate of somebody
TITLE, PARAGRAPH, LONGEST = 120, 4_000, 60  # characters of a title and of a paragraph, paragraphs of a text


@dataclass(frozen=True, slots=True)
class Reading:
    """How this archive words things."""

    voice: Voice
    house: House
    mode: str
    mask: Callable[[str], str]
    name_of: Callable[[Any], str]
    unnamed: Mapping[int, Mapping[str, Any]]  # by an entry's place: its words without names of people who were forgotten


def gathered(db: Session, group: GroupRow, mode: str, now: datetime, house: House) -> Site:
    v = Voice(group.language, group.zone)
    how = reading(db, group, mode, v, house)
    found = decisions(db, group, how)
    title = tidy(group.title) or texts.untitled(v)
    return Site(
        title=isolated(title),
        language=v.language,
        made_at=now,
        decisions=found,
        roster=roster(db, group, how),
        calendar=calendar(db, group, how, {each.name for each in found}, title, now),
        last=entries.last_place(db, group.id),
        head=register.head(db, group.id),
        years=sorted({each.at.astimezone(v.zone).year for each in found}, reverse=True),
    )


def reading(db: Session, group: GroupRow, mode: str, v: Voice, house: House) -> Reading:
    somebody = texts.somebody(v)
    mask = names.masks(mode, known_names(db, group), somebody)

    @cache
    def name_of(label: Any) -> str:
        """Without what tells two of the same name apart: a handle or a number is nothing for the public."""
        member = roll.find(db, group, entries.ref_of(label)) if label else None
        return names.shown(mode, roll.name_of(member), somebody) if member else somebody

    return Reading(v, house, mode, mask, name_of, unnamed(db, group))


def unnamed(db: Session, group: GroupRow) -> dict[int, dict[str, Any]]:
    marks = db.scalars(select(EntryMarkRow).where(EntryMarkRow.group_id == group.id, EntryMarkRow.unnamed.is_not(None)))
    return {mark.place: mark.unnamed for mark in marks if mark.unnamed}


def known_names(db: Session, group: GroupRow) -> Mapping[str, str]:
    """Of all who are or were on the roll, by each account of theirs: by name and handle, today's and earlier ones."""
    query = select(AccountRow).join(MemberRow, MemberRow.person_id == AccountRow.person_id)
    accounts = db.scalars(query.where(MemberRow.group_id == group.id, AccountRow.platform != roll.FORMER)).all()
    before = earlier.of(db, [account.id for account in accounts])
    words = [(word, each.name) for each in accounts for word in (*before.get(each.id, []), each.handle, each.name) if word]
    return {word: name for word, name in words if word != roll.NOBODY}


def decisions(db: Session, group: GroupRow, how: Reading) -> list[Decision]:
    """The newest first."""
    hidden, by_number, related = about_people(db, group), defaultdict[int, list[EntryRow]](list), links(db, group)
    for number, row in rows(db, group):
        by_number[number].append(row)
    shown = [number for number, found in by_number.items() if number not in hidden and not any(map(was_taken_back, found))]
    made = [decision(number, by_number[number], how) for number in shown]
    told = [replace(each, related=sorted(related[each.number] & set(shown))) for each in made]
    return sorted(told, key=lambda each: (each.at, each.number), reverse=True)


def rows(db: Session, group: GroupRow) -> Iterator[tuple[int, EntryRow]]:
    """Of what has a number, and whose kind is public."""
    on = (EntryMarkRow.group_id == EntryRow.group_id) & (EntryMarkRow.place == EntryRow.place)
    query = select(EntryMarkRow.number, EntryRow).join(EntryRow, on).where(EntryMarkRow.group_id == group.id)
    for number, row in db.execute(query.where(EntryMarkRow.number.is_not(None)).order_by(EntryRow.place)):
        if number is not None and json.loads(row.public)["kind"] in PUBLIC:
            yield number, row


def about_people(db: Session, group: GroupRow) -> set[int]:
    """The numbers of questions that a feature has put for somebody's sake: mandates, recalls, and the like."""
    proposals = select(ProposalRow.number).where(ProposalRow.group_id == group.id, ProposalRow.purpose != "")
    asked = or_(PollRow.purpose != "", PollRow.subject_id.is_not(None))
    return {*db.scalars(proposals), *db.scalars(select(PollRow.number).where(PollRow.group_id == group.id, asked))}


def links(db: Session, group: GroupRow) -> defaultdict[int, set[int]]:
    """What ends or corrects what, both ways."""
    query = select(EntryMarkRow.number, EntryMarkRow.about).where(EntryMarkRow.group_id == group.id)
    found = defaultdict[int, set[int]](set)
    for number, about in db.execute(query.where(EntryMarkRow.about.is_not(None), EntryMarkRow.number.is_not(None))):
        if number is not None and about is not None:
            found[number].add(about)
            found[about].add(number)
    return found


def was_taken_back(row: EntryRow) -> bool:
    return bool(json.loads(row.public)["facts"].get("result") == "withdrawn")


def decision(number: int, found: Sequence[EntryRow], how: Reading) -> Decision:
    read = [public_part(register.read(row, how.name_of, TITLE), how) for row in found]
    last = next((each for each in reversed(read) if each.personal.get("text") or each.personal.get("question")), read[-1])
    return Decision(
        number=number,
        lines=[Line(each.at, told(each, how)) for each in read],
        text=paragraphs(str(last.personal.get("text") or last.facts.get("text") or "")),
        options=[isolated(tidy(str(option), TITLE)) for option in last.personal.get("options") or () if option],
        figures=texts.figures(how.voice, last.facts),
        place=found[-1].place,
        hash=found[-1].hash,
    )


def public_part(entry: Entry, how: Reading) -> Entry:
    """Without names that are not to be shown, and without the order of a draw unless names are."""
    said = {**entry.personal, **how.unnamed.get(entry.place, {})}
    personal = {key: value for key, value in said.items() if key != "order" or how.mode == names.NAMES}
    return replace(entry, facts=masked(entry.facts, how.mask), personal=masked(personal, how.mask))


def told(entry: Entry, how: Reading) -> str:
    said = how.house.tell_entry(how.voice, entry)
    return said.words if said else texts.other(how.voice)


def paragraphs(text: str) -> list[str]:
    lines = [tidy(line, PARAGRAPH) for line in text.splitlines()[:LONGEST]]
    return [isolated(line) for line in lines if line]


def roster(db: Session, group: GroupRow, how: Reading) -> list[Seat]:
    running = mandates.running(db, group)
    shown = {each.id: holder(each, how) for each in running}
    seats = []
    for role in roles.all_of(db, group):
        held = [(shown[each.id], each.ends_at) for each in running if each.role_id == role.id]
        if role.defined or held:
            words = [isolated(how.mask(said)) for said in (role.name, role.purpose)]
            seats.append(Seat(words[0], words[1], held, max(role.seats - len(held), 0)))
    return seats


def holder(mandate: MandateRow, how: Reading) -> str:
    return names.shown(how.mode, roll.name_of(mandate.member), texts.somebody(how.voice))


def calendar(db: Session, group: GroupRow, how: Reading, shown: Collection[str], title: str, now: datetime) -> bytes | None:
    """Reviews of what is shown, by number, and the ends of terms; nothing that is still open."""
    dates = [each for each in how.house.dates(db, group, how.voice) if each.kind == "review"]
    numbered = [(each, found[0]) for each in dates if (found := register.NUMBER.search(each.title))]
    reviews = [replace(each, title=texts.reviewed(how.voice, name)) for each, name in numbered if name in shown]
    ends = [Dated(f"mandate:{each.id}", each.ends_at, term(each, how), whole_day=True) for each in mandates.running(db, group)]
    about = files.About(group.id, group.created_at, title, how.voice)
    return files.written([*reviews, *ends], about, now) if reviews or ends else None


def term(mandate: MandateRow, how: Reading) -> str:
    return texts.term_ends(how.voice, isolated(how.mask(mandate.role.name)))
