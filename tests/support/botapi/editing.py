"""Methods that change what stands: edits, deletions, pins."""

from tests.support.botapi import access, shapes
from tests.support.botapi.args import Args
from tests.support.botapi.refusal import bad
from tests.support.botapi.sending import captioned, markup_of
from tests.support.botapi.state import IN_CHARGE, Json, Post
from tests.support.botapi.wording import sendable
from tests.support.botapi.world import World

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
WORDS = ("text", "entities", "caption", "caption_entities", "reply_markup")


def edit_message_text(world: World, args: Args) -> Json:
    text, entities = sendable(args.text("text"), args.json("entities"), world.users, world.knows_dates)
    content = {"text": text} | ({"entities": entities} if entities else {}) | markup_of(args)
    post = post_to_edit(world, args)
    if "text" not in post.content:
        raise bad("there is no text in the message to edit")
    return changed(world, post, content)


def edit_message_caption(world: World, args: Args) -> Json:
    content = captioned(world, args.text("caption"), args.json("caption_entities")) | markup_of(args)
    post = post_to_edit(world, args)
    if "document" not in post.content and "photo" not in post.content:
        raise bad("there is no caption in the message to edit")
    return changed(world, post, content)


def edit_message_reply_markup(world: World, args: Args) -> Json:
    markup = markup_of(args)
    post = post_to_edit(world, args)
    words = {key: value for key, value in post.content.items() if key in WORDS and key != "reply_markup"}
    return changed(world, post, words | markup)


def post_to_edit(world: World, args: Args) -> Post:
    if not args.text("chat_id") and not args.number("message_id"):
        raise bad("message identifier is not specified")
    return access.editable(world, access.writable(world, args), args)


def changed(world: World, post: Post, words: Json) -> Json:
    kept = {key: value for key, value in post.content.items() if key not in WORDS}
    if kept | words == post.content:
        raise bad(SAME)
    world.flood.count(post.chat)
    post.change(kept | words, world.now())
    world.note()
    return shapes.of_post(post)


def delete_message(world: World, args: Args) -> bool:
    chat = access.writable(world, args)
    post = access.standing(chat, args, "message to delete")
    if post.sender is not world.me and chat.member(world.me).status not in IN_CHARGE:
        raise bad("message can't be deleted")
    post.deleted = True
    world.note()
    return True


def pin_chat_message(world: World, args: Args) -> bool:
    chat = access.writable(world, args)
    post = access.standing(chat, args, "message to pin")
    if chat.kind == "supergroup" and chat.member(world.me).status not in IN_CHARGE:
        raise bad("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(post.id)
    world.note()
    return True
