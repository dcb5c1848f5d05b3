"""Somebody asks what is kept about them: all of it, to them alone."""

import json
from typing import Any

from bot.chat.refs import ChatRef
from models import AccountRow, ChatRow
from tests.support.moot import Moot, enrol
from tests.support.voting import PEOPLE, names


def private_with(bot: Moot, name: str) -> ChatRef:
    return ChatRef(bot.group.platform, bot.person(name).id)


def asked(bot: Moot, name: str) -> dict[str, Any]:
    chat = private_with(bot, name)
    bot.says(name, "/mydata", chat, kind="private")
    file = next(each for each in bot.last(chat).message.attachments if each.name == "mydata.json")
    found: dict[str, Any] = json.loads(file.content)
    return found


def test_all_that_names_them_and_nothing_of_others(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/propose We buy a dishwasher")
    bot.taps("Ben", "Object")
    bot.says("Ben", "/object it is too loud")
    bot.says("Ben", "/label site: North")
    found = asked(bot, "Ben")
    assert [row["name"] for row in found["accounts"]] == ["Ben"]
    assert [row["reason"] for row in found["objections"]] == ["it is too loud"]
    assert [row["value"] for row in found["labels"]] == ["North"]
    assert "Anna" not in json.dumps(found)
    assert "You answered 1 round or poll." in bot.shows(private_with(bot, "Ben"))[0]


def test_who_named_somebody_in_private_is_not_given_away(bot: Moot) -> None:
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/nominate facilitator for 3 months within 2 days")
    names(bot, "Anna", "Ben because he listens")
    assert "listens" not in json.dumps(asked(bot, "Ben"))
    assert [row["reason"] for row in asked(bot, "Anna")["nominations"]] == ["he listens"]


def test_in_a_room_it_is_not_shown(bot: Moot) -> None:
    enrol(bot, "Anna")
    refused = bot.says("Anna", "/mydata")
    assert refused is not None
    assert "in private only" in refused.text
    assert all(not standing.message.attachments for standing in bot.room)
    asked(bot, "Anna")
    bot.says("Anna", "/mydata")
    assert bot.shows()[-1] == "It stands in our private chat."
    assert len(bot.rows(ChatRow, kind="private")) == 1


def test_whoever_is_forgotten_has_nothing_left(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Ben", "/forget me")
    bot.taps("Ben", "Forget me")
    refused = bot.says("Ben", "/mydata", private_with(bot, "Ben"), kind="private")
    assert refused is not None
    assert "nothing of you" in refused.text
    assert [row.name for row in bot.rows(AccountRow)] == ["Anna", "a former member", "a former member"]
