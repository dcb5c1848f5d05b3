"""Words for stories about draws by the beacon: a group that has chosen it, relays beside it, and what must come out."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.chat import incoming as said
from bot.commons import lots
from models import DrawRow
from tests.support.moot import Moot, enrol
from tests.support.relay import Relay, relaying
from tests.support.rounds import before, signature_of

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")


@contextmanager
def moot_before_the_round(url: str) -> Iterator[Moot]:
    """A minute before round 1000, four in the hat of a group that has chosen the beacon, and no relay yet."""
    with closing(Moot(url)) as bot:
        bot.clock.at = before(1000, seconds=60)
        enrol(bot, *PEOPLE)
        bot.says("Anna", "/settings chance beacon")
        yield bot


@contextmanager
def known_relay(bot: Moot, mood: str = "well") -> Iterator[Relay]:
    running = relaying(mood)
    relay = bot.run(running.__aenter__())
    bot.relays.urls.append(relay.url)
    try:
        yield relay
    finally:
        bot.run(running.__aexit__(None, None, None))


def order_of(bot: Moot, number: int = 1000) -> list[str]:
    """What must come out: from the document that was frozen and the round's signature, and from nothing else."""
    names = {bot.person(name).label: name for name in bot.people}
    return [names[label] for label in lots.order(bot.row(DrawRow).pool_document, lots.beacon_chance(signature_of(number)))]


def reply(bot: Moot, text: str) -> said.Ack | None:
    return bot.hand(said.Replied(bot.origin("Ben"), text, said.Quoted(bot.seen("🎩").id, mine=True)))


def refusal(answer: said.Ack | None) -> str:
    assert answer is not None
    return answer.text


def state(bot: Moot) -> str:
    return bot.row(DrawRow).state


def waiting_draw(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=60)
