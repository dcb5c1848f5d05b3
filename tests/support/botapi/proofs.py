"""Every object that leaves the server must pass the types of two independent libraries; aiogram's must know each field."""

from collections.abc import Iterator
from functools import cache
from typing import Any

Parts = dict[str, tuple[Any, Any, bool]]  # method -> (aiogram's type, PTB's type, whether it is a list of them)


class Dishonest(AssertionError):
    """The server was about to say something that the real one never says."""


def no_proof(method: str, result: Any) -> None:
    """For speed."""


def prove(method: str, result: Any) -> None:
    """Raises if the result of this method (or an `update`) is not of the Bot API's shape."""
    kinds = types().get(method)
    if kinds is None:
        return
    ours, ptb, many = kinds
    for each in result if many else [result]:
        if unknown := list(unknown_fields(ours.validate_python(each))):
            raise Dishonest(f"{method}: {unknown}")
        if ptb is not None and ptb.de_json(each, None) is None:
            raise Dishonest(method)


@cache
def types() -> Parts:
    import telegram
    from aiogram import types as aio
    from pydantic import TypeAdapter

    def pair(name: str, many: bool = False) -> tuple[Any, Any, bool]:
        return TypeAdapter(getattr(aio, name)), getattr(telegram, name), many

    member: tuple[Any, Any] = (TypeAdapter(aio.ResultChatMemberUnion), telegram.ChatMember)
    sent = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageReplyMarkup")
    return {
        "update": pair("Update"),
        "getMe": pair("User"),
        "getWebhookInfo": pair("WebhookInfo"),
        "sendMediaGroup": pair("Message", many=True),
        "getMyCommands": pair("BotCommand", many=True),
        "getChat": pair("ChatFullInfo"),
        "getChatMember": (*member, False),
        "getChatAdministrators": (*member, True),
        "getFile": pair("File"),
        **{method: pair("Message") for method in sent},
    }


def unknown_fields(thing: Any, path: str = "") -> Iterator[str]:
    """The fields, anywhere inside, that aiogram's types do not have."""
    if isinstance(thing, list | tuple):
        for each in thing:
            yield from unknown_fields(each, path)
        return
    if not hasattr(type(thing), "model_fields"):
        return
    yield from (f"{path}.{name}" for name in thing.model_extra or {})
    for name in type(thing).model_fields:
        yield from unknown_fields(getattr(thing, name), f"{path}.{name}")
