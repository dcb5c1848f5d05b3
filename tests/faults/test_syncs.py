"""Whatever a homeserver answers: nothing is raised, the others in the answer are heard, and nobody's word is made up."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adapters.matrix.cipher import Cipher
from adapters.matrix.errors import TROUBLE
from adapters.matrix.keys import Keys
from adapters.matrix.listen import Listening
from adapters.matrix.live import Live
from adapters.matrix.rooms import Room
from adapters.matrix.web import Homeserver
from bot.chat.adapter import Fetch
from bot.chat.incoming import Received
from models import DeadLetterRow
from tests.faults.busy import OnMatrix
from tests.faults.sound import chains_hold
from tests.faults.syncs import ME, ROOM, Event, Sealing, events_to, member, says, syncs
from tests.faults.test_updates import spoke
from tests.faults.updates import one_of
from tests.support.moot import START


@pytest.fixture
def cipher(tmp_path: Path) -> Iterator[Cipher]:
    made = Cipher(ME, "DEVICE", tmp_path, "pickle key")
    yield made
    made.close()


@asynccontextmanager
async def listening(bot: OnMatrix, cipher: Cipher, answers: list[Any]) -> AsyncIterator[Listening]:
    """An adapter in the middle of its work, whose homeserver answers whatever it is asked with one of these."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=json.dumps(answers.pop()) if answers else "{}", status=200 if answers else 404)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        rooms: dict[str, Room] = {}
        home = Homeserver(str(server.make_url("/")))
        live = Live(home, cipher, Keys(cipher, home, rooms), rooms)
        made = Listening(live, bot.app.intakes["matrix"], ("@ben:b",))
        made.since = "s1"
        for user in ("@anna:b", "@ben:b", ME):
            live.room(ROOM).note(member(user, "join"))
        try:
            yield made
        finally:
            await made.stop()
            await home.close()


async def gathered(bot: OnMatrix, cipher: Cipher, sync: Event, answers: list[Any]) -> tuple[Received, ...]:
    async with listening(bot, cipher, answers) as listener:
        return (await listener.gathered(Fetch(0, START), sync)).events


def holds(bot: OnMatrix, cipher: Cipher, sync: Event, answers: list[Any]) -> None:
    """At the end of the room's part somebody asks for help."""
    last = says("!help") | {"event_id": "$last"}
    timeline = sync["rooms"]["join"][ROOM]["timeline"]
    timeline["events"] = [*map(numbered, timeline["events"], range(len(timeline["events"]))), last]
    before = spoke(bot)
    try:
        received = bot.run(gathered(bot, cipher, sync, answers))
    except TROUBLE:
        return  # what was left out could not be had: it is all asked for once more
    bot.take("matrix", *received, cursor="s2")
    bot.settle()
    faults = Counter(each.fault for each in received if each.fault)
    assert Counter(row.fault for row in bot.rows(DeadLetterRow)) <= faults
    assert any(standing.reply_to == "$last" for standing in bot.room)
    assert spoke(bot) - before <= {str(each.get("sender")) for each in timeline["events"] if isinstance(each, dict)}
    assert chains_hold(bot)


def numbered(told: Any, place: int) -> Any:
    return told | {"event_id": f"${place}"} if isinstance(told, dict) and told.get("event_id") == "$1" else told


def try_syncs(template: Path, cipher: Cipher, folder: Path, wanted: int) -> int:
    """How many events were tried."""
    tried = 0
    with closing(OnMatrix(f"sqlite:///{template}")) as bot:
        whole = events_to(bot)
    file = folder / "moot.sqlite"

    @settings(max_examples=wanted // 25, phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
    @given(syncs(whole, Sealing(cipher), cipher.identity["curve25519"]), st.lists(one_of([*whole, []]), max_size=3))
    def hold(sync: Event, answers: list[Any]) -> None:
        nonlocal tried
        tried += len(sync["rooms"]["join"][ROOM]["timeline"]["events"])
        file.write_bytes(template.read_bytes())
        with closing(OnMatrix(f"sqlite:///{file}")) as bot:
            holds(bot, cipher, sync, answers)

    hold()
    return tried


def test_whole_events_are_heard(busy_room: Path, cipher: Cipher, tmp_path: Path) -> None:
    file = tmp_path / "moot.sqlite"
    file.write_bytes(busy_room.read_bytes())
    with closing(OnMatrix(f"sqlite:///{file}")) as bot:
        whole = [told for told in events_to(bot) if told["type"] not in {"m.room.tombstone", "m.room.create"}]
        stays = [told for told in whole if told.get("state_key") != ME]
        holds(bot, cipher, {"next_batch": "s2", "rooms": {"join": {ROOM: {"timeline": {"events": stays}}}}}, [])
        assert bot.rows(DeadLetterRow) == []
        assert "@anna:b" in spoke(bot)


def test_three_hundred_events(busy_room: Path, cipher: Cipher, tmp_path: Path) -> None:
    assert try_syncs(busy_room, cipher, tmp_path, 300) >= 300


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_events(
    busy_room: Path, cipher: Cipher, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tried = try_syncs(busy_room, cipher, tmp_path, 100_000)
    record_property("figures", f"{tried:,} events")
    assert tried >= 100_000


def test_names_that_are_none_in_an_answer_that_was_cut_short(busy_room: Path, cipher: Cipher, tmp_path: Path) -> None:
    """Nobody could ask for the rest of it for ever."""
    file = tmp_path / "moot.sqlite"
    file.write_bytes(busy_room.read_bytes())
    names: list[Any] = [[], {}, None, 5, "", "x" * 999]
    odd = [says("!join") | {"event_id": named} for named in names]
    timeline = {"events": odd, "limited": True, "prev_batch": "s1"}
    with closing(OnMatrix(f"sqlite:///{file}")) as bot:
        holds(bot, cipher, {"next_batch": "s2", "rooms": {"join": {ROOM: {"timeline": timeline}}}}, [{"chunk": odd}])
