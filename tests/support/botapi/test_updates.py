"""How updates wait, are fetched, confirmed, and forgotten."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.support.botapi import BotApi
from tests.support.botapi.conftest import Ask
from tests.support.botapi.updates import OTHER_POLL, WEBHOOK_ON


def say(server: BotApi, count: int = 1) -> None:
    group, anna = server.group(), server.person("Anna")
    for number in range(count):
        anna.says(group, f"/n{number}")


def said(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_what_is_not_confirmed_comes_again(server: BotApi, ask: Ask) -> None:
    say(server, 3)
    assert said(await ask("getUpdates")) == said(await ask("getUpdates")) == ["/n0", "/n1", "/n2"]


async def test_an_offset_confirms_everything_below_it(server: BotApi, ask: Ask) -> None:
    say(server, 3)
    first = await ask("getUpdates", limit=1)
    assert said(await ask("getUpdates", offset=first[0]["update_id"] + 1)) == ["/n1", "/n2"]
    assert said(await ask("getUpdates")) == ["/n1", "/n2"]


async def test_ids_begin_anywhere_and_rise_by_one(server: BotApi, ask: Ask) -> None:
    say(server, 3)
    ids = [update["update_id"] for update in await ask("getUpdates")]
    assert ids[0] > 9_999
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(server: BotApi, ask: Ask) -> None:
    say(server, 5)
    assert said(await ask("getUpdates", offset=-2)) == ["/n3", "/n4"]
    assert said(await ask("getUpdates")) == ["/n3", "/n4"]
    assert said(await ask("getUpdates", offset=-9)) == ["/n3", "/n4"]


async def test_an_offset_far_ahead_is_not_believed(server: BotApi, ask: Ask) -> None:
    say(server, 2)
    assert said(await ask("getUpdates", offset=server.queue.next_id + 5_000)) == ["/n0", "/n1"]


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (100, 100), (5_000, 100), (0, 1), (-3, 1)])
async def test_a_page_holds_one_to_a_hundred(server: BotApi, ask: Ask, limit: int, count: int) -> None:
    say(server, 105)
    assert len(await ask("getUpdates", limit=limit)) == count


async def test_a_page_ends_at_four_megabytes(server: BotApi, ask: Ask) -> None:
    for _ in range(5):
        server.inserts({"stardust": "x" * 1_000_000})
    assert len(await ask("getUpdates")) == 4


async def test_who_asks_the_same_again_at_once_waits_for_news(server: BotApi, ask: Ask) -> None:
    server.polling.slows_repetitions = True
    assert await ask("getUpdates") == []
    again = asyncio.create_task(ask("getUpdates"))
    await polling(server)
    say(server)
    assert said(await again) == ["/n0"]


async def test_presses_are_kept_for_150_seconds_and_the_rest_for_a_day(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(), server.person("Anna")
    anna.presses(anna.says(group, "/one"), "x")
    server.clock.advance(timedelta(seconds=149))
    assert len(await ask("getUpdates")) == 2
    server.clock.advance(timedelta(seconds=2))
    assert said(await ask("getUpdates")) == ["/one"]
    server.clock.advance(timedelta(hours=24))
    assert await ask("getUpdates") == []
    assert [list(update.body)[1] for update in server.queue.expired] == ["callback_query", "message"]


def test_a_server_on_which_all_lasts_forgets_nothing() -> None:
    server = BotApi(lasting=True)
    anna = server.person("Anna")
    anna.presses(anna.says(server.group(), "/one"), "x")
    server.clock.advance(timedelta(days=3))
    assert len(server.queue.page(0, 100)) == 2
    assert server.queue.expired == []


async def test_a_long_poll_ends_with_the_first_news(server: BotApi, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=50))
    await polling(server)
    say(server)
    assert said(await poll) == ["/n0"]


async def test_a_long_poll_without_news_ends_empty(ask: Ask) -> None:
    assert await ask("getUpdates", timeout=1) == []


async def polling(server: BotApi) -> None:
    await server.until(lambda: server.polling.waiting)


async def test_a_second_long_poll_ends_the_first_with_a_conflict(server: BotApi, ask: Ask) -> None:
    first = asyncio.create_task(ask("getUpdates", timeout=50))
    await polling(server)
    second = asyncio.create_task(ask("getUpdates", timeout=50))
    assert await first == (409, f"Conflict: {OTHER_POLL}")
    say(server)
    assert said(await second) == ["/n0"]


async def test_a_poll_that_need_not_wait_ends_no_other(server: BotApi, ask: Ask) -> None:
    first = asyncio.create_task(ask("getUpdates", timeout=50))
    await polling(server)
    assert await ask("getUpdates") == []
    say(server)
    assert said(await first) == ["/n0"]


async def test_conflicts_in_quick_succession_are_told_late(server: BotApi, ask: Ask) -> None:
    polls: list[asyncio.Task[Any]] = []
    for _ in range(3):
        polls.append(asyncio.create_task(ask("getUpdates", timeout=50)))
        await server.until(lambda: server.polling.polls == len(polls) and server.polling.waiting)
    assert [await poll for poll in polls[:2]] == [(409, f"Conflict: {OTHER_POLL}")] * 2
    say(server)
    assert said(await polls[2]) == ["/n0"]


async def test_a_webhook_and_polling_exclude_each_other(server: BotApi, ask: Ask) -> None:
    poll = asyncio.create_task(ask("getUpdates", timeout=50))
    await polling(server)
    assert await ask("setWebhook", url="https://example.org/hook") is True
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert await ask("getUpdates") == (409, f"Conflict: {WEBHOOK_ON}")
    assert (await ask("getWebhookInfo"))["url"] == "https://example.org/hook"
    say(server)
    assert await ask("deleteWebhook", drop_pending_updates=True) is True
    assert await ask("getUpdates") == []


async def test_member_updates_come_only_when_named(server: BotApi, ask: Ask) -> None:
    group, anna = server.group(bot="administrator"), server.person("Anna")
    anna.joins(group)
    assert [list(update)[1] for update in await ask("getUpdates", offset=-1)] == ["message"]
    await ask("getUpdates", allowed_updates=["message", "chat_member"])
    anna.leaves(group)
    assert [list(update)[1] for update in await ask("getUpdates")][-2:] == ["chat_member", "message"]
    await ask("getUpdates", allowed_updates=[])
    anna.joins(group)
    assert [list(update)[1] for update in await ask("getUpdates", offset=-1)] == ["message"]
