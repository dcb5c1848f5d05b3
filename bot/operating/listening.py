"""An address on this machine at which a monitor may ask: /metrics in Prometheus' form, /health as JSON. Loaded only if it is on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.app import Folkmoot
from bot.operating import figures
from bot.operating.figures import Figures


class Gathered(Collector):
    """One look at the bot."""

    def __init__(self, found: Figures) -> None:
        self.found = found

    def collect(self) -> Iterator[Metric]:
        found = self.found
        yield InfoMetricFamily("folkmoot", "The version that runs.", {"version": found.version})
        yield GaugeMetricFamily("folkmoot_rooms", "Rooms that are served.", found.rooms)
        yield GaugeMetricFamily("folkmoot_messages_waiting", "Messages that wait to be sent.", found.waiting)
        yield GaugeMetricFamily("folkmoot_oldest_waiting_seconds", "How long the oldest of them waits.", found.oldest_waiting)
        yield GaugeMetricFamily("folkmoot_dead_letters", "Events that could not be handled, of a week.", found.dead_letters)
        yield GaugeMetricFamily("folkmoot_unsettled", "Things that came due and could not be done yet.", found.unsettled)
        yield GaugeMetricFamily("folkmoot_well", "1 if /health says so.", int(not any(found.troubles())))
        if found.last_backup is not None:
            yield GaugeMetricFamily("folkmoot_last_backup_timestamp_seconds", "When the last copy was made.", found.last_backup)
        yield from self.labelled()

    def labelled(self) -> Iterator[Metric]:
        silence = GaugeMetricFamily("folkmoot_silence_seconds", "Since when a platform has not been heard.", labels=["platform"])
        taken = CounterMetricFamily("folkmoot_events", "Events that were taken by this process.", labels=["platform"])
        turned = GaugeMetricFamily("folkmoot_turned_away", "What was turned away in a week.", labels=["kind"])
        for metric, values in (
            (silence, self.found.silence),
            (taken, self.found.taken),
            (turned, self.found.turned_away),
        ):
            for label, value in values.items():
                metric.add_metric([label], value)
            yield metric


@asynccontextmanager
async def listening(bot: Folkmoot, host: str, port: int) -> AsyncIterator[int]:
    """For as long as the block lasts; gives the port. OSError: the address cannot be had."""
    runner = web.AppRunner(application(bot), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def application(bot: Folkmoot) -> web.Application:
    async def look() -> Figures:
        return await bot.database.run(figures.of, bot.routes.house, bot.clock.now())

    async def metrics(_: web.Request) -> web.Response:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(Gathered(await look()))
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def health(_: web.Request) -> web.Response:
        try:
            troubles = list((await look()).troubles())
        except SQLAlchemyError:
            troubles = ["database"]
        said = {"health": "trouble" if troubles else "well", "troubles": troubles}
        return web.json_response(said, status=503 if troubles else 200)

    made = web.Application()
    made.add_routes([web.get("/metrics", metrics), web.get("/health", health)])
    return made
