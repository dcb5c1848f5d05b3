"""Where a draw's chance comes from: a secret and the hat's shakes, or a round of the beacon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot import quicknet
from bot.commons import finding, lots, register
from bot.features.lots import rules, store
from bot.features.lots.beacon.settings import CHANCE
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.routing.house import House
from models import DrawRow, GroupRow

MARGIN = timedelta(seconds=30)  # between the end of the window and the round, for the announcement to be on its way


@dataclass(frozen=True, slots=True)
class Source:
    """Named before there is any chance; drawn at `until`."""

    line: str  # of the pool document
    until: datetime
    secret: bytes = b""
    number: int | None = None  # of the beacon's round


def source_for(call: Call) -> Source:
    """As the group has chosen. Refused: nobody could check the beacon's signature here."""
    until = call.now + window_of(call.group, call.house)
    if CHANCE.of(call.group, call.house) == "beacon":
        return by_beacon(until)
    secret = call.house.dice.secret()
    return Source(f"hat: {lots.commitment(secret)}", until, secret=secret)


def by_beacon(until: datetime) -> Source:
    if not quicknet.installed():
        raise Refused("beacon unchecked")
    number = quicknet.first_from(until + MARGIN)
    return Source(quicknet.source(number), quicknet.appears_at(number), number=number)


def window_of(group: GroupRow, house: House) -> timedelta:
    """How long the hat goes round: as the group set it, else as config.toml says."""
    return timedelta(seconds=group.hat_window) if group.hat_window else house.draw_window


def chance_of(db: Session, draw: DrawRow) -> bytes:
    if not rules.is_whole(draw.pool_document):
        return bytes.fromhex(entered(db, draw)["chance"])
    if draw.signature is not None:
        return lots.beacon_chance(draw.signature)
    return lots.chance(draw.secret, store.shakes(db, draw))


def fingerprint_of(db: Session, draw: DrawRow) -> str:
    """The SHA-256 of the pool document as it was posted; once somebody in it is forgotten, the register alone knows it."""
    whole = rules.is_whole(draw.pool_document)
    return lots.fingerprint(draw.pool_document) if whole else str(entered(db, draw)["pool_sha256"])


def entered(db: Session, draw: DrawRow) -> Mapping[str, Any]:
    """The facts of the draw's entry in the register."""
    about = map(register.read, finding.about(db, draw.group_id, draw.number))
    return next(entry.facts for entry in about if entry.kind == "draw")


def receipt_of(db: Session, draw: DrawRow) -> str:
    if draw.signature is not None and draw.beacon_round is not None:
        return lots.beacon_receipt(draw.pool_document, draw.signature, quicknet.look_up(draw.beacon_round))
    return lots.receipt(draw.pool_document, draw.secret, store.shakes(db, draw))


def evidence(draw: DrawRow) -> dict[str, Any]:
    """What the register keeps of where it came from."""
    if draw.signature is not None:
        return {"beacon": f"drand:{quicknet.CHAIN}:{draw.beacon_round}", "signature": draw.signature.hex()}
    return {"commitment": lots.commitment(draw.secret), "secret": draw.secret.hex()}
