"""What each feature keeps of people, column by column, and what it does when somebody is forgotten."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.routing.house import House
from models import AccountRow, MemberRow

Column = InstrumentedAttribute[Any]


class NotYet(Exception):
    """A feature's `then` says so: what has this D-number must end before somebody in it can be forgotten."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person whom the bot forgets. Their members stay, off the roll and as nobody's: with an account that names no one.

    `words` and `about` are for the features to add to: what the person said, and the D-numbers of questions about them.
    """

    members: Sequence[MemberRow]
    accounts: Sequence[AccountRow]  # theirs, which go
    nobody: AccountRow  # for rows that must name an account
    labels: Mapping[tuple[int, str], str]  # a group's id and a label of theirs -> what stands in its place there
    now: datetime
    house: House
    words: set[str] = field(default_factory=set)
    about: set[tuple[int, int]] = field(default_factory=set)  # the group's id, and the number

    @property
    def ids(self) -> list[int]:
        return [member.id for member in self.members]

    def unnamed(self, text: str, somebody: str) -> str:
        """Words of ours, with `somebody` for their name as it is now."""
        for name in sorted({account.name for account in self.accounts}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: somebody, text)
        return text

    def renamed(self, group_id: int, label: str) -> str:
        return self.labels.get((group_id, label), label)


@dataclass(frozen=True, slots=True)
class Forget:
    """What a feature does then. Every column that names a person or can hold somebody's words stands in one of the lists.

    First `then` is done, which ends what runs; afterwards words are emptied and rows dropped.
    """

    empty: Mapping[Column, Column] = field(default_factory=dict)  # words -> the column that says whose they are
    drop: Sequence[Column] = ()  # the rows go that name somebody here
    stay: Sequence[Column] = ()  # it is the group's, or names a member who is nobody by then
    by_hand: Sequence[Column] = ()  # `then` sees to it
    then: Callable[[Session, Forgotten], None] | None = None

    @property
    def columns(self) -> Iterator[Column]:
        yield from (*self.empty, *self.empty.values(), *self.drop, *self.stay, *self.by_hand)


def carry_out(forget: Forget, db: Session, found: Forgotten) -> None:
    if forget.then is not None:
        forget.then(db, found)
    for words, whose in forget.empty.items():
        empty(db, words, whose, found)
    for whose in forget.drop:
        db.execute(delete(whose.class_).where(whose.in_(found.ids)))


def empty(db: Session, words: Column, whose: Column, found: Forgotten) -> None:
    found.words.update(filter(None, db.scalars(select(words).where(whose.in_(found.ids)))))
    db.execute(update(words.class_).where(whose.in_(found.ids)).values({words.key: ""}))
