"""Which chat, topic or message a call means, and whether the bot may touch it."""

from tests.support.botapi.args import Args
from tests.support.botapi.refusal import Refusal, bad, forbidden
from tests.support.botapi.state import IN_CHARGE, Chat, Post
from tests.support.botapi.world import World

NAMES = {"group": "group", "supergroup": "supergroup", "channel": "channel"}


def readable(world: World, args: Args) -> Chat:
    """The chat, if the bot ever was there."""
    given = args.text("chat_id")
    if not given:
        raise bad("chat_id is empty")
    chat = world.chats.get(args.number("chat_id"))
    if chat is None or (chat.kind != "private" and world.me.id not in chat.members):
        raise bad("chat not found")
    check_place(world, chat)
    return chat


def check_place(world: World, chat: Chat) -> None:
    status = chat.member(world.me).status
    if chat.kind != "private" and status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.kind != "private" and status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def writable(world: World, args: Args) -> Chat:
    """The chat, if the bot may send there now."""
    chat = readable(world, args)
    if chat.upgraded_to is not None:
        raise Refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
    if chat.owner is not None:
        check_person(chat)
    member = chat.member(world.me)
    if chat.kind == "channel" and member.status not in IN_CHARGE:
        raise bad("need administrator rights in the channel chat")
    if member.status == "restricted" and not member.may_send:
        raise bad("not enough rights to send text messages to the chat")
    return chat


def check_person(chat: Chat) -> None:
    assert chat.owner is not None
    if chat.owner.deactivated:
        raise forbidden("user is deactivated")
    if chat.owner.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.owner.started:
        raise forbidden("bot can't initiate conversation with a user")


def thread_for(world: World, chat: Chat, args: Args) -> int | None:
    """The topic to post to; closed ones take only those in charge."""
    given = args.number("message_thread_id") or None
    topic = chat.topics.get(given) if given is not None else None
    if given is not None and topic is None:
        raise bad("message thread not found")
    closed = topic.closed if topic is not None else chat.general_closed
    if closed and chat.member(world.me).status not in IN_CHARGE:
        raise bad("TOPIC_CLOSED")
    return given


def answered(chat: Chat, args: Args) -> Post | None:
    """The message that `reply_parameters` name; Refusal if it is gone and that was not allowed."""
    given = args.json("reply_parameters")
    if not isinstance(given, dict):
        return None
    post = chat.posts.get(given.get("message_id", 0))
    if post is not None and not post.deleted:
        return post
    if given.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def editable(world: World, chat: Chat, args: Args) -> Post:
    post = standing(chat, args, "message to edit")
    if post.sender is not world.me:
        raise bad("message can't be edited")
    return post


def standing(chat: Chat, args: Args, what: str) -> Post:
    post = chat.posts.get(args.number("message_id"))
    if post is None or post.deleted:
        raise bad(f"{what} not found")
    return post
