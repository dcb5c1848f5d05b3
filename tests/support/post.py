"""The sender alone, on a real database and a platform that behaves: what is promised here, goes out there."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from bot.chat.action import action
from bot.chat.message import Button, Message, message, paragraph
from bot.chat.refs import ChatRef
from bot.clock import StillClock
from bot.delivery import boards, moving, outbox
from bot.delivery.boards import Rhythm
from bot.delivery.sender import Sender
from models import BoardRow, ChatRow, GroupRow, PromiseRow
from tests.support.moot import AT_ONCE, START
from tests.support.quick import quick
from tests.support.records import Records
from tests.support.room import FakePlatform, Standing

T = TypeVar("T")


class Post(Records):
    """Rooms "a" and "b", words to say in them, and boards that show `truth`."""

    def __init__(self, url: str, platform: FakePlatform, rhythm: Rhythm = AT_ONCE) -> None:
        self.database, self.platform, self.rhythm = quick(url), platform, rhythm
        self.clock = StillClock(START)
        self.loop = asyncio.new_event_loop()
        self.truth: dict[int, str] = {}
        self.finished: set[int] = set()  # boards that have no buttons any more
        for room in ("a", "b"):
            self.database.transact(self.found, room)
        self.hire()

    def found(self, db: Session, room: str) -> None:
        group = GroupRow(title=room, created_at=START)
        db.add(ChatRow(platform=self.platform.platform, ref=room, kind="group", title=room, group=group, created_at=START))

    def hire(self) -> None:
        """A new process."""
        self.sender = Sender(self.database, {self.platform.platform: self.platform}, {"count": self.face}, self.clock, self.rhythm)
        self.run(self.sender.recover())

    def close(self) -> None:
        self.loop.close()
        self.database.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    def face(self, db: Session, board: BoardRow) -> Message:
        said = message(paragraph(self.truth[board.subject_id]))
        button = Button("Count", "🔢", action("count", board.subject_id))
        return said if board.subject_id in self.finished else said.with_rows((button,))

    # what is promised

    def chat(self, db: Session, room: str = "a") -> ChatRow:
        return db.query(ChatRow).filter_by(ref=room).one()

    def says(self, words: str | Message, room: str = "a", key: str = "", **more: Any) -> None:
        said = message(words) if isinstance(words, str) else words
        with self.database.transaction() as db:
            outbox.say(db, self.chat(db, room), said, key=key or f"key:{words}", now=self.clock.now(), **more)

    def board(self, words: str, subject: int = 1, room: str = "a", **more: Any) -> None:
        self.truth[subject] = words
        with self.database.transaction() as db:
            boards.put_up(db, self.chat(db, room), "count", subject, now=self.clock.now(), **more)

    def now_shows(self, words: str, subject: int = 1, taps: int = 1) -> None:
        self.truth[subject] = words
        with self.database.transaction() as db:
            for _ in range(taps):
                boards.touch(db, "count", subject, self.clock.now())

    def reopen(self, room: str = "a") -> None:
        with self.database.transaction() as db:
            moving.reopen(db, self.chat(db, room))

    # what goes out

    def goes_out(self, **later: float) -> None:
        """All that may go, at this instant or a later one."""
        self.clock.advance(timedelta(**later))
        self.run(self.sender.flush())

    def room(self, room: str = "a") -> list[Standing]:
        return self.platform.room(ChatRef(self.platform.platform, room))

    def shows(self, room: str = "a") -> list[str]:
        return [standing.text for standing in self.room(room)]

    def states(self) -> list[str]:
        return [row.state for row in self.rows(PromiseRow)]
