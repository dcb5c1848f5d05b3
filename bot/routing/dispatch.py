"""From one event to its handler's effects and its short answer, inside the transaction that it is given."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from bot.chat import incoming as said
from bot.chat.action import Action
from bot.chat.incoming import Ack, Incoming
from bot.chat.message import message
from bot.delivery import moving
from bot.delivery.outbox import say
from bot.refusal import Refused
from bot.routing import pressed, privately, rooms
from bot.routing.feature import Call, voice_of
from bot.routing.routes import Routes
from bot.tidy import isolated, printable, tidy, unmasked

SPOKEN = said.CommandSent | said.ButtonTapped | said.LinkFollowed | said.KeyPressed | said.Replied | said.BotAdded
Q = TypeVar("Q", said.Quoted, said.Quoted | None)
LONGEST_TEXT = 8_000  # characters of a command or a reply


def handle(db: Session, routes: Routes, event: Incoming, event_id: str, now: datetime) -> Ack | None:
    """What the event does and answers. Raises Refused; whatever else it raises is a fault of ours."""
    if about_the_room(db, event):
        return None
    call = call_for(db, routes, event, event_id, now)
    match event:
        case said.CommandSent():
            command(routes, call, event)
        case said.ButtonTapped(data=data):
            return press(routes, call, data)
        case said.LinkFollowed(data=data):
            if may_speak(routes, call):
                privately.follow(routes, call, data)
        case said.KeyPressed():
            found = pressed.action_for(db, call.chat, event)
            return press(routes, call, found) if found else None
        case said.Replied(text=text, quoted=quoted):
            return reply(routes, call, text, quoted)
        case said.Unsuitable(why=why, commands=commands):
            ours = not commands or any(name in routes.commands for name in commands)
            if ours and may_speak(routes, call):
                raise Refused(why)
        case said.ChatEncrypted():
            call.chat.encrypted = True
    for hook in routes.hooks(type(event)):
        hook(call)
    return None


def about_the_room(db: Session, event: Incoming) -> bool:
    """Events that concern only the room's row; says whether it was one."""
    match event:
        case said.ChatMoved(origin=origin, to=to):
            if chat := rooms.find(db, origin.chat.platform, origin.chat.id):
                moving.rekey(db, chat, to)
        case said.BotRemoved(origin=origin):
            if chat := rooms.find(db, origin.chat.platform, origin.chat.id):
                chat.state = "closed"
        case said.MemberLeft(origin=origin):
            return left_private(db, origin)
        case said.InviteRefused() | said.Unreadable():
            pass
        case _:
            return False
    return True


def left_private(db: Session, origin: said.Origin) -> bool:
    """Who leaves a private chat wants to hear no more there."""
    chat = rooms.find(db, origin.chat.platform, origin.chat.id)
    if chat is None or chat.kind != "private":
        return False
    if chat.person_ref == origin.person.id:
        chat.state = "closed"
    return True


def call_for(db: Session, routes: Routes, event: Incoming, event_id: str, now: datetime) -> Call:
    house = routes.house
    chat = rooms.chat_of(db, event.origin, house.language, house.zone, now)
    if chat.kind == "private" and isinstance(event, SPOKEN):
        chat.person_ref = event.origin.person.id
    if chat.state == "closed":
        moving.reopen(db, chat)
    voice = voice_of(chat, house)
    return Call(
        db, now, house, event, event_id, chat, voice, commands=routes.commands, settings=routes.settings, matters=routes.matters
    )


def command(routes: Routes, call: Call, event: said.CommandSent) -> None:
    found = routes.commands.get(event.command)
    for_us = found is not None or event.addressed or call.chat.kind == "private"
    if found is not None and found.vote:
        call.quiet = says_a_lot(routes, call)
    elif not for_us or not may_speak(routes, call):
        return
    if found is None:
        raise Refused("unknown command", command=isolated(tidy(event.command, 32)))
    call.text, call.quoted, call.mentions = keepable(event.text), readable(event.quoted), event.mentions
    found.handle(call)


def may_speak(routes: Routes, call: Call) -> bool:
    """Refused, once, to who commands too much; after that the commands are passed over in silence for a while."""
    chatter = routes.house.chatter
    verdict = chatter.judge(call.chat.id, call.person.id, call.event_id, call.now) if chatter else "answer"
    if verdict in {"slow down", "room is busy"}:
        raise Refused(verdict)
    return verdict == "answer"


def says_a_lot(routes: Routes, call: Call) -> bool:
    """Whether a vote, or words in reply, count without being answered aloud: the room's board shows them."""
    chatter = routes.house.chatter
    return chatter is not None and chatter.judge(call.chat.id, call.person.id, call.event_id, call.now, vote=True) != "answer"


def keepable(text: str) -> str:
    """The text without what nobody sees; refused if a database could not keep it, or nobody would read it."""
    if "\0" in text or printable(text) != text:
        raise Refused("unreadable text")
    if len(text) > LONGEST_TEXT:
        raise Refused("too long")
    return unmasked(text).strip()


def readable(quoted: Q) -> Q:
    """The same of what somebody else wrote: what cannot be kept is left out."""
    return replace(quoted, text=unmasked(printable(quoted.text.replace("\0", "")))) if quoted else quoted


def press(routes: Routes, call: Call, data: str) -> Ack | None:
    """Anyone can send any data: it must be an action that somebody handles, and the handler checks the rest."""
    try:
        action = Action.unpack(data)
    except ValueError:
        raise Refused("old button") from None
    call.about = action.about
    if handler := routes.private_taps.get(action.verb):
        if call.chat.kind != "private" and says_a_lot(routes, call):
            raise Refused("slow down")  # else each press would be a message in the private chat
        return privately.press(routes, call, handler)
    if handler := routes.taps.get(action.verb):
        return handler(call)
    raise Refused("old button")


def reply(routes: Routes, call: Call, text: str, quoted: said.Quoted) -> Ack | None:
    subject = pressed.asked_about(call.db, call.chat, quoted.message_id, routes.replies)
    if subject is None:
        return None
    call.quiet = says_a_lot(routes, call)
    call.text, call.quoted, call.about = keepable(text), readable(quoted), subject.about
    return routes.replies[subject.verb](call)


def refuse(db: Session, routes: Routes, event: Incoming, event_id: str, no: Refused, now: datetime) -> Ack | None:
    """A rule's no, in words: as an answer in the room to what was typed, as a toast to what was pressed."""
    call = call_for(db, routes, event, event_id, now)
    words = routes.worded(no, call)
    if counts_anyway(routes, event) and says_a_lot(routes, call):
        return None
    if isinstance(event, said.CommandSent | said.Replied | said.Unsuitable | said.LinkFollowed):
        origin = event.origin
        say(db, call.chat, message(words), key=call.key, now=now, thread=origin.thread, reply_to=origin.message_id)
    return Ack(words, refused=True, why=no.why)


def counts_anyway(routes: Routes, event: Incoming) -> bool:
    """What is never passed over; so that its refusals do not fill the room, they have a limit of their own."""
    if isinstance(event, said.CommandSent):
        found = routes.commands.get(event.command)
        return found is not None and found.vote
    return isinstance(event, said.Replied | said.KeyPressed)
