"""Random histories: whatever people may say and press, in any order."""

import random

from tests.support.moot import Moot
from tests.support.oblivion import SAID, ZELDA

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
