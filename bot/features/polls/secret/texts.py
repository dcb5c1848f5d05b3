"""What a secret poll says in private."""

from collections.abc import Mapping

from bot.chat.action import action
from bot.chat.message import Button, Message, Text, message, paragraph
from bot.features.polls.texts import emblem
from bot.features.polls.voting import rules
from bot.language import Voice
from bot.routing.feature import Wording
from bot.tidy import isolated


def ballot(v: Voice, poll_id: int, number: int, question: str, method: str, named: Mapping[int, str]) -> Message:
    said = message(
        paragraph(Text(v._("🗳 Your ballot for D-{number}: {question}", number=number, question=isolated(question)), "bold")),
        v._(
            "Choose as often as you like. Cast my vote puts it into the box, and then it is final: nobody can change it or find it."
        ),
    )
    options = [(Button(name, emblem(place), action("polls.pick", poll_id, place), private=True),) for place, name in named.items()]
    return said.with_rows(*options, *tools(v, poll_id, method))


def tools(v: Voice, poll_id: int, method: str) -> tuple[tuple[Button, ...], ...]:
    cast_it = (Button(v._("Cast my vote"), "📮", action("polls.cast", poll_id), private=True),)
    clear = Button(v._("Clear"), "🧹", action("polls.unpick", poll_id), private=True)
    undo = Button(v._("Undo"), "↩️", action("polls.backpick", poll_id), private=True)
    return ((undo, clear) if method in rules.ORDERED else (clear,), cast_it)


def not_cast_yet(v: Voice, words: str) -> str:
    return v._("{ballot} Not cast yet.", ballot=words)


def noted(v: Voice) -> Message:
    return message(v._("I have your answer. Press Cast my vote to put it into the box; then it is final."))


def cast(v: Voice, number: int) -> str:
    return v._("Your vote in D-{number} is in the box. It is final.", number=number)


REFUSALS: dict[str, Wording] = {
    "final": lambda v, **f: v._(
        "You have voted in D-{number}. A secret vote is final, because nobody can tell which is yours.", **f
    ),
    "nothing to cast": lambda v, **f: v._("There is nothing on your ballot yet. Choose first, then cast it.", **f),
}
