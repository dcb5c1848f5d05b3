"""Methods that ask: who am I, what is this chat, who is in it, which file; and those that answer a press or leave."""

import re
from typing import Any

from tests.support.botapi import access, shapes
from tests.support.botapi.args import Args
from tests.support.botapi.refusal import bad
from tests.support.botapi.state import IN_CHARGE, Json, Member
from tests.support.botapi.world import Toast, World

LONGEST_TOAST = 200  # characters
MOST_COMMANDS = 100


def get_me(world: World, args: Args) -> Json:
    return shapes.of_me(world.me, world.privacy, world.joins_groups)


def get_chat(world: World, args: Args) -> Json:
    return shapes.of_whole_chat(access.readable(world, args))


def get_chat_member(world: World, args: Args) -> Json:
    chat = access.readable(world, args)
    user = world.users.get(args.number("user_id"))
    if user is None:
        raise bad("PARTICIPANT_ID_INVALID")
    return shapes.of_member(chat.member(user))


def get_chat_administrators(world: World, args: Args) -> list[Json]:
    chat = access.readable(world, args)
    if not chat.is_room:
        raise bad("there are no administrators in the private chat")
    in_charge = (member for member in chat.members.values() if member.status in IN_CHARGE)
    return [shapes.of_member(member) for member in in_charge if not member.user.is_bot or member.user is world.me]


def get_chat_member_count(world: World, args: Args) -> int:
    return len(access.readable(world, args).people_inside)


def leave_chat(world: World, args: Args) -> bool:
    chat = access.readable(world, args)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    world.change_member(chat, Member(world.me, "left"), by=world.me)
    return True


def get_file(world: World, args: Args) -> Json:
    file = world.files.get(args.text("file_id"))
    if file is None:
        raise bad("invalid file_id" if args.text("file_id") else "file_id not specified")
    return shapes.of_file(file) | {"file_path": file.path}


def answer_callback_query(world: World, args: Args) -> bool:
    tap = world.open_tap(args.text("callback_query_id"))
    text = args.text("text")
    if len(text) > LONGEST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    tap.answer(Toast(tap.person.first_name, text, args.flag("show_alert")))
    world.note()
    return True


def set_my_commands(world: World, args: Args) -> bool:
    commands = args.json("commands")
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        check_command(command)
    language = args.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("LANG_CODE_INVALID")
    world.commands[language] = [{key: command[key] for key in ("command", "description")} for command in commands]
    world.note()
    return True


def check_command(command: dict[str, Any]) -> None:
    if not re.fullmatch("[a-z0-9_]{1,32}", str(command.get("command", ""))):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", ""))) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(world: World, args: Args) -> list[Json]:
    return world.commands.get(args.text("language_code"), [])
