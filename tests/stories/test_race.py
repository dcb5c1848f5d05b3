"""Shaking against drawing at the same instant: whoever was told "counted" is in the receipt, whoever was refused is not."""

import asyncio
import json
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from bot.chat import incoming as said
from bot.chat.adapter import Batch
from bot.chat.incoming import Ack, Received
from bot.commons import lots
from bot.dice import SeededDice
from bot.features import FEATURES
from bot.features.lots import sweep
from bot.routing.feature import Sweep
from bot.routing.horizon import Horizon
from bot.routing.house import House
from bot.routing.intake import PlatformIntake
from bot.routing.routes import routes_of
from bot.verifying.draw import check
from models import BoardRow, DrawRow, ShakeRow
from tests.support.moot import Moot, enrol
from tests.support.quick import quick

SHAKERS = ("Anna", "Ben", "Cleo")
HANDS = len(SHAKERS) + 1
HOUSE = House("race", dice=SeededDice("race"), chatter=None)  # its people act thousands of times in an instant


class Hand:
    """One process's worth: a database and an intake of its own, and in each trial one press, at the same instant as the others."""

    def __init__(
        self, name: str, bot: Moot, presses: Sequence[Received | int], start: threading.Barrier, closing: Sweep = sweep.SWEEP
    ) -> None:
        self.url, self.clock, self.presses, self.gate, self.closing = bot.url, bot.clock, presses, start, closing
        self.acks: list[Ack | None] = []
        self.chance = random.Random(name)  # how much it has to look at before it presses

    def run(self) -> None:
        with closing(quick(self.url)) as database, asyncio.Runner() as runner:
            intake = PlatformIntake(
                "telegram", None, routes_of(FEATURES, HOUSE), database, self.clock, Horizon(), committed=lambda: None
            )
            for press in self.presses:
                self.gate.wait()
                for _ in range(self.chance.randrange(3)):
                    database.transact(self.closing.due, self.clock.now())
                if isinstance(press, int):
                    database.transact(self.closing.settle, press, self.clock.now(), HOUSE)
                    self.acks.append(None)
                else:
                    self.acks.append(runner.run(self.hand_in(intake, press)))

    async def hand_in(self, intake: PlatformIntake, press: Received) -> Ack | None:
        (answer,) = await intake.take(Batch(await intake.fetch(), (press,), drained=False))
        return answer.ack


def press(bot: Moot, name: str, verb: str, draw: int) -> Received:
    return Received((f"{name} {verb} {draw}",), "{}", said.ButtonTapped(bot.origin(name), f"lots.{verb}:{draw}"))


@pytest.fixture
def bot(house: str) -> Iterator[Moot]:
    with closing(Moot(house)) as made:
        enrol(made, *SHAKERS, "Dana")
        yield made


def opened(bot: Moot, trials: int) -> list[int]:
    """So many draws, all open; their windows have passed when the race begins."""
    first = len(bot.rows(DrawRow))
    calls = [said.CommandSent(bot.origin("Anna"), "draw", f"role-{n}") for n in range(first, first + trials)]
    bot.hear(*(bot.received(call, (call.text,)) for call in calls))
    bot.change("UPDATE boards SET message_id = 'm' || id")
    bot.change("UPDATE promises SET state = 'sent'")
    bot.clock.advance(timedelta(seconds=31))
    return [draw.id for draw in bot.rows(DrawRow, state="open")]


def race(bot: Moot, draws: list[int], closer: str) -> dict[int, dict[str, Ack | None]]:
    """Per draw: what each hand was told. The last hand draws, by button or by the sweep."""
    start = threading.Barrier(HANDS, timeout=60)
    hands = [Hand(name, bot, [press(bot, name, "shake", draw) for draw in draws], start) for name in SHAKERS]
    last: list[Received | int] = [press(bot, "Dana", "draw", draw) if closer == "button" else draw for draw in draws]
    hands.append(Hand("Dana", bot, last, start))
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(Hand.run, hands))
    return {
        draw: {name: hand.acks[n] for name, hand in zip((*SHAKERS, "Dana"), hands, strict=True)} for n, draw in enumerate(draws)
    }


def counted(bot: Moot, told: dict[str, Ack | None]) -> set[str]:
    return {bot.person(name).label for name in SHAKERS if (ack := told[name]) is not None and not ack.refused}


def shaken_in_receipts(bot: Moot, draws: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Of each draw, whose shakes its receipt counts; the receipt holds, and its chance is the one in the register."""
    entered = [json.loads(entry.public)["facts"]["chance"] for entry in bot.entries()]
    assert len(entered) == len(set(entered))
    for draw in draws:
        row = bot.row(DrawRow, id=draw)
        shakes = [shake.label for shake in sorted(bot.rows(ShakeRow, draw_id=draw), key=lambda shake: shake.place)]
        receipt = lots.receipt(row.pool_document, row.secret, shakes)
        check(receipt)
        assert receipt.partition("chance: ")[2][:64] in entered
        yield draw, shakes


def run_race(bot: Moot, trials: int, closer: str) -> None:
    draws = opened(bot, trials)
    told = race(bot, draws, closer)
    outcomes: set[int] = set()
    for draw, shaken in shaken_in_receipts(bot, draws):
        assert set(shaken) == counted(bot, told[draw])
        assert len(shaken) == len(set(shaken))
        outcomes.add(len(shaken))
    assert len(draws) == trials == len([board for board in bot.rows(BoardRow, kind="result") if board.subject_id in draws])
    assert len(outcomes) > 1, "always the same came first: this was no race"


@pytest.mark.parametrize("closer", ["button", "sweep"])
def test_shaking_against_drawing(bot: Moot, closer: str) -> None:
    run_race(bot, 40, closer)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("closer", ["button", "sweep"])
def test_shaking_against_drawing_two_and_a_half_thousand_times(bot: Moot, closer: str) -> None:
    """Ten thousand trials over both databases and both ways to draw."""
    for _ in range(10):
        run_race(bot, 250, closer)
