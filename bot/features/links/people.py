"""Two accounts turn out to be one person's: what they said counts once, and the groups that know both are told."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.chat.message import Message
from bot.chat.refs import PersonRef
from bot.commons import hats, permissions, register, resting, roll
from bot.commons.rooms import say_everywhere
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features.links import store, texts
from bot.features.links.facts import account_name
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, voice_of
from bot.routing.house import OnePerson, prefix_on
from models import AccountRow, ChatRow, GroupRow, LinkCodeRow, MemberRow, PersonLinkRow


@dataclass(frozen=True, slots=True)
class Pair:
    """The account that brought the code, and the one that had given it."""

    mine: AccountRow
    theirs: AccountRow
    link: PersonLinkRow


def link(call: Call, code: LinkCodeRow) -> None:
    """The account that brings the code acts as the other's person from now on."""
    mine, theirs = roll.account_of(call.db, call.event.origin, call.now), code.account
    check(call.db, mine, theirs)
    code.used_at = call.now
    row = PersonLinkRow(account_id=mine.id, person_id=theirs.person_id, old_person_id=mine.person_id, linked_at=call.now)
    call.db.add(row)
    mine.person = theirs.person
    call.db.flush()
    pair = Pair(mine, theirs, row)
    for member in store.memberships(call.db, row.old_person_id):
        bring(call, pair, member)
    call.answer(texts.linked(call.voice, account_name(theirs), call.prefix))
    words = texts.linked(voice_of(code.chat, call.house), account_name(mine), prefix_on(code.chat.platform))
    say(call.db, code.chat, words, key=f"person:{row.id}:linked", now=call.now, must=True)


def check(db: Session, mine: AccountRow, theirs: AccountRow) -> None:
    if mine.id == theirs.id:
        raise Refused("same account")
    if mine.person_id == theirs.person_id:
        raise Refused("one person already")
    if store.person_link(db, mine) is not None:
        raise Refused("linked already")
    if store.other_accounts(db, mine):
        raise Refused("has accounts")


def bring(call: Call, pair: Pair, gone: MemberRow) -> None:
    """Of one group: the membership goes to the person, or becomes one with the one that they have there."""
    store.lock_groups(call.db, gone.group_id)
    kept = store.member(call.db, gone.group_id, pair.link.person_id)
    if kept is None:
        gone.person_id = pair.link.person_id
        call.db.flush()
        return
    concerned = permissions.belongs(kept) or permissions.belongs(gone)
    join_places(call, kept, gone)
    numbers = call.house.unite(call.db, OnePerson(kept, gone, call.now, call.house))
    if concerned or numbers:
        tell_united(call, pair, kept, list(numbers))


def join_places(call: Call, kept: MemberRow, gone: MemberRow) -> None:
    """One place on the roll, with the longer time of the two, the longer rest, and the hats of both."""
    hats.unite(call.db, kept, gone)
    if permissions.belongs(gone):
        kept.resting_until = resting.longer(kept.resting_until if permissions.belongs(kept) else None, gone.resting_until)
        kept.joined_at = min(kept.joined_at, gone.joined_at) if permissions.belongs(kept) else gone.joined_at
        kept.left_at = None
        roll.leave(gone, call.now)
    call.db.flush()


def tell_united(call: Call, pair: Pair, kept: MemberRow, numbers: list[int]) -> None:
    enter(call, kept.group_id, "accounts linked", pair)
    names = (account_name(pair.mine), account_name(pair.theirs))

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.united(v, *names, numbers)

    say_everywhere(call.db, kept.group_id, words, f"person:{pair.link.id}:linked", call.now)


def enter(call: Call, group_id: int, kind: str, pair: Pair) -> None:
    """In the register of a group that knows both; which accounts they are stands outside the hashed part."""
    personal = {"account": label(pair.mine), "person": label(pair.theirs)}
    group = call.db.get_one(GroupRow, group_id)
    register.enter(call.db, group, kind, {}, now=call.now, dice=call.house.dice, personal=personal)
    boards.touch(call.db, "welcome", group_id, call.now)


def part(call: Call) -> None:
    """From now on the account is its own old person again; what was counted stays counted."""
    mine = roll.account_of(call.db, call.event.origin, call.now)
    row = store.person_link(call.db, mine)
    if row is None:
        refuse(call.db, mine)
        return
    theirs = store.other_accounts(call.db, mine)[0]
    row.ended_at = call.now
    mine.person_id = row.old_person_id
    call.db.flush()
    for member in store.memberships(call.db, row.person_id):
        give_back(call, Pair(mine, theirs, row), member)
    call.answer(texts.parted(call.voice, account_name(theirs), call.prefix))


def refuse(db: Session, mine: AccountRow) -> None:
    others = [account for account in store.other_accounts(db, mine) if store.person_link(db, account)]
    if others:
        raise Refused("part there", names=[account_name(account) for account in others])
    raise Refused("not linked")


def give_back(call: Call, pair: Pair, member: MemberRow) -> None:
    """A membership that was this account's alone goes with it; a group that knows both is told that they are two."""
    store.lock_groups(call.db, member.group_id)
    if store.member(call.db, member.group_id, pair.link.old_person_id) is None:
        if member.account_id == pair.mine.id:
            member.person_id = pair.link.old_person_id
        return
    enter(call, member.group_id, "accounts parted", pair)
    names = (account_name(pair.mine), account_name(pair.theirs))

    def words(v: Voice, chat: ChatRow) -> Message:
        return texts.two_again(v, *names)

    say_everywhere(call.db, member.group_id, words, f"person:{pair.link.id}:parted", call.now)


def label(account: AccountRow) -> str:
    return PersonRef(account.platform, account.ref).label
