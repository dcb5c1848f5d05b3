"""When listening cannot begin, must end, or is told to."""

import asyncio
from typing import Any

import pytest

from adapters.telegram import listen
from bot.chat.adapter import CannotListen
from bot.chat.incoming import ButtonTapped
from tests.adapters.telegram.conftest import Bot, heard, polling, taken
from tests.support.botapi import BotApi


async def ends_with(bot: Bot, **settings: Any) -> CannotListen:
    async with bot.runs(**settings) as listening:
        with pytest.raises(CannotListen) as caught:
            await asyncio.wait_for(listening, 20)
    return caught.value


async def test_a_webhook_is_named_and_left_alone(server: BotApi, bot: Bot) -> None:
    server.polling.set_webhook("https://example.org/hook")
    assert (await ends_with(bot)).why == "webhook set"
    assert server.polling.webhook == "https://example.org/hook"


async def test_a_webhook_that_is_set_meanwhile_is_named(server: BotApi, bot: Bot) -> None:
    async with bot.runs() as listening:
        await polling(server)
        server.polling.set_webhook("https://example.org/hook")
        with pytest.raises(CannotListen) as caught:
            await asyncio.wait_for(listening, 20)
    assert caught.value.why == "webhook set"


@pytest.mark.parametrize("token", ["1:wrong", "nonsense"])
async def test_a_token_that_is_not_taken(bot: Bot, token: str) -> None:
    assert (await ends_with(bot, token=token)).why == "login refused"


async def test_a_token_that_is_revoked_meanwhile(server: BotApi, bot: Bot) -> None:
    async with bot.runs() as listening:
        await bot.intake.until(lambda: bot.intake.batches)
        server.world.token = "7000000001:another"
        server.polling.wake()
        with pytest.raises(CannotListen) as caught:
            await asyncio.wait_for(listening, 20)
    assert caught.value.why == "login refused"


async def test_a_place_that_is_gone_for_a_while_is_not_a_token_refused(server: BotApi, bot: Bot) -> None:
    server.faults.refuse("getUpdates", 404, "Not Found")
    server.person("Anna").says(server.group(), "/join")
    async with bot.runs():
        await heard(bot, 1)
    assert bot.intake.failures == ["unreachable"]


async def test_a_server_that_is_not_up_yet_is_waited_for(server: BotApi, bot: Bot) -> None:
    await server.stop()
    async with bot.runs():
        await bot.intake.until(lambda: len(bot.intake.failures) >= 2)
        await server.start()
        server.person("Anna").says(server.group(), "/join")
        await heard(bot, 1)


async def test_of_two_bots_the_first_goes_on_and_the_second_gives_up(server: BotApi, bot: Bot) -> None:
    second, group, anna = Bot(server), server.group(), server.person("Anna")
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.batches)
        for number in range(5):
            await polling(server)
            anna.says(group, f"/n{number}")
            await heard(bot, number + 1)
        await polling(server)
        assert (await ends_with(second)).why == "taken"
        tap = anna.presses(anna.says(group, "/after"), "x")
        await heard(bot, 6)
        await server.until(lambda: tap.answers)
    assert "conflict" in bot.intake.failures
    assert len(bot.intake.of(ButtonTapped)) == 1


async def test_a_restart_finds_the_dead_ones_poll_and_goes_on(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.batches)
        await polling(server)
    async with bot.runs():
        anna.says(group, "/join")
        assert await heard(bot, 1) == ["join"]


async def test_when_told_to_end_what_is_in_hand_is_taken_confirmed_and_answered(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    tap = anna.presses(anna.says(group, "/join"), "x")
    bot.intake.can_commit.clear()
    async with bot.runs() as listening:
        await server.until(lambda: server.polling.polls)
        await bot.intake.until(lambda: bot.intake.held)
        listening.cancel()
        await asyncio.sleep(0)
        bot.intake.can_commit.set()
        await asyncio.gather(listening, return_exceptions=True)
    assert (taken(bot), len(server.queue.waiting), [answer.text for answer in tap.answers]) == (["join"], 0, ["Counted"])


async def test_an_end_does_not_wait_for_a_database_that_is_locked(
    server: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listen, "LAST_TAKE", 0.05)
    server.person("Anna").says(server.group(), "/join")
    bot.intake.can_commit.clear()
    async with bot.runs():
        await bot.intake.until(lambda: bot.intake.held)
    assert len(server.queue.waiting) == 1
    bot.intake.can_commit.set()
    async with bot.runs():
        assert await heard(bot, 1) == ["join"]
