"""Power that expires, told once for every platform: silence, no, yes, notes, recalls, and a role that ends."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.app import Folkmoot
from bot.clock import SystemClock
from tests.conformance.places import Place, asked, sees, sees_private
from tests.conformance.serving import later, serving

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
WHY = "because the books are closed to us"


class Tale:
    """The group's treasurers, over the lives of the bot. Its clock is turned, so nobody has to wait for it."""

    def __init__(self, place: Place, url: str) -> None:
        self.place, self.url, self.clock = place, url, SystemClock()

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Folkmoot]:
        async with serving(self.url, self.place.adapter(), clock=self.clock) as bot:
            yield bot

    async def says(self, name: str, command: str, then: str) -> str:
        """And what the room shows after that."""
        await self.place.says(name, self.place.prefix + command)
        return await sees(self.place, then)

    async def drawn(self, by: str, command: str, number: int) -> str:
        """Who is asked first."""
        await self.says(by, command, f"D-{number}: lots for treasurer")
        await self.place.taps(by, "Draw now")
        await sees(self.place, f"D-{number}: drawn for treasurer")
        return await asked(self.place)

    async def answers(self, name: str, label: str, then: str) -> str:
        await self.place.taps(name, label)
        return await sees(self.place, then)


async def test_a_seat_from_its_first_draw_to_the_end_of_its_role(place: Place, sqlite_house: str) -> None:
    tale = Tale(place, sqlite_house)
    async with tale.served() as bot:
        await gather(tale)
        silent, *declined, holder = await silence_decline_decline_accept(tale, bot)
        await leave_notes(tale, holder)
    tale.clock.advance(timedelta(days=9))
    async with tale.served() as bot:
        await sees(place, f"🌿 Thank you, {holder}. Your term as treasurer ended on ")
        successor = await hand_over(tale, bot, holder, silent)
        (reserve,) = {*declined} - {successor}
        called = await a_namesake_comes(tale, successor, by=holder)
        await recall_in_vain(tale, called, holder, reserve)
        await place.leaves(successor)
        await sees(place, f"{called} has left the room; what {called} holds for the group stands.")
        await recall_who_left(tale, called, holder, reserve)
        await end_the_role(tale, bot, reserve)
    assert len([text for text in await place.shows() if "Your term as treasurer ended" in text]) == 1


async def gather(tale: Tale) -> None:
    await tale.place.invite_bot()
    await sees(tale.place, "I am Folkmoot")
    await tale.says("Anna", "role treasurer term 1 week notice 3 days answer 1 day", "treasurer")
    await tale.says("Anna", "settings recall-supporters 1", "recall-supporters: 1 opens the decision")
    await tale.says("Anna", "settings digest off", "digest: off")
    for name in PEOPLE:
        await tale.place.says(name, f"{tale.place.prefix}join")
    await sees(tale.place, "It holds 4 names")


async def silence_decline_decline_accept(tale: Tale, bot: Folkmoot) -> list[str]:
    """Whoever is drawn first has blocked the bot; the question stands in the room all the same, and passes on in its time."""
    order = [await tale.drawn("Anna", "draw treasurer", 2)]
    await tale.place.blocks_bot(order[0])
    await later(bot, tale.clock, tale.place, "Anna", days=1, minutes=1)
    await sees(tale.place, f"No answer came from {order[0]} in time.")
    for label in ("Decline", "Decline", "Accept"):
        order.append(await asked(tale.place, besides=tuple(order)))
        await sees(tale.place, f"{order[-1]}, you are next in the published order")
        await tale.place.taps(order[-1], label)
    await sees(tale.place, f"{order[-1]} accepted.")
    return order


async def leave_notes(tale: Tale, holder: str) -> None:
    """In private, so that the room does not read them."""
    await tale.place.opens_private(holder)
    await tale.place.says_private(holder, f"{tale.place.prefix}handover treasurer The keys are with Eli")
    await sees_private(tale.place, holder, "Noted, 1 thing for whoever follows as treasurer.")


async def hand_over(tale: Tale, bot: Folkmoot, holder: str, silent: str) -> str:
    successor = await tale.drawn(holder, f"draw treasurer without {holder}, {silent}", 3)
    await tale.answers(successor, "Accept", f"{successor} accepted.")
    await bot.sweeper.sweep()
    await sees(tale.place, f"{successor}, {holder} has left something for whoever follows as treasurer.")

    await tale.place.taps_private(successor, "Read it")
    await sees_private(tale.place, successor, "The keys are with Eli")
    await tale.place.taps_private(successor, "I have it all")
    await sees(tale.place, f"{holder} handed over to {successor}: 1 thing, confirmed.")
    assert not [text for text in await tale.place.shows() if "The keys" in text]
    return successor


async def a_namesake_comes(tale: Tale, successor: str, by: str) -> str:
    """From now on there are two of that name; the roster tells which of them serves."""
    if not await tale.place.renames("Eli", successor):
        return successor
    await tale.says("Eli", "join", "It holds 5 names")
    await tale.says(by, f"recall {successor} treasurer {WHY}", "There are several: ")
    roster = await tale.says(by, "roles", "• treasurer")
    found = re.search(rf"{successor} \([^()]+\)", roster)
    assert found, roster
    return found[0]


async def recall_in_vain(tale: Tale, called: str, opener: str, objector: str) -> None:
    await tale.says(opener, f"recall {called} treasurer {WHY}", f"The mandate of {called} as treasurer ends now.")
    await tale.answers(objector, "Object", f"an objection by {objector}")
    await tale.says(opener, "close", f"{called}, your mandate as treasurer stands until ")


async def recall_who_left(tale: Tale, called: str, second: str, opener: str) -> None:
    """By somebody else; this soon after the first it takes twice as many."""
    await tale.says(opener, f"recall {called} treasurer {WHY}", f"{opener} asks that the mandate of {called}")
    await tale.answers(second, "Support", "the others decide in D-7.")
    await sees(tale.place, f"D-7: proposal by {opener}")
    await tale.place.taps(second, "Consent")
    await tale.answers(opener, "Consent", "✅ Consent, 2")
    await tale.says(opener, "close", f"🌿 Thank you, {called}, for your time as treasurer. The group has decided in D-7")
    await sees(tale.place, f"{opener}, you are next in the published order for treasurer. Will you serve for the rest of the term")
    await tale.answers(opener, "Accept", f"{opener} accepted.")


async def end_the_role(tale: Tale, bot: Folkmoot, holder: str) -> None:
    await tale.says(holder, "role treasurer end", f"It ends for its holders, too: {holder} until ")
    await later(bot, tale.clock, tale.place, holder, days=1, minutes=1)
    await sees(tale.place, f"The role ended mid-term: the mandate of {holder}")
