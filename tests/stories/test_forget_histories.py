"""Whatever has happened before, nothing is left of whoever is forgotten, and all hashes and counts are as they were."""

import random
from contextlib import closing

import pytest

from tests.support.moot import Moot, enrol
from tests.support.oblivion import REF, SAID, ZELDA, chain_holds, counts, traces
from tests.support.room import FakePlatform

OTHERS = ("Anna", "Ben", "Cleo")
SAYS = (
    "/join",
    "/join cook",
    "/leave cook",
    "/rest 2 days",
    "/back",
    "/draw cook",
    "/draw facilitator because {word}",
    "/propose We change something",
    "/concern {word}",
    "/object {word}",
    "/amend We change it a little",
    "/withdraw",
    "/poll What now? | This | That",
    "/poll What now? | This | That | secret",
    "/vote 1",
    "/label site: {word}",
    "/resign",
    "/handover {word}",
    "/nominate gardener",
    "/mandate @zq_handle cook for 2 weeks",
    "/recall @zq_handle cook because {word}",
    "/answer {word}",
    "/role cook term 2 weeks for cooking",
    "/circle kitchen @zq_handle Ben",
    "/note We met",
    "/decided We meet again",
    "/decisions",
    "/decisions change",
    "/decision 2",
    "/open",
    "/link",
)
LABELS = ("Consent", "Object", "Stand aside", "Accept", "Decline", "Shake the hat", "Draw now", "This", "That", "Support")


def step(bot: Moot, dice: random.Random) -> None:
    name = dice.choice([ZELDA, ZELDA, *OTHERS])
    match dice.randrange(5):
        case 0 | 1:
            line = dice.choice(SAYS)
            word = dice.choice(SAID) if name == ZELDA else "something"
            bot.says(name, line.format(word=word), handle="zq_handle" if name == ZELDA else "")
        case 2 | 3:
            label = dice.choice(LABELS)
            standing = [each for each in bot.room if any(button.label == label for button in each.message.buttons)]
            if standing:
                bot.taps(name, label, standing[-1])
        case _:
            bot.later(hours=dice.choice([0.1, 1, 30, 80]))


def forget(bot: Moot) -> None:
    """Once no draw is under way."""
    bot.later(hours=1)
    bot.says(ZELDA, "/forget me")
    bot.taps(ZELDA, "Forget me")
    bot.later(minutes=11)


def play(url: str, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    with closing(Moot(url, [FakePlatform(keeps_taps_for=None)], seed=f"forget {seed}")) as bot:
        bot.people[ZELDA] = REF
        enrol(bot, ZELDA, *OTHERS)
        for _ in range(steps):
            step(bot, dice)
        bot.later(hours=1)
        assert REF in traces(bot)
        before, counted = [row.hash for row in bot.entries()], counts(bot)
        forget(bot)
        assert bot.acks[-1][1].text.startswith("It is done")
        assert traces(bot) == []
        assert [row.hash for row in bot.entries()][: len(before)] == before
        assert chain_holds(bot)
        assert counts(bot) == counted


@pytest.mark.parametrize("seed", range(2))
def test_a_random_history(sqlite_house: str, seed: int) -> None:
    play(sqlite_house, seed, 40)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 14))
def test_more_random_histories(sqlite_house: str, seed: int) -> None:
    play(sqlite_house, seed, 150)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(14, 18))
def test_random_histories_on_the_other_database(postgres_house: str, seed: int) -> None:
    play(postgres_house, seed, 80)
