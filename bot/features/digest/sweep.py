"""The digest's hour: each group's own, in its zone, never in its quiet hours; what was slept through is told once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.commons import entries, hours, publication
from bot.delivery.outbox import keys_of, last_key, say
from bot.features.digest import beginning, gathering, rules, texts
from bot.features.digest.beginning import Beginning
from bot.features.digest.linking import links_in, read_in
from bot.language import zone_named
from bot.routing.feature import Due, Setting, Sweep, voice_in
from bot.routing.house import House
from bot.routing.rooms import inhabited, lock_group, rooms_of
from models import ChatRow, GroupRow

DIGEST = Setting("digest", ["daily", rules.HOUR], lambda text: list(rules.read(text)), texts.digest_line, lambda h: list(h.digest))


def due(db: Session, now: datetime) -> Sequence[Due]:
    """Groups whose hour has come; one whose hour is not known is given it."""
    ripe = or_(GroupRow.digest_at.is_(None), GroupRow.digest_at <= now)
    query = select(GroupRow).where(ripe, inhabited(GroupRow.id)).order_by(GroupRow.digest_at, GroupRow.id)
    return [Due(group.id, group.digest_at or group.created_at, group.id) for group in db.scalars(query)]


def upcoming(db: Session) -> datetime | None:
    return db.scalar(select(func.min(GroupRow.digest_at)).where(inhabited(GroupRow.id)))


def settle(db: Session, group_id: int, now: datetime, house: House) -> None:
    """The mark moves in the transaction that promises the digest, so that nothing is told twice and nothing is left out."""
    group = lock_group(db, group_id)
    if group.digest_at is not None and group.digest_at > now:
        return
    following = next_time(group, now, house)
    awake = hours.awake_at(group, now)
    if group.digest_at is None or awake > now:
        group.digest_at = following if group.digest_at is None else awake
        return
    group.digest_at = following
    if not rooms_of(db, group.id):
        return  # it waits until a room has the bot again
    if DIGEST.of(group, house)[0] != "off":
        post(db, group, now, following, house)
    move_mark(db, group, now)


def next_time(group: GroupRow, now: datetime, house: House) -> datetime:
    every, hour = DIGEST.of(group, house)
    return hours.awake_at(group, rules.next_time(every, hour, now, zone_named(group.zone)))


def post(db: Session, group: GroupRow, now: datetime, following: datetime, house: House) -> None:
    """To each room, or to none of them on a day with nothing."""
    days: dict[tuple[str, Beginning], texts.Day] = {}
    stretches: dict[Beginning, gathering.Stretch] = {}
    for chat in rooms_of(db, group.id):
        begins, v = beginning.of(db, group, chat), voice_in(chat, group)
        if begins not in stretches:
            stretches[begins] = gathering.stretch(db, group, begins, now, rules.soon(following))
        if (v.language, begins) not in days:
            days[v.language, begins] = gathering.told(db, group, v, stretches[begins], house)
        tell(db, group, chat, begins, stretches[begins], days[v.language, begins], house)


def tell(
    db: Session, group: GroupRow, chat: ChatRow, begins: Beginning, since: gathering.Stretch, day: texts.Day, house: House
) -> None:
    if day.is_quiet:
        return
    read = read_in(db, chat, group.id, (begins.after, since.last), house)
    said = texts.digest(voice_in(chat, group), day, links_in(db, chat, [*day.opened, *day.closing], house), read)
    key = f"digest:{group.id}:{begins.after + 1}-{since.last}:{since.at:%Y-%m-%dT%H:%M}:{chat.id}"
    say(db, chat, said, key=key, now=since.at)
    publication.note_again(db, group.id, [row.place for row in (*since.rows, *since.late)], chat, last_key(said, key))
    beginning.note(db, chat, begins, keys_of(said, key))


def move_mark(db: Session, group: GroupRow, now: datetime) -> None:
    group.digest_entry, group.digest_number = entries.last_place(db, group.id), group.last_number
    group.digest_told_at = now


def replan(db: Session, group: GroupRow, now: datetime, house: House) -> None:
    """The hour is worked out anew from what the group has set now; one that has come already is not put off."""
    if group.digest_at is None or group.digest_at > now:
        group.digest_at = next_time(group, now, house)


SWEEP = Sweep("digest", due, upcoming, settle)
