"""Whatever is promised arrives, in order, whenever the process dies and whatever the network does to it."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.kills.conftest import Tell
from tests.kills.house import House
from tests.kills.mail import Mail, promise
from tests.kills.series import WAITING, until
from tests.support.botapi.remote import Remote
from tests.support.matrix_people import Person, person
from tests.support.synapse import Synapse
from tests.support.zygote import GLANCE

ROOMS = 3
TROUBLE = (
    {"kind": "cut", "done": True},
    {"kind": "cut", "done": False},
    {"kind": "bad gateway", "done": True},
    {"kind": "bad gateway", "done": False},
    {"kind": "flood", "seconds": 1},
    {"kind": "late", "done": True, "seconds": 1},
)
TRIES = """
SELECT chats.ref, promises.key, promises.tries, promises.state FROM promises JOIN chats ON chats.id = promises.chat_id
WHERE promises.key LIKE 'mail:%'
"""


@dataclass
class Street:
    """Rooms on both platforms into which the bot delivers; each has said its welcome."""

    house: House
    remote: Remote
    anna: Person
    telegram: list[Mail]
    matrix: list[Mail]

    async def said(self, mail: Mail) -> list[str]:
        """What the bot said there, oldest first."""
        if mail in self.telegram:
            return [message["text"] for message in self.remote.messages(int(mail.ref)) if message["mine"]]
        return [message.body for message in await self.anna.reads(mail.ref) if message.sender != self.anna.id]

    async def delivers_all(self) -> None:
        life = self.house.starts_well()
        await until(lambda: self.house.one(WAITING) == 0 or life.over, "an empty outbox", moves=self.house.progress)
        assert life.terminate() == 0, life.said()

    async def copies(self, mails: Sequence[Mail]) -> Counter[tuple[str, int]]:
        found: Counter[tuple[str, int]] = Counter()
        for mail in mails:
            found.update({(mail.ref, number): n for number, n in mail.arrived(await self.said(mail)).items()})
        return found


@asynccontextmanager
async def street(house: House, remote: Remote, synapse: Synapse, groups: int = 12) -> AsyncIterator[Street]:
    """In each group twenty messages a minute may be said: many messages take many groups."""
    bot, ben = synapse.register(), remote.person("Ben")
    house.on_telegram(remote).on_matrix(bot)
    async with person(synapse) as anna:
        squares = [remote.group(f"Group {n}", members=[ben], bot=None) for n in range(groups)]
        for group in squares:
            remote.call("adds_bot", person=ben, chat=group)
        rooms = [await anna.creates_room(f"Room {n}", invite=[bot]) for n in range(ROOMS)]
        made = Street(house, remote, anna, [Mail(str(group)) for group in squares], [Mail(room) for room in rooms])
        life = house.starts_well()
        for mail in (*made.telegram, *made.matrix):
            await until_said(made, mail, "I am Folkmoot.")
        assert life.terminate() == 0
        yield made


async def until_said(street: Street, mail: Mail, words: str) -> None:
    async with asyncio.timeout(30):
        while not any(text.startswith(words) for text in await street.said(mail)):
            await asyncio.sleep(GLANCE)


async def strikes(street: Street, rng: random.Random, kills: int, each: int, troubles: int) -> None:
    """Lives that are cut short, with promises written before each and now and then trouble with the network."""
    for n in range(kills):
        promise(street.house.url, [*street.telegram, *street.matrix], rng, each)
        if n < troubles:
            street.remote.call("fault", method="sendMessage", **rng.choice(TROUBLE))
        life = street.house.starts()
        await asyncio.sleep(rng.uniform(0, 0.8))
        assert not life.over, life.said()
        life.kill()


async def deliver_under_fire(street: Street, rng: random.Random, kills: int, each: int, troubles: int) -> str:
    await strikes(street, rng, kills, each, troubles)
    street.remote.call("fault", method="sendMessage", **TROUBLE[4])
    await street.delivers_all()
    on_telegram, on_matrix = await street.copies(street.telegram), await street.copies(street.matrix)
    assert set(on_matrix.values()) <= {1}, on_matrix
    tries = {(ref, int(key.rpartition(":")[2])): tries for ref, key, tries, _ in street.house.rows(TRIES)}
    assert all(times <= tries[name] for name, times in on_telegram.items())
    assert lost_without_doubt(street, on_telegram | on_matrix) == []
    street.house.is_discreet("Result", "Reminder", "Group", "Room ")
    return told(on_telegram, on_matrix, street)


def lost_without_doubt(street: Street, arrived: Counter[tuple[str, int]]) -> list[tuple[str, str]]:
    """What did not arrive, and is not noted as something of which nobody knows."""
    rows = street.house.rows(TRIES)
    missing = [(ref, key, state) for ref, key, _, state in rows if (ref, int(key.rpartition(":")[2])) not in arrived]
    return [(ref, key) for ref, key, state in missing if state != "unknown"]


def told(on_telegram: Counter[tuple[str, int]], on_matrix: Counter[tuple[str, int]], street: Street) -> str:
    copies, unknown = on_telegram.total() - len(on_telegram), [row for row in street.house.rows(TRIES) if row[3] == "unknown"]
    return (
        f"telegram: {len(on_telegram)} messages, {copies} copies, at most {max(on_telegram.values())} of one; "
        f"matrix: {len(on_matrix)} messages, no copy; {len(unknown)} whose fate is noted as unknown"
    )


async def test_promises_survive_kills_and_a_bad_network(
    moot: House, remote: Remote, synapse: Synapse, rng: random.Random, tell: Tell
) -> None:
    async with street(moot, remote, synapse) as made:
        tell(await deliver_under_fire(made, rng, kills=15, each=10, troubles=6))


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_promises_survive_five_hundred_kills(
    moot: House, remote: Remote, synapse: Synapse, rng: random.Random, tell: Tell
) -> None:
    async with street(moot, remote, synapse, groups=50) as made:
        tell(await deliver_under_fire(made, rng, kills=500, each=5, troubles=60))
