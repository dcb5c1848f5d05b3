"""Methods that put messages up: text, documents, photos, albums."""

import random
from typing import Any

from tests.support.botapi import access, shapes
from tests.support.botapi.args import Args, Upload
from tests.support.botapi.keyboards import keyboard
from tests.support.botapi.refusal import bad
from tests.support.botapi.state import Json
from tests.support.botapi.wording import captionable, sendable
from tests.support.botapi.world import World


def send_message(world: World, args: Args) -> Json:
    text, entities = sendable(args.text("text"), args.json("entities"), world.users, world.knows_dates)
    content = {"text": text} | ({"entities": entities} if entities else {}) | markup_of(args)
    return put_up(world, args, content)


def send_document(world: World, args: Args) -> Json:
    upload = args.uploads.get("document")
    if upload is None:
        raise bad("there is no document in the request")
    content = captioned(world, args.text("caption"), args.json("caption_entities")) | markup_of(args)
    return put_up(world, args, document(world, upload) | content)


def send_photo(world: World, args: Args) -> Json:
    upload = args.uploads.get("photo")
    if upload is None:
        raise bad("there is no photo in the request")
    file = world.upload(upload.name, upload.media_type, upload.content)
    content = captioned(world, args.text("caption"), args.json("caption_entities")) | markup_of(args)
    return put_up(world, args, {"photo": [shapes.of_file(file) | {"width": 90, "height": 90}]} | content)


def send_media_group(world: World, args: Args) -> list[Json]:
    media = args.json("media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("wrong number of messages to send")
    album = {"media_group_id": str(random.randint(10**15, 10**16))}
    contents = [album | album_item(world, args, item) for item in media]
    return [put_up(world, args, content) for content in contents]


def album_item(world: World, args: Args, item: Any) -> Json:
    if not isinstance(item, dict) or item.get("type") != "document":
        raise bad("can't use the media of the specified type in the album")
    upload = args.uploads.get(str(item.get("media")).removeprefix("attach://"))
    if upload is None:
        raise bad("can't parse InputMedia: media not found")
    return document(world, upload) | captioned(world, str(item.get("caption", "")), item.get("caption_entities"))


def document(world: World, upload: Upload) -> Json:
    if not upload.content:
        raise bad("file must be non-empty")
    return {"document": shapes.of_document(world.upload(upload.name, upload.media_type, upload.content))}


def captioned(world: World, caption: str, entities: Any) -> Json:
    text, kept = captionable(caption, entities, world.users, world.knows_dates)
    return ({"caption": text} if text else {}) | ({"caption_entities": kept} if kept else {})


def markup_of(args: Args) -> Json:
    markup = keyboard(args.text("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def put_up(world: World, args: Args, content: Json) -> Json:
    chat = access.writable(world, args)
    thread = access.thread_for(world, chat, args)
    reply_to = access.answered(chat, args)
    world.flood.count(chat)
    return shapes.of_post(world.stands(chat, content, sender=world.me, reply_to=reply_to, thread=thread))
