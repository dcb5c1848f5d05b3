"""Who is meant: by a mention, by @handle, by a name, or because a message of theirs is answered."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bot.chat.incoming import CommandSent
from bot.chat.refs import PersonRef
from bot.commons import roll
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import folded, isolated, tidy
from models import AccountRow, GroupRow, MandateRow, MemberRow

LONGEST = 10  # words of a name
AROUND = " \t.,:;!?()[]<>\"'“”«»"  # what may stand around a name and is no part of it
AND = ("and ", "y ", "e ", "& ")
MOST = 50  # people in one command
HANDLE = re.compile(r"(?<!\S)@[\w.\-=/:]{1,255}")

Found = tuple[set[int], str]  # members, and what was said beside their name


@dataclass(frozen=True, slots=True)
class Known:
    """All that the group's people are called, folded: name or handle -> members."""

    names: dict[str, set[int]]
    handles: dict[str, set[int]]

    def called(self, words: str) -> set[int]:
        """A handle where an @ says so, else a name; then the other way round."""
        bare = folded(words.strip(AROUND).lstrip("@"))
        first, other = (self.handles, self.names) if words.lstrip(AROUND).startswith("@") else (self.names, self.handles)
        return first.get(bare) or other.get(bare) or set() if bare else set()


def named(call: Call, words: str, of: GroupRow | None = None) -> tuple[MemberRow, str]:
    """The person named at the beginning, else whose message is answered, else whom an @ names; and the rest of the words.

    Who has left can be named as well: they may hold a mandate. `of`: which group is spoken of, in a private chat.
    Refused: nobody of that name, several of it, or the bot.
    """
    group = of or call.group
    return first_of(call, group, known(call.db, group), words)


def first_of(call: Call, group: GroupRow, everybody: Known, words: str) -> tuple[MemberRow, str]:
    found = (
        mentioned_first(call, group, words)
        or at_start(everybody, words)
        or answered(call, group, words)
        or anywhere(call, group, everybody, words)
    )
    if found is None:
        raise unknown(words)
    people = present(call.db, group, found[0])
    if len(people) > 1:
        raise Refused("several of that name", names=roll.names(people))
    return people[0], found[1]


def several(call: Call, words: str) -> list[MemberRow]:
    """All of them, one after the other: `@anna, Ben and Cleo`. Refused: one is nobody here, or several people; or too many."""
    everybody = known(call.db, call.group)
    found: list[MemberRow] = []
    while words:
        if len(found) == MOST:
            raise Refused("too many named", most=MOST)
        member, rest = first_of(call, call.group, everybody, words)
        if rest == words:
            raise Refused("nobody of that name", words=isolated(tidy(words, 40)))
        found.append(member)
        words = after_and(rest)
    return found


def after_and(words: str) -> str:
    return next((words[len(each) :].lstrip() for each in AND if words.casefold().startswith(each)), words)


def begins_with_somebody(call: Call, everybody: Known, words: str) -> bool:
    """Whether a mention, a handle or the name of somebody stands at the beginning."""
    mentioned = any(begins(words, shown) for shown, _ in call.mentions)
    return mentioned or HANDLE.match(words) is not None or at_start(everybody, words) is not None


def unknown(words: str) -> Refused:
    if not words.strip():
        return Refused("nobody named")
    return Refused("nobody of that name", words=isolated(tidy(first_word(words), 40)))


def mentioned_first(call: Call, group: GroupRow, words: str) -> Found | None:
    """A mention that the platform itself resolves; the longest of those that stand there."""
    at = [(shown, ref) for shown, ref in call.mentions if begins(words, shown)]
    longest = max((len(shown) for shown, _ in at), default=0)
    refs = [ref for shown, ref in at if len(shown) == longest]
    return (members_of(call, group, refs), trimmed(words.lstrip()[longest:])) if refs else None


def begins(words: str, shown: str) -> bool:
    bare = words.lstrip()
    return bool(shown) and bare.casefold().startswith(shown.casefold()) and not bare[len(shown) :][:1].isalnum()


def members_of(call: Call, group: GroupRow, refs: Iterable[PersonRef]) -> set[int]:
    """Refused: none of them is anybody here; or it is the bot."""
    refs = list(refs)
    if isinstance(call.event, CommandSent) and call.event.me in refs:
        raise Refused("that is me")
    found = [roll.find(call.db, group, ref) for ref in refs]
    ids = {member.id for member in found if member is not None}
    if not ids:
        raise Refused("not known here")
    return ids


def at_start(everybody: Known, words: str) -> Found | None:
    """The longest run of words that somebody is called by."""
    ends = [match.end() for match in islice(re.finditer(r"\S+", words), LONGEST)]
    for end in reversed(ends):
        if ids := everybody.called(words[:end]):
            return ids, trimmed(words[end:])
    return None


def answered(call: Call, group: GroupRow, words: str) -> Found | None:
    quoted = call.quoted
    if quoted is None or quoted.by is None or quoted.mine:
        return None
    member = roll.find(call.db, group, quoted.by)
    return ({member.id}, words.strip()) if member else None


def anywhere(call: Call, group: GroupRow, everybody: Known, words: str) -> Found | None:
    """The first @ that names somebody: `/recall treasurer @anna`."""
    for shown, ref in call.mentions:
        if shown in words:
            return members_of(call, group, [ref]), without(words, words.index(shown), len(shown))
    for match in HANDLE.finditer(words):
        if ids := everybody.called(match[0]):
            return ids, without(words, match.start(), len(match[0]))
    return None


def without(words: str, start: int, length: int) -> str:
    return f"{words[:start].rstrip()} {words[start + length :].lstrip()}".strip()


def trimmed(rest: str) -> str:
    return rest.lstrip(" \t\n,:;").rstrip()


def first_word(words: str) -> str:
    return next(iter(words.split()), "")


def known(db: Session, group: GroupRow) -> Known:
    """By every account of theirs; those who share a name also as they are told apart."""
    made = Known({}, {})
    for member_id, name, handle in accounts(db, group):
        made.names.setdefault(folded(name), set()).add(member_id)
        if handle:
            made.handles.setdefault(folded(handle), set()).add(member_id)
    alike = {member_id for ids in made.names.values() if len(ids) > 1 for member_id in ids}
    people = present(db, group, alike) if alike else []
    for member, shown in zip(people, roll.names(people), strict=True):
        made.names.setdefault(folded(shown).strip(AROUND), set()).add(member.id)
    return made


def accounts(db: Session, group: GroupRow) -> Iterator[tuple[int, str, str]]:
    query = select(MemberRow.id, AccountRow.name, AccountRow.handle)
    query = query.join(AccountRow, AccountRow.person_id == MemberRow.person_id).where(MemberRow.group_id == group.id)
    return ((row[0], row[1], row[2]) for row in db.execute(query.order_by(MemberRow.id)))


def present(db: Session, group: GroupRow, ids: Iterable[int]) -> list[MemberRow]:
    """Those of them who are on the roll or hold a mandate; all of them, if none is or does."""
    serves = exists().where(MandateRow.member_id == MemberRow.id, MandateRow.state == "running")
    query = select(MemberRow).where(MemberRow.group_id == group.id, MemberRow.id.in_(set(ids)))
    here = list(db.scalars(query.where(or_(MemberRow.left_at.is_(None), serves)).order_by(MemberRow.id)))
    return here or list(db.scalars(query.order_by(MemberRow.id)))
