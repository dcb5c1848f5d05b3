"""The digest's hour: each group's own, in its zone, never in its quiet hours; what was slept through is told once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.commons import entries, hours
from bot.commons.rooms import say_everywhere
from bot.features.digest import gathering, rules, texts
from bot.features.digest.linking import links_in, read_in
from bot.language import Voice, zone_named
from bot.routing.feature import Due, Setting, Sweep
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
    """To all rooms, or to none of them on a day with nothing."""
    since = gathering.stretch(db, group, now, rules.soon(following))
    days: dict[str, texts.Day] = {}

    def words(v: Voice, chat: ChatRow) -> Message:
        day = day_in(v)
        read = read_in(db, chat, group.id, (group.digest_entry, since.last), house)
        return texts.digest(v, day, links_in(db, chat, [*day.opened, *day.closing], house), read)

    def day_in(v: Voice) -> texts.Day:
        if v.language not in days:
            days[v.language] = gathering.told(db, group, v, since, house)
        return days[v.language]

    if day_in(Voice(group.language, group.zone)).is_quiet:
        return
    key = f"digest:{group.id}:{group.digest_entry + 1}-{since.last}:{now:%Y-%m-%dT%H:%M}"
    again = [row.place for row in (*since.rows, *since.late)]
    say_everywhere(db, group.id, words, key, now, again=again, must=False)


def move_mark(db: Session, group: GroupRow, now: datetime) -> None:
    group.digest_entry, group.digest_number = entries.last_place(db, group.id), group.last_number
    group.digest_told_at = now


def replan(db: Session, group: GroupRow, now: datetime, house: House) -> None:
    """The hour is worked out anew from what the group has set now; one that has come already is not put off."""
    if group.digest_at is None or group.digest_at > now:
        group.digest_at = next_time(group, now, house)


SWEEP = Sweep("digest", due, upcoming, settle)
