"""Listening: look, gather, hand over, and only then go on from there."""

import asyncio
import json
import logging
from collections.abc import Sequence
from functools import partial

import peewee

from adapters.matrix.background import Background
from adapters.matrix.deliver import tell_refusal
from adapters.matrix.errors import TROUBLE, Refusal, Silence, Trouble
from adapters.matrix.invites import Invites
from adapters.matrix.live import Live
from adapters.matrix.login import refused
from adapters.matrix.parsing import Event, branch, name
from adapters.matrix.timeline import PAGE, STATE, TOLD, Timelines
from adapters.matrix.upgrades import in_turn
from adapters.matrix.waiting import Waiting
from adapters.matrix.web import CLIENT
from bot.chat.adapter import Batch, Fetch, Intake
from bot.chat.incoming import Answer, KeyPressed, Received

log = logging.getLogger(__name__)
ANSWERS_WITHIN = 30.0  # seconds on top of the wait that the homeserver is asked for
FIRST_ANSWER_WITHIN = 300.0  # the state of all rooms
GIVE_UP_AFTER = 3  # times that the homeserver refuses to go on from where we stopped
NOTHING = {"types": list[str]()}
FILTER = json.dumps(
    {
        "room": {
            "timeline": {"limit": PAGE, "types": TOLD + STATE},
            "state": {"types": STATE},
            "ephemeral": NOTHING,
            "account_data": NOTHING,
        },
        "presence": NOTHING,
        "account_data": NOTHING,
    }
)


class Listening:
    """One run of listening; ends by cancellation or with CannotListen."""

    def __init__(self, live: Live, intake: Intake, allowed: Sequence[str]) -> None:
        self.live, self.intake = live, intake
        self.waiting, self.background = Waiting(), Background()
        self.invites = Invites(live, allowed, self.background)
        self.timelines = Timelines(live, self.waiting, self.invites.inviters)
        self.since: str | None = None
        self.refusals = 0
        self.upkeep: asyncio.Task[None] | None = None

    async def run(self) -> None:
        resume = await self.intake.resume()
        self.since = resume.cursor
        self.waiting.resume(resume.waiting)
        try:
            while True:
                await self.look_once()
        finally:
            await self.stop()

    async def stop(self) -> None:
        await self.background.stop()
        if self.upkeep is not None:
            self.upkeep.cancel()
            await asyncio.gather(self.upkeep, return_exceptions=True)

    async def look_once(self) -> None:
        fetch = await self.intake.fetch()
        try:
            batch = await self.gathered(fetch, await self.look(fetch.wait))
        except TROUBLE as trouble:
            await asyncio.sleep(await self.failed(trouble))
            return
        answers = await self.intake.take(batch)
        self.since, self.timelines.lost = batch.cursor, False
        self.live.synced.set()
        self.waiting.forget(batch.events)
        self.keep_keys()
        self.tell_refusals(answers)
        await self.invites.join_pending()

    async def look(self, wait: float) -> Event:
        """One sync; the first of a run, or from nowhere, brings the state of all rooms."""
        first = not self.live.synced.is_set() or self.since is None
        if first:
            await self.live.learn_direct()
        query = {"filter": FILTER, "timeout": str(0 if first else int(wait * 1000)), "set_presence": "offline"}
        query |= {"since": self.since} if self.since else {}
        query |= {"full_state": "true"} if first else {}
        try:
            sync = await self.live.server.get(f"{CLIENT}/sync", query, FIRST_ANSWER_WITHIN if first else wait + ANSWERS_WITHIN)
        except Refusal as no:
            self.note_refusal(no)
            raise
        self.refusals = 0
        return sync

    def note_refusal(self, no: Refusal) -> None:
        """Whoever does not know the place where we stopped (any more) is asked for what is there now; the rest is lost."""
        self.refusals += no.status == 400 and self.since is not None
        if self.refusals >= GIVE_UP_AFTER:
            log.warning("the homeserver does not know where we stopped; going on from now", extra={"fault": no.code})
            self.since, self.refusals, self.timelines.lost = None, 0, True

    async def gathered(self, fetch: Fetch, sync: Event) -> Batch:
        if not name(sync.get("next_batch")):
            raise Refusal(502, "FOLKMOOT_NO_CURSOR")
        self.absorb(sync)
        events: list[Received] = []
        for room_id, part in in_turn(self.live, branch(sync, "rooms", "join")):
            events += await self.timelines.joined(room_id, part, self.since)
            self.track(room_id)
        for room_id, part in branch(sync, "rooms", "leave").items():
            events += await self.timelines.left(room_id, branch(part), self.since)
        for room_id, part in branch(sync, "rooms", "invite").items():
            refused = await self.invites.answer(room_id, branch(part), self.since or "")
            events += [refused] if refused else []
        events += await self.timelines.now_readable()
        return Batch(fetch, tuple(events), drained=True, cursor=sync["next_batch"], lost=self.timelines.lost)

    def absorb(self, sync: Event) -> None:
        try:
            self.live.cipher.absorb(sync)
        except peewee.OperationalError:
            log.error("the Matrix key store cannot be written")
            raise Silence(unsent=True) from None

    def track(self, room_id: str) -> None:
        room = self.live.room(room_id)
        if room.encrypted:
            self.live.cipher.track(room.readers)

    async def failed(self, trouble: Trouble) -> float:
        if isinstance(trouble, Refusal) and trouble.token_gone:
            raise refused("the homeserver does not know this login any more")
        reached = isinstance(trouble, Refusal) and not trouble.broken
        pause = await self.intake.failed("refused" if reached else "unreachable")
        return max(pause, trouble.retry_after) if isinstance(trouble, Refusal) else pause

    def keep_keys(self) -> None:
        """On the side: a homeserver elsewhere that is slow to tell its devices holds up no vote."""
        if self.upkeep is None or self.upkeep.done():
            self.upkeep = asyncio.create_task(self.live.keys.keep_up())

    def tell_refusals(self, answers: Sequence[Answer]) -> None:
        """A press that was refused is told so in the room; what was accepted shows on the board, the rest is promised."""
        for answer in answers:
            if answer.ack is not None and answer.ack.refused and isinstance(answer.received.event, KeyPressed):
                self.background.start(partial(tell_refusal, self.live, answer.received.event, answer.ack.text, answer.received.id))
