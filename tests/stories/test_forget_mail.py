"""Somebody is forgotten while messages about them wait to be sent; and nobody can have others' words erased by being forgotten."""

import base64
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import select

from bot.chat.adapter import TryLater
from bot.chat.incoming import Quoted, Replied
from bot.chat.message import from_json, plain
from bot.chat.refs import ChatRef
from bot.features.privacy import erasing
from models import AccountRow, PromiseRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

HOSTILE = 'Zed "Q" & <Co>'


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", HOSTILE, "Vera")
        yield made


def nothing_is_sent(bot: Moot) -> None:
    bot.platforms[0].fail = lambda _: TryLater(60)


def forget(bot: Moot, name: str) -> None:
    """While the platform is out of reach, so that no button can be pressed."""
    with bot.database.transaction() as db:
        account = db.scalars(select(AccountRow).filter_by(name=name)).one()
        erasing.forget(db, account, bot.clock.now(), bot.app.routes.house)


def waiting(bot: Moot) -> list[PromiseRow]:
    return list(bot.rows(PromiseRow, state="waiting"))


def files(bot: Moot) -> dict[str, bytes]:
    return {name: base64.b64decode(content) for row in waiting(bot) for name, _, content in (row.body or {})["attachments"]}


def words(bot: Moot) -> str:
    return "\n".join(plain(from_json(row.body)) for row in waiting(bot) if row.body)


def test_minutes_that_name_somebody_with_signs_in_their_name_are_not_sent(bot: Moot) -> None:
    bot.says("Anna", "/meeting start Budget")
    bot.hand(Replied(bot.origin(HOSTILE), "mind the quagmire", Quoted(bot.seen("🗓").id, mine=True)))
    nothing_is_sent(bot)
    bot.says("Anna", "/meeting end")
    assert any(b"quagmire" in content for content in files(bot).values())
    forget(bot, HOSTILE)
    assert files(bot) == {}
    assert "A file was to stand here. It told of somebody who was forgotten since" in words(bot)
    assert "quagmire" not in words(bot)
    assert "Zed" not in words(bot)


def test_an_export_into_which_nobody_can_look_is_not_sent(bot: Moot) -> None:
    bot.change("""UPDATE groups SET choices = '{"export": "anyone"}'""")
    nothing_is_sent(bot)
    bot.says("Anna", "/export")
    (content,) = files(bot).values()
    assert "Zed" in zipfile.ZipFile(io.BytesIO(content)).read("people.csv").decode()
    forget(bot, HOSTILE)
    assert files(bot) == {}
    assert "so please ask for it again" in words(bot)


def test_nobody_can_have_others_words_erased(bot: Moot) -> None:
    """By having said a letter that stands in all of them, or just the same."""
    bot.says("Anna", "/propose We paint the hall")
    bot.says("Ben", "/object D-1 the colour is too dark")
    for text in ("e", "the colour is too dark"):
        bot.says("Vera", f"/aside D-1 {text}")
    bot.later(days=4)
    bot.says("Anna", "/mandate Ben cook for 1 month")
    bot.later(days=4)
    forget(bot, "Vera")
    kept = " ".join(str(row.personal) for row in bot.entries())
    assert "the colour is too dark" in kept
    assert kept.count("the colour is too dark") == 1, "and what she said herself is gone"


def test_mydata_does_not_grow_by_being_asked(bot: Moot) -> None:
    chat = ChatRef(bot.group.platform, bot.person("Anna").id)
    sizes: list[int] = []
    for _ in range(4):
        bot.says("Anna", "/mydata", chat, kind="private")
        sizes.append(sum(len(file.content) for each in bot.room_of(chat) for file in each.message.attachments) - sum(sizes))
    assert sizes[-1] < 2 * sizes[0]
