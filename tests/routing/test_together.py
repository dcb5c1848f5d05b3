"""What comes in one batch has the same effects as if each had come alone, though a batch asks for most things only once."""

import itertools
import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Incoming
from models import BoardRow, PromiseRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

MEMBERS, STRANGERS = ("Anna", "Ben", "Cleo", "Dora"), ("Eve", "Finn\0")
PRESSED = (
    *("polls.mark:1:1", "polls.mark:1:2", "polls.mark:1:3", "polls.mark:9:1", "polls.mark:2:1", "polls.mark:2:2", "polls.undo:2"),
    *("polls.clear:2", "consent.consent:1", "consent.aside:1", "consent.object:1", "consent.withdraw:1", "what"),
)
SPOKEN = (
    *(("option", "1 Cellar"), ("vote", "1 2"), ("vote", "2 2 > 1"), ("close", "1"), ("extend", "2 2 days"), ("withdraw", "3")),
    *(("object", "3 it is too loud"), ("aside", "3"), ("amend", "3 two of them"), ("concern", "3 the noise")),
    *(("join", ""), ("leave", ""), ("nonsense", ""), ("forget", "me"), ("rounds", "")),
)
Deed = tuple[str, str | tuple[str, str]]
DEEDS = st.lists(st.tuples(st.sampled_from(MEMBERS + STRANGERS), st.sampled_from(PRESSED + SPOKEN)), min_size=1, max_size=25)


def told(template: Path, deeds: Sequence[Deed], together: bool) -> tuple[list[Ack | None], dict[str, Any]]:
    """What people are told, and all that is kept then."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "moot.sqlite"
        file.write_bytes(template.read_bytes())
        with closing(Moot(f"sqlite:///{file}", platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
            enrol(bot, *MEMBERS)
            bot.says("Anna", "/poll Where? | Garden | Roof | open to additions")
            bot.says("Ben", "/poll When? | Monday | Friday | Sunday | method: ranked")
            bot.says("Cleo", "/propose We buy a dishwasher")
            events = [bot.received(event_of(bot, *deed)) for deed in deeds]
            acks = bot.hear(*events) if together else list(itertools.chain.from_iterable(bot.hear(each) for each in events))
            return acks, kept(bot)


def event_of(bot: Moot, name: str, what: str | tuple[str, str]) -> Incoming:
    if isinstance(what, str):
        return said.ButtonTapped(bot.origin(name), what)
    return said.CommandSent(bot.origin(name), *what)


def kept(bot: Moot) -> dict[str, Any]:
    everything: dict[str, Any] = bot.dump(frozenset({"intakes", "boards", "promises", "entries"}))
    everything["boards"] = [(each.kind, each.subject_id, each.posted, each.version, each.shown) for each in bot.rows(BoardRow)]
    facts = [json.loads(each.public) | {"personal": None} for each in bot.entries()]
    everything["entries"] = facts  # without what is salted: for what is taken again, other salt is drawn
    everything["promises"] = [(each.key, each.body, each.board_id) for each in bot.rows(PromiseRow)]
    return everything


def holds(template: Path, examples: int) -> None:
    @settings(max_examples=examples)
    @given(DEEDS)
    @example([("Anna", "polls.mark:1:1"), ("Cleo", ("amend", "3 two of them")), ("Anna", "consent.consent:1")])
    def property(deeds: list[Deed]) -> None:
        assert told(template, deeds, together=True) == told(template, deeds, together=False)

    property()


def test_a_batch_has_the_effects_of_its_events(sqlite_template: Path) -> None:
    holds(sqlite_template, 12)


@pytest.mark.long
def test_many_batches_have_the_effects_of_their_events(sqlite_template: Path) -> None:
    holds(sqlite_template, 400)
