"""Listening to a server that keeps Telegram's rules of acknowledgement."""

import asyncio

import pytest

from adapters.telegram import listen
from bot.chat.incoming import ButtonTapped
from tests.adapters.telegram.conftest import Bot, heard, taken
from tests.support.botapi import BotApi

MALFORMED = {"message": {"message_id": 5, "chat": None, "text": "/draw"}}


async def test_what_is_said_is_handed_in_in_order_and_then_confirmed(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    for number in range(250):
        anna.says(group, f"/n{number}")
    async with bot.runs():
        assert await heard(bot, 250) == [f"n{number}" for number in range(250)]
        await server.confirmed()
    batches = [(len(batch.events), batch.drained) for batch in bot.intake.batches[:3]]
    assert batches == [(100, False), (100, False), (50, True)]


async def test_a_page_that_was_cut_by_its_size_is_not_the_end(server: BotApi, bot: Bot) -> None:
    for _ in range(5):
        server.inserts({"stardust": "x" * 1_000_000})
    async with bot.runs():
        await server.confirmed()
    assert [(len(batch.events), batch.drained) for batch in bot.intake.batches][:2] == [(4, False), (1, True)]


async def test_nothing_is_confirmed_before_it_is_committed(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    bot.intake.can_commit.clear()
    anna.says(group, "/join")
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.held)
        anna.presses(anna.says(group, "/leave"), "x")
        assert len(server.queue.waiting) == 3
        assert server.toasts == []
        bot.intake.can_commit.set()
        await heard(bot, 2)
        await server.until(lambda: server.toasts and not server.queue.waiting)


async def test_what_a_killed_bot_had_not_committed_comes_again_once(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    anna.presses(anna.says(group, "/join"), "x")
    bot.intake.kill_before_commit = True
    async with bot.runs() as listening:
        await asyncio.wait([listening])
    assert (taken(bot), len(server.queue.waiting)) == ([], 2)
    bot.intake.kill_before_commit = False
    async with bot.runs():
        await server.until(lambda: server.toasts)
    assert (taken(bot), len(bot.intake.of(ButtonTapped))) == (["join"], 1)


async def test_what_a_killed_bot_had_committed_counts_once_and_is_toasted_once(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    tap = anna.presses(anna.says(group, "/join"), "x")
    bot.intake.kill_after_commit = True
    async with bot.runs() as listening:
        await asyncio.wait([listening])
    assert len(server.queue.waiting) == 2
    bot.intake.kill_after_commit = False
    async with bot.runs():
        await server.until(lambda: tap.answers and not server.queue.waiting)
    assert (taken(bot), len(bot.intake.of(ButtonTapped)), [answer.text for answer in tap.answers]) == (["join"], 1, [""])


async def test_one_malformed_update_stops_no_other(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    for number in range(99):
        if number == 40:
            server.inserts(MALFORMED)
            server.inserts({"stardust": {"colour": "blue"}})
        anna.says(group, f"/n{number}")
    async with bot.runs():
        await heard(bot, 99)
        await server.confirmed()
        assert server.polling.polls <= 3
    assert bot.intake.faults == ["ValueError"]
    dead = next(received for received in bot.intake.taken if received.fault)
    assert '"chat": null' in dead.raw


@pytest.mark.parametrize("body", [b"", b"{", b'{"ok": true, "result": [', b'{"ok":true,"result":5}', b"[" * 200_000, b"\xff\xfe"])
async def test_a_page_that_cannot_be_read_is_asked_for_again(server: BotApi, bot: Bot, body: bytes) -> None:
    server.faults.garbage("getUpdates", body)
    server.person("Anna").says(server.group(), "/join")
    async with bot.runs():
        assert await heard(bot, 1) == ["join"]
    assert bot.intake.failures == ["unreachable"]


async def test_a_press_with_data_that_is_no_text_is_still_a_press(server: BotApi, bot: Bot) -> None:
    press = b'{"id":"5","from":{"id":7},"data":"a\xffb","message":{"message_id":1,"chat":{"id":-1,"type":"group"}}}'
    server.faults.garbage("getUpdates", b'{"ok":true,"result":[{"update_id":5,"callback_query":' + press + b"}]}")
    async with bot.runs():
        (event,) = await bot.intake.until_some(ButtonTapped)
    assert event.data == "a\ufffdb"


async def test_updates_that_nobody_can_confirm_are_not_asked_for_without_pause(server: BotApi, bot: Bot) -> None:
    server.faults.garbage("getUpdates", b'{"ok": true, "result": [{"message": 5}]}')
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.failures)
    assert bot.intake.taken == []


async def test_trouble_on_the_way_is_sat_out(server: BotApi, bot: Bot) -> None:
    anna, group = server.person("Anna"), server.group()
    server.faults.bad_gateway("getUpdates", times=2)
    server.faults.cut("getUpdates", done=False)
    server.faults.flood("getUpdates", 0)
    async with bot.runs():
        anna.says(group, "/one")
        await heard(bot, 1)
        await server.stop()
        anna.says(group, "/two")
        await bot.intake.until(lambda: len(bot.intake.failures) >= 6)
        await server.start()
        assert await heard(bot, 2) == ["one", "two"]
    assert bot.intake.failures[:4] == ["unreachable", "unreachable", "unreachable", "refused"]


async def test_a_poll_that_is_never_answered_is_given_up(server: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listen, "PATIENCE", 0.1)
    server.faults.hang("getUpdates")
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.failures)
        server.person("Anna").says(server.group(), "/join")
        await heard(bot, 1)


async def test_the_first_look_waits_for_nothing_and_names_what_it_wants(server: BotApi, bot: Bot) -> None:
    group, anna, ben = server.group(bot="administrator"), server.person("Anna"), server.person("Ben")
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.batches)
        ben.joins(group)
        anna.says(group, "/join")
        await heard(bot, 1)
    kinds = {kind for received in bot.intake.taken for kind in ("chat_member", "message") if f'"{kind}"' in received.raw}
    assert kinds == {"chat_member", "message"}


async def test_ids_that_begin_anew_lose_nothing(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    async with bot.runs():
        anna.says(group, "/one")
        await heard(bot, 1)
    server.queue.next_id = 20_000
    async with bot.runs():
        anna.says(group, "/two")
        assert await heard(bot, 2) == ["one", "two"]


async def test_a_redelivery_under_another_id_is_the_same_message(server: BotApi, bot: Bot) -> None:
    server.person("Anna").says(server.group(), "/join")
    body = dict(server.queue.waiting[0].body)
    body.pop("update_id")
    server.inserts(body)
    async with bot.runs():
        await server.confirmed()
    assert taken(bot) == ["join"]


async def test_the_menu_is_set_in_each_language_and_delays_nothing(server: BotApi, bot: Bot) -> None:
    server.faults.hang("setMyCommands")
    menu = {"": [("draw", "Draw lots")], "es": [("draw", "Sortear")], "xx-bad": [("draw", "No")]}
    async with bot.runs(menu=menu):
        await bot.intake.until(lambda: bot.intake.batches)
    async with bot.runs(menu=menu):
        await server.until(lambda: "es" in server.world.commands)
    assert server.world.commands == {
        "": [{"command": "draw", "description": "Draw lots"}],
        "es": [{"command": "draw", "description": "Sortear"}],
    }


async def test_a_whole_run_logs_no_token_and_no_words(server: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "adapters")
    caplog.set_level("WARNING")
    server.faults.garbage("getUpdates", b'{"text": "private words"')
    server.faults.garbage("answerCallbackQuery", b"private words")
    anna, group = server.person("Anna"), server.group()
    async with bot.runs() as listening:
        anna.presses(anna.says(group, "/x private words"), "y")
        await heard(bot, 1)
        await server.confirmed()
        await server.stop()
        await bot.intake.until(lambda: len(bot.intake.failures) > 2)
        listening.cancel()
    assert not [record for record in caplog.records if server.token in record.getMessage() or "private" in record.getMessage()]
    assert not [record for record in caplog.records if record.exc_text and server.token in record.exc_text]
