"""What a bulletin tells: what was decided in the last week, what is open, what comes, who does what."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.commons import entries, finding, mandates, register, roles, roll
from bot.features.paper import rules, texts
from bot.features.paper.page import Item, Page, Roster, Row, Section, Witness
from bot.language import Voice
from bot.routing.feature import voice_in
from bot.routing.house import Dated, House, Open, prefix_on
from bot.tidy import isolated
from models import ChatRow, EntryRow, GroupRow, MandateRow, RecallRow

WEEK, AHEAD = timedelta(days=7), timedelta(days=30)
MOST, OLDER, LOOKED_AT = 30, 3, 30  # items of a section; earlier decisions when the week had none, among so many entries
ROLES = 40
LONG = 240  # characters of a decision


def gathered(db: Session, chat: ChatRow, group: GroupRow, now: datetime, house: House) -> Page:
    """In the words of this room."""
    v, prefix = voice_in(chat, group), prefix_on(chat.platform)
    recalls = recall_numbers(db, group)
    opened = [each for each in house.open_now(db, group, v) if each.number not in recalls]
    return Page(
        lang=v.language,
        title=texts.title(v, isolated(group.title)),
        subtitle=texts.subtitle(v, now),
        sections=[
            decided(db, group, v, now, house),
            *filled(texts.open_heading(v), [open_item(v, each) for each in opened], v),
            *filled(texts.coming_heading(v), [coming(v, each) for each in ahead(house.dates(db, group, v), now)], v),
        ],
        roster=roster(db, group, v),
        objecting=texts.objecting(v, prefix, opened[0].number if opened else None),
        witness=witness(db, group, v),
        footer=texts.footer(v, now),
    )


def decided(db: Session, group: GroupRow, v: Voice, now: datetime, house: House) -> Section:
    last = entries.last_place(db, group.id)
    rows = entries.after(db, group.id, entries.first_since(db, group.id, now - WEEK) - 1, last)
    if new := decisions(db, group, rows, v, house):
        return cut(Section(texts.decided_heading(v), [Item(v.day(at), words) for at, words in new]), v)
    earlier, _ = finding.page(db, group.id, finding.Wanted(), LOOKED_AT)
    items = [Item(v.date(at), words) for at, words in decisions(db, group, earlier[::-1], v, house)[:OLDER]]
    return Section(texts.decided_before_heading(v), items, "" if items else texts.nothing_decided(v))


def decisions(db: Session, group: GroupRow, rows: Sequence[EntryRow], v: Voice, house: House) -> list[tuple[datetime, str]]:
    """The newest first."""
    told, recalls = entries.told(db, group, rows, v, house, LONG), recall_numbers(db, group)
    shown = [(entry, said.words) for entry, said in reversed(told) if said.section == "decided"]
    return [(entry.at, words) for entry, words in shown if register.number_in(entry.facts) not in recalls]


def recall_numbers(db: Session, group: GroupRow) -> set[int | None]:
    """What is said about somebody's recall stays in the chat: it is not for a wall."""
    query = select(RecallRow.number, RecallRow.question_number).where(RecallRow.group_id == group.id)
    return {number for pair in db.execute(query) for number in pair if number is not None}


def open_item(v: Voice, each: Open) -> Item:
    lead = v.day(each.closes_at) if each.closes_at else texts.no_date(v)
    return Item(lead, texts.open_line(each.number, each.title), texts.open_note(v, each.closes_at, each.missing))


def ahead(dates: Sequence[Dated], now: datetime) -> list[Dated]:
    """What closes stands among what is open."""
    return [each for each in dates if each.kind != "closes" and now <= each.at <= now + AHEAD]


def coming(v: Voice, each: Dated) -> Item:
    return Item(v.day(each.at), each.title)


def filled(heading: str, items: Sequence[Item], v: Voice) -> list[Section]:
    return [cut(Section(heading, items), v)] if items else []


def cut(section: Section, v: Voice) -> Section:
    rest = len(section.items) - MOST
    return Section(section.heading, section.items[:MOST], texts.more(v, rest)) if rest > 0 else section


def roster(db: Session, group: GroupRow, v: Voice) -> Roster:
    running = mandates.running(db, group)
    held = {mandate.role_id for mandate in running}
    names = dict(zip([each.id for each in running], roll.names_in(db, [each.member for each in running]), strict=True))
    kinds = [role for role in roles.all_of(db, group) if role.defined or role.id in held]
    rows = [row(v, role.name, [each for each in running if each.role_id == role.id], names) for role in kinds[:ROLES]]
    note = texts.more(v, len(kinds) - ROLES) if len(kinds) > ROLES else ""
    return Roster(texts.roster_heading(v), texts.columns(v), rows, note)


def row(v: Voice, role: str, taken: Sequence[MandateRow], names: dict[int, str]) -> Row:
    who = [names[each.id] for each in taken] or [texts.vacant(v)]
    return Row(isolated(role), who, [v.date(each.ends_at) for each in taken] or [""])


def witness(db: Session, group: GroupRow, v: Voice) -> Witness:
    last, head = entries.last_place(db, group.id), register.head(db, group.id)
    if not last:
        return Witness("")
    return Witness(texts.witness(v, last), rules.grouped(head), qr(texts.in_qr(last, head)), texts.qr_alt(v))


def qr(words: str) -> str:
    import segno  # only who makes a bulletin needs it

    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, omitsize=True, border=4, nl=False)
    return drawn.getvalue().decode()
