"""Reminders that come due in one minute: sent once, in order, at the platform's pace, while others are answered."""

import re
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.clock import SystemClock
from models import ChatRow, GroupRow, MandateRow, MemberRow, RoleRow
from models.database import Database
from tests.bench.lives import bot, prepare
from tests.bench.memory import wait
from tests.support.botapi.remote import Remote, running

GROUPS, EACH = 1_000, 10  # reminders in each group
AHEAD, SPREAD = timedelta(seconds=15), timedelta(minutes=1)
PAUSE = 10.0  # seconds between two who ask something meanwhile


def main() -> None:
    with running() as remote, tempfile.TemporaryDirectory() as folder:
        people = [remote.person(f"P{number}") for number in range(GROUPS + 1)]
        *chats, elsewhere = [remote.group(members=[each]) for each in people]
        url = f"sqlite:///{Path(folder) / 'moot.sqlite'}"
        prepare(url, [(chat, [each]) for chat, each in zip([*chats, elsewhere], people, strict=True)])
        database = Database(url)
        database.transact(fill)
        database.close()
        remote.call("flood", on=True)
        with bot("folkmoot", remote, url):
            began, waited = time.monotonic(), list[float]()
            while sent(remote) < GROUPS * EACH + len(waited):
                waited.append(answer_time(remote, people[-1], elsewhere))
            print(f"{GROUPS * EACH:,} reminders due in one minute: sent in {time.monotonic() - began:.0f} s")
            print(f"  meanwhile somebody else was answered in {max(waited):.2f} s at most, of {len(waited)} times")
        tell_order(remote, chats)


def fill(db: Session) -> None:
    """All but the last hold a few roles whose ends draw near, all within a minute, at noon where they live."""
    now = SystemClock().now()
    db.execute(update(GroupRow).values(zone=f"Etc/GMT{now.hour - 12:+}" if now.hour != 12 else "UTC"))
    seated = db.execute(select(MemberRow, ChatRow.id).join(ChatRow, ChatRow.group_id == MemberRow.group_id)).all()[:GROUPS]
    for place in range(EACH):
        at = now + AHEAD + SPREAD * place / EACH
        for member, chat in seated:
            role = RoleRow(group_id=member.group_id, name=f"role{place}", key=f"role{place}", notice=[7], created_at=now)
            term = {"starts_at": now - timedelta(days=80), "ends_at": at + timedelta(days=7), "remind_at": at, "way": "draw"}
            db.add(MandateRow(group_id=member.group_id, role=role, member_id=member.id, chat_id=chat, **term))
        db.flush()


def sent(remote: Remote) -> int:
    return int(remote.call("state")["calls"].get("sendMessage", 0))


def answer_time(remote: Remote, person: int, chat: int) -> float:
    """Seconds until a command is answered in a room of which nothing is due."""
    time.sleep(PAUSE)
    before, began = len(remote.messages(chat)), time.monotonic()
    remote.says(person, chat, "/who")
    wait(lambda: len(remote.messages(chat)) > before + 1)
    return time.monotonic() - began


def tell_order(remote: Remote, chats: list[int]) -> None:
    shown = [[each["text"] for each in remote.messages(chat) if each["mine"]] for chat in chats]
    roles = [[int(found[1]) for text in texts if (found := re.search(r"role(\d)", text))] for texts in shown]
    whole, ordered = sum(each == list(range(EACH)) for each in roles), sum(each == sorted(each) for each in roles)
    print(f"  {sum(map(len, roles)):,} arrived; in {whole:,} of {len(chats):,} rooms each once, in {ordered:,} in order")


if __name__ == "__main__":
    main()
