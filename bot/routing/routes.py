"""All features' lists put together, so that what was said finds its handler by one look."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from bot.chat.message import Block
from bot.delivery.boards import Face
from bot.language import Voice
from bot.refusal import Refused
from bot.routing import texts
from bot.routing.feature import (
    Ask,
    Call,
    Command,
    Errand,
    Feature,
    Handler,
    Matter,
    Outcome,
    Setting,
    Sweep,
    TakeBack,
    Wording,
)
from bot.routing.forgetting import carry_out
from bot.routing.house import Dated, Entry, House, OnePerson, Open, Resting, Told
from models import GroupRow

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Routes:
    house: House
    features: tuple[Feature, ...]
    commands: Mapping[str, Command]
    taps: Mapping[str, Handler]
    private_taps: Mapping[str, Handler]
    replies: Mapping[str, Handler]
    boards: Mapping[str, Face]
    refusals: Mapping[str, Wording]
    sweeps: tuple[Sweep, ...]
    errands: tuple[Errand, ...]
    settings: Mapping[str, Setting]
    matters: tuple[Matter, ...]

    def worded(self, no: Refused, call: Call) -> str:
        return self.refusals[no.why](call.voice, **{"prefix": call.prefix, **no.facts})

    def hooks(self, kind: type[Any]) -> list[Callable[[Call], None]]:
        return [hook for feature in self.features for wanted, hook in feature.events if wanted is kind]


def routes_of(features: Sequence[Feature], house: House) -> Routes:
    return Routes(
        house=furnished(house, features),
        features=tuple(features),
        commands=commands(features),
        taps=joined(feature.taps for feature in features),
        private_taps=joined(feature.private_taps for feature in features),
        replies=joined(feature.replies for feature in features),
        boards=joined(feature.boards for feature in features),
        refusals=joined([texts.REFUSALS, *(feature.refusals for feature in features)]),
        sweeps=tuple(joined({sweep.name: sweep for sweep in feature.sweeps} for feature in features).values()),
        errands=tuple(chain.from_iterable(feature.errands for feature in features)),
        settings=joined({setting.name: setting for setting in feature.settings} for feature in features),
        matters=tuple(chain.from_iterable(feature.matters for feature in features)),
    )


def furnished(house: House, features: Sequence[Feature]) -> House:
    """What features do for each other without knowing each other."""
    return replace(
        house,
        open_in=open_in(features),
        unite=unite(features),
        let_rest=let_rest(features),
        dates=dates(features),
        ask=ask(features),
        take_back=take_back(features),
        tell=tell(features),
        open_now=open_now(features),
        tell_entry=tell_entry(features),
        replan=one_by_one(feature.replan for feature in features),
        story=story(features),
        forget=one_by_one(partial(carry_out, feature.forget) for feature in features if feature.forget),
        unname=one_by_one(feature.unname for feature in features),
    )


def commands(features: Sequence[Feature]) -> dict[str, Command]:
    return {command.name: replace(command, feature=feature.name) for feature in features for command in feature.commands}


def open_in(features: Sequence[Feature]) -> Callable[[Session, GroupRow], list[int]]:
    matters = [matter for feature in features for matter in feature.matters]
    return lambda db, group: sorted(number for matter in matters for number in matter.open_ones(db, group))


def open_now(features: Sequence[Feature]) -> Callable[[Session, GroupRow, Voice], list[Open]]:
    matters = [matter for feature in features for matter in feature.matters if matter.show]
    return lambda db, group, voice: sorted(
        (each for matter in matters for each in shown(db, group, voice, matter)), key=lambda each: each.number
    )


def shown(db: Session, group: GroupRow, voice: Voice, matter: Matter) -> list[Open]:
    ids = (matter.find(db, group, number) for number in matter.open_ones(db, group))
    return [matter.show(db, found, voice) for found in ids if found is not None and matter.show]


def tell_entry(features: Sequence[Feature]) -> Callable[[Voice, Entry], Told | None]:
    tellings = joined(feature.entries for feature in features)
    return lambda voice, entry: tellings[entry.kind](voice, entry) if entry.kind in tellings else None


def story(features: Sequence[Feature]) -> Callable[[Session, GroupRow, int, Voice], Sequence[Block]]:
    tellings = [(matter.find, matter.story) for feature in features for matter in feature.matters if matter.story]

    def told(db: Session, group: GroupRow, number: int, voice: Voice) -> Sequence[Block]:
        found = ((tell, find(db, group, number)) for find, tell in tellings)
        return [block for tell, id_ in found if id_ is not None for block in tell(db, id_, voice)]

    return told


def unite(features: Sequence[Feature]) -> Callable[[Session, OnePerson], list[int]]:
    merges = [feature.merge for feature in features if feature.merge]
    return lambda db, found: sorted({number for merge in merges for number in merge(db, found)})


def one_by_one(ways: Iterable[Callable[P, None] | None]) -> Callable[P, None]:
    """Whatever features have a way of their own go theirs, in their order."""
    taken = [way for way in ways if way]

    def all_of_them(*args: P.args, **kwargs: P.kwargs) -> None:
        for way in taken:
            way(*args, **kwargs)

    return all_of_them


def let_rest(features: Sequence[Feature]) -> Callable[[Session, Resting], list[str]]:
    rests = [feature.rest for feature in features if feature.rest]
    return lambda db, found: [passed for rest in rests for passed in rest(db, found)]


def ask(features: Sequence[Feature]) -> Ask:
    ways = joined(feature.asks for feature in features)
    return lambda db, question, now, house: ways[question.method](db, question, now, house)


def take_back(features: Sequence[Feature]) -> TakeBack:
    ways = [feature.take_back for feature in features if feature.take_back]
    return lambda db, group, number, now, house: any(way(db, group, number, now, house) for way in ways)


def tell(features: Sequence[Feature]) -> Outcome:
    outcomes = joined(feature.outcomes for feature in features)
    return lambda db, decided, now, house: outcomes[decided.purpose](db, decided, now, house)


def dates(features: Sequence[Feature]) -> Callable[[Session, GroupRow, Voice], list[Dated]]:
    calendars = [feature.dates for feature in features if feature.dates]

    def gathered(db: Session, group: GroupRow, voice: Voice) -> list[Dated]:
        found = [each for calendar in calendars for each in calendar(db, group, voice)]
        return sorted(found, key=lambda each: (each.at, each.key))

    return gathered


def joined(parts: Any) -> dict[str, Any]:
    """One mapping of several; ValueError if two of them claim the same name."""
    whole: dict[str, Any] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"two features claim {sorted(twice)}")
        whole.update(part)
    return whole
