"""Every press is answered, and no answer holds anything up."""

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.incoming import Ack, Received
from tests.adapters.telegram.conftest import Bot, counted, heard
from tests.support.botapi import BotApi


async def pressed(server: BotApi, bot: Bot, ack: Ack | None) -> Any:
    """The one press's answer, when this is what the core says to it."""
    bot.intake.answers = lambda received: ack
    tap = server.person("Anna").presses(server.person("Ben").says(server.group(), "/x"), "y")
    async with bot.runs():
        await server.until(lambda: tap.answers)
    return tap.toast


LONG = "This hat was shaken by somebody who has left the room since, so nothing changed. " * 3


@pytest.mark.parametrize(
    ("ack", "text", "alert"),
    [
        (Ack("Counted"), "Counted", False),
        (None, "", False),
        (Ack("No", refused=True), "No", False),
        (Ack(LONG[:100], refused=True), LONG[:100], True),
        (Ack(LONG[:100]), LONG[:100], False),
        (Ack(LONG, refused=True), LONG[:199] + "…", True),
        (Ack("Hi \ud800\0"), "Hi   ", False),
    ],
)
async def test_every_press_is_answered(server: BotApi, bot: Bot, ack: Ack | None, text: str, alert: bool) -> None:
    toast = await pressed(server, bot, ack)
    assert (toast.text, toast.alert) == (text, alert)


async def test_presses_that_mean_nothing_are_answered_with_silence(server: BotApi, bot: Bot) -> None:
    anna = server.person("Anna")
    taps = [anna.presses_inline("x"), anna.presses(anna.says(server.group(), "/x"), None)]
    async with bot.runs():
        await server.until(lambda: all(tap.answers for tap in taps))
    assert [tap.answers[0].text for tap in taps] == ["", ""]


async def test_answers_that_hang_hold_nothing_up(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")
    post = anna.says(group, "/x")
    server.faults.hang("answerCallbackQuery", times=20)
    async with bot.runs():
        for _ in range(20):
            anna.presses(post, "y")
        await server.until(lambda: len(server.faults.happened) == 20)
        anna.says(group, "/after")
        await heard(bot, 2)
        tap = anna.presses(post, "y")
        await server.until(lambda: tap.answers)


async def test_a_press_too_old_to_answer_harms_nobody(server: BotApi, bot: Bot) -> None:
    group, anna = server.group(), server.person("Anna")

    def slowly(received: Received) -> Ack | None:
        server.clock.advance(timedelta(seconds=200))
        return counted(received)

    bot.intake.answers = slowly
    anna.presses(anna.says(group, "/x"), "y")
    async with bot.runs():
        await server.until(lambda: "answerCallbackQuery" in server.calls)
        anna.says(group, "/after")
        await heard(bot, 2)
    assert server.toasts == []
