"""Voting in private: pick, change your mind, and cast, after which it is final. Nothing of a choice is ever put into a promise."""

from bot.chat.action import action
from bot.chat.incoming import Ack, ButtonTapped, KeyPressed
from bot.commons import private
from bot.delivery.outbox import say
from bot.features.polls import store
from bot.features.polls.methods.typed import read_typed
from bot.features.polls.secret import box, texts
from bot.features.polls.voting import casting, rules
from bot.features.polls.voting.texts import your_ballot
from bot.refusal import Refused
from bot.routing.feature import Call
from models import MemberRow, PollRow


def open_ballot(call: Call) -> None:
    """Somebody pressed Vote in private: their ballot, with nothing on it."""
    poll, _ = voting(call)
    ballot = texts.ballot(call.voice, poll.id, poll.number, poll.question, poll.method, store.named(call.db, poll))
    say(call.db, call.chat, ballot, key=f"{call.key}:ballot", now=call.now, awaits=action("polls.secret", poll.id))


def mark(call: Call) -> Ack:
    poll, member = in_the_booth(call, parts=2)
    place = int(call.about[1]) if call.about[1].isdecimal() and len(call.about[1]) < 4 else 0
    if not 1 <= place <= len(store.options(call.db, poll)):
        raise Refused("old button")
    draft = box.draft_of(call.db, poll, member)
    return drafted(call, poll, member, rules.tapped(poll.method, draft, place, poll.limit))


def undo(call: Call) -> Ack:
    poll, member = in_the_booth(call)
    return drafted(call, poll, member, rules.undone(poll.method, box.draft_of(call.db, poll, member), None))


def clear(call: Call) -> Ack:
    poll, member = in_the_booth(call)
    return drafted(call, poll, member, rules.cleared(box.draft_of(call.db, poll, member)))


def drafted(call: Call, poll: PollRow, member: MemberRow, marks: store.Marks) -> Ack:
    box.keep_draft(call.db, poll, member, marks)
    words = your_ballot(call.voice, poll.method, marks, store.named(call.db, poll), poll.limit)
    return Ack(texts.not_cast_yet(call.voice, words) if marks else words)


def typed(call: Call) -> None:
    """Words in reply to the ballot. The answer does not repeat them: what I say is written down until it is sent."""
    poll, member = voting(call)
    options = {option.place: option.text for option in store.options(call.db, poll)}
    box.keep_draft(call.db, poll, member, read_typed(call.text, poll.method, options, poll.limit))
    say(call.db, call.chat, texts.noted(call.voice), key=f"{call.key}:noted", now=call.now)


def cast(call: Call) -> Ack:
    poll, member = in_the_booth(call)
    if not box.draft_of(call.db, poll, member):
        raise Refused("nothing to cast")
    box.cast(call.db, poll, member, call.now, call.house.dice)
    return Ack(texts.cast(call.voice, poll.number))


def in_the_booth(call: Call, parts: int = 1) -> tuple[PollRow, MemberRow]:
    """Refused: a press from elsewhere, by a forged link or button: its answer would be written down, and with it the choice."""
    if not isinstance(call.event, ButtonTapped | KeyPressed) or call.event.origin.message_id is None:
        raise Refused("old button")
    return voting(call, parts)


def voting(call: Call, parts: int = 1) -> tuple[PollRow, MemberRow]:
    """The poll and the voter. Refused: outside the private chat, after the close, to strangers, and after the vote."""
    if call.chat.kind != "private":
        raise Refused("old button")
    poll = store.pressed(call.db, call.about[0]) if len(call.about) == parts else None
    if poll is None or poll.visibility != "secret":
        raise Refused("old button")
    member = private.about_group(call, poll.group_id)
    casting.check_open(poll)
    voter = casting.check_elector(call.db, poll, member)
    if store.has_voted(call.db, poll, voter):
        raise Refused("final", number=poll.number)
    return poll, voter
