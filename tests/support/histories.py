"""Random histories of a group: people who decide, draw, note and change their minds, until the register has something to tell."""

from random import Random

from models import GroupRow
from tests.support.moot import Moot, enrol

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
WORDS = ("kitchen", "garden", "piano", "Küche", "🎹", "roof", "D-1", "tg:9")


def live(bot: Moot, dice: Random, steps: int) -> None:
    """Each kind of thing at least once, and so many more; what cannot be done is refused, as ever."""
    enrol(bot, *PEOPLE)
    deeds = (decide, ask, draw, note, change, make, meet)
    for deed in [*dice.sample(deeds, len(deeds)), *dice.choices(deeds, k=steps)]:
        deed(bot, dice)
    bot.later(hours=30)


def some(dice: Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 4)))


def decide(bot: Moot, dice: Random) -> None:
    bot.says(dice.choice(PEOPLE), f"/propose We do {some(dice)} quorum {dice.choice((1, 1, 3))} review in 1 month")
    number = newest(bot)
    for name in dice.sample(PEOPLE, dice.randint(2, 4)):
        press(bot, name, dice.choice((*["Consent"] * 6, "Stand aside", "Object")))
        if dice.random() < 0.3:
            bot.says(name, f"/consent D-{number} {some(dice)}")
    for name in PEOPLE:
        bot.says(name, f"/{dice.choice(('close', 'close', 'close', 'withdraw'))} D-{number}")


def newest(bot: Moot) -> int:
    return max(group.last_number for group in bot.rows(GroupRow))


def press(bot: Moot, name: str, label: str) -> None:
    if any(label in standing.labels for standing in bot.room):
        bot.taps(name, label)


def ask(bot: Moot, dice: Random) -> None:
    bot.says("Ben", f"/poll Where is {some(dice)}? | Garden | Roof")
    for place, name in enumerate(dice.sample(PEOPLE, dice.randint(0, 4))):
        press(bot, name, ("Garden", "Roof")[place % 2])
    bot.says("Ben", f"/close D-{newest(bot)}")


def draw(bot: Moot, dice: Random) -> None:
    bot.says("Cleo", f"/draw {dice.choice(('facilitator', 'cook'))} because {some(dice)}")
    for name in dice.sample(PEOPLE, dice.randint(0, 4)):
        press(bot, name, "Shake the hat")
    bot.later(minutes=1)
    for name in PEOPLE:
        press(bot, name, dice.choice(("Accept", "Decline")))


def note(bot: Moot, dice: Random) -> None:
    bot.says(dice.choice(PEOPLE), f"/{dice.choice(('note', 'decided'))} {some(dice)} happened")
    if dice.random() < 0.4:
        bot.says(dice.choice(PEOPLE), f"/note D-1 {some(dice)}")


def change(bot: Moot, dice: Random) -> None:
    bot.says(dice.choice(PEOPLE), f"/settings window {dice.randint(10, 50)}s")


def make(bot: Moot, dice: Random) -> None:
    bot.says(dice.choice(PEOPLE), f"/circle c{dice.randint(1, 9)} Anna, Ben")
    bot.says(dice.choice(PEOPLE), f"/role r{dice.randint(1, 9)} term {dice.randint(1, 9)} months for {some(dice)}")


def meet(bot: Moot, dice: Random) -> None:
    bot.says("Dana", f"/meeting start {some(dice)}")
    for name in dice.sample(PEOPLE, dice.randint(2, 4)):
        press(bot, name, "I am here")
    press(bot, "Anna", "Draw who facilitates")
    bot.says("Dana", "/meeting end")
