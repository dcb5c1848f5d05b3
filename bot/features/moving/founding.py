"""Founding a group again from its archive: the same people, roles and decisions, and the register goes on where it ended."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from bot.commons import earlier, finding, mandates, register, sealing
from bot.commons.canonical import canonical, sha256
from bot.commons.codes import code_from
from bot.commons.words import words_in
from bot.dice import Dice
from bot.features.moving import state
from bot.features.moving.archive import Archive, Unusable
from bot.language import LANGUAGES, zones
from models import (
    AccountRow,
    ChatRow,
    CircleMemberRow,
    CircleRow,
    EntryMarkRow,
    EntryRow,
    GroupRow,
    HatRow,
    LinkCodeRow,
    MandateRow,
    MemberRow,
    PersonRow,
    ProposalRow,
    RoleRow,
    VersionRow,
)

MOVED = "moved"  # the platform of a room that is still to be said
WAITING = "moving in"  # beside a group's settings: the hash of the code by which its new room is said
SEATS_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Founded:
    """`code`: with which the new room takes it over. `seats`: name -> code, of those whose platform is not served here."""

    group: GroupRow
    code: str
    seats: list[tuple[str, str]]


DAMAGED = (
    TypeError,
    KeyError,
    IndexError,
    ValueError,
    OverflowError,
    AttributeError,
    StatementError,
)  # what a file can bring about


def found(db: Session, archive: Archive, now: datetime, dice: Dice, platforms: frozenset[str]) -> Founded:
    """Unusable: what it says of the group cannot be so; then nothing is founded."""
    try:
        with db.begin_nested():
            return Founder(db, archive, now, dice).found(platforms)
    except OperationalError:
        raise
    except DAMAGED:
        raise Unusable("What it says of the group is damaged. Use an export as it was made.") from None


class Founder:
    """One founding: what was a number in the archive is a row here."""

    def __init__(self, db: Session, archive: Archive, now: datetime, dice: Dice) -> None:
        self.db, self.archive, self.state, self.now, self.dice = db, archive, archive.state, now, dice

    def found(self, platforms: frozenset[str]) -> Founded:
        """`platforms`: those that are served here, where people are known by their accounts."""
        code = code_from(self.dice.secret())
        self.group = self.new_group(code)
        place = {"platform": MOVED, "ref": f"group:{self.group.id}", "kind": "group", "state": "closed"}
        self.room = self.in_group(ChatRow, **place, title=self.group.title, created_at=self.now)
        self.accounts = self.all_accounts()
        self.members = self.all_members()
        self.roles = [self.in_group(RoleRow, **state.given(each, (*state.ROLE, *state.ROLE_LIFE))) for each in self.state["roles"]]
        self.put_hats_and_circles()
        self.put_mandates()
        self.put_decisions()
        self.put_register()
        return Founded(self.group, code, self.seats(platforms))

    def added(self, kind: type[Any], /, **values: Any) -> Any:
        row = kind(**values)
        self.db.add(row)
        self.db.flush()
        return row

    def in_group(self, kind: type[Any], /, **values: Any) -> Any:
        return self.added(kind, group_id=self.group.id, **values)

    def new_group(self, code: str) -> GroupRow:
        facts = state.given(self.state["group"], state.GROUP)
        if facts["language"] not in LANGUAGES or facts["zone"] not in zones().values():
            raise ValueError("language or zone")
        choices = {**(facts["choices"] or {}), WAITING: sha256(code)}
        made: GroupRow = self.added(GroupRow, **{**facts, "choices": choices})
        return made

    def all_accounts(self) -> list[AccountRow]:
        """Whoever is known here already is who they are; the others are new people. A file makes nobody one with somebody
        who is known here: that is for both accounts to say, with /link."""
        people: dict[int, PersonRow] = {}
        return [self.account(each, people) for each in self.state["accounts"]]

    def account(self, facts: dict[str, Any], people: dict[int, PersonRow]) -> AccountRow:
        known = self.db.scalar(select(AccountRow).filter_by(platform=facts["platform"], ref=facts["ref"]))
        if known is not None:
            return known
        names = {name: facts[name] for name in ("platform", "ref", "name", "handle")}
        person = people.setdefault(facts["person"], PersonRow(created_at=self.now))
        made: AccountRow = self.added(AccountRow, **names, person=person)
        for name in facts.get("earlier", ()):
            earlier.keep(self.db, made, name, self.now)
        return made

    def all_members(self) -> list[MemberRow]:
        """Nobody is twice in a group: of two who are one person here, the second is a person of their own."""
        taken: set[int] = set()
        found: list[MemberRow] = []
        for each in self.state["members"]:
            account = self.accounts[each["account"]]
            person_id = account.person_id
            if person_id in taken:
                person_id = self.added(PersonRow, created_at=self.now).id
            taken.add(person_id)
            found.append(self.in_group(MemberRow, person_id=person_id, account=account, **state.given(each, state.MEMBER)))
        return found

    def put_hats_and_circles(self) -> None:
        for n, role_key, willing in self.state["hats"]:
            self.in_group(HatRow, member_id=self.members[n].id, role_key=role_key, willing=willing)
        for each in self.state["circles"]:
            circle = self.in_group(CircleRow, **state.given(each, ("name", "key", "created_at")))
            for n in each["members"]:
                self.in_group(CircleMemberRow, circle_id=circle.id, member_id=self.members[n].id)

    def put_mandates(self) -> None:
        made: list[MandateRow] = []
        for each in self.state["mandates"]:
            facts = {"role": self.roles[each["role"]], "member": self.members[each["member"]], "chat_id": self.room.id}
            row = self.in_group(MandateRow, **facts, **state.given(each, state.MANDATE))
            row.follows_id = made[each["follows"]].id if each["follows"] is not None else None
            row.remind_at = mandates.next_reminder(row, row.role.notice, self.now) if row.state == "running" else None
            made.append(row)
        self.db.flush()

    def put_decisions(self) -> None:
        for each in self.state["decisions"]:
            facts = state.given(each, state.DECISION)
            facts["review_state"] = None if facts["review_state"] == "asked" else facts["review_state"]
            proposer = self.members[each["proposer"]]
            row = self.in_group(ProposalRow, chat_id=self.room.id, proposer=proposer, **facts)
            written_at = row.decided_at or row.created_at
            text = {"text": each["text"], "author_id": proposer.id, "written_at": written_at}
            self.in_group(VersionRow, proposal_id=row.id, version=row.version, **text)

    def put_register(self) -> None:
        """As it stands, and then that it was brought along: the next entry, on the same chain."""
        for line in self.archive.lines[1:]:
            self.put_entry(json.loads(line))
        for place, words in self.state.get("unnamed", ()):
            self.db.get_one(EntryMarkRow, (self.group.id, place)).unnamed = words
        self.db.flush()
        facts = {"from": self.state["head"], "entries": len(self.archive.lines) - 1}
        register.enter(self.db, self.group, "imported", facts, now=self.now, dice=self.dice)

    def put_entry(self, line: dict[str, Any]) -> None:
        public, kept = line["public"], line["personal"]
        personal = canonical(kept) if kept is not None else None
        row = EntryRow(group_id=self.group.id, place=line["place"], public=canonical(public), hash=line["hash"], salt=line["salt"])
        row.personal, row.entered_at = personal, datetime.fromisoformat(line["at"])
        self.db.add_all([row, register.mark(self.group.id, row.place, public["kind"], public["facts"])])
        self.db.flush()
        words = words_in(public["facts"], sealing.put_together(personal))
        finding.index(self.db, self.group.id, row.place, words)

    def seats(self, platforms: frozenset[str]) -> list[tuple[str, str]]:
        """A code for each on the roll who cannot speak here by an account that the group knows."""
        found = []
        for member in self.members:
            query = select(AccountRow.platform).filter_by(person_id=member.person_id)
            if member.left_at is None and not platforms & set(self.db.scalars(query)):
                found.append((member.account.name, self.seat(member.account)))
        return found

    def seat(self, account: AccountRow) -> str:
        code = code_from(self.dice.secret())
        theirs = {"platform": account.platform, "ref": f"dm:{account.ref}"}
        chat = self.db.scalar(select(ChatRow).filter_by(**theirs))
        chat = chat or self.added(ChatRow, **theirs, kind="private", person_ref=account.ref, state="closed", created_at=self.now)
        row = LinkCodeRow(digest=sha256(code), chat=chat, account=account, made_at=self.now)
        row.expires_at = self.now + SEATS_KEPT
        self.db.add(row)
        self.db.flush()
        return code
