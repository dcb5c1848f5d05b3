"""`folkmoot verify draw FILE`: the check's outcome in words and as an exit code."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.verifying.balanced import asked
from bot.verifying.draw import check
from bot.verifying.pair import pair

RIGHT, WRONG, UNREADABLE = 0, 1, 2
BEACON = re.compile(r"^beacon: drand:\w+:(\d+)$.*^signature: (\w+)$.*^look-up: (\S+)$", re.MULTILINE | re.DOTALL)


def draw(file: Path, is_signed: Callable[[int, bytes], bool] | None = None) -> int:
    """0: the receipt holds; 1: it does not; 2: it is no receipt. `is_signed`: tells a beacon round's own signature from others."""
    try:
        receipt = file.read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return tell(UNREADABLE, f"{file} cannot be read as a receipt. Use the file D-…-receipt.txt that /verify attaches.")
    if not receipt.startswith("draw-v1\n") or "\n--- receipt\n" not in receipt:
        return tell(UNREADABLE, f"{file} is not a receipt. Use the file D-…-receipt.txt that /verify attaches.")
    try:
        order, chosen = check(receipt), asked(receipt)
    except AssertionError as fault:
        return tell(WRONG, f"This receipt does not hold: {fault}.")
    except (KeyError, ValueError, LookupError, StopIteration):
        return tell(WRONG, "This receipt does not hold: a line of it is missing or damaged.")
    said = beacon_line(receipt, is_signed)
    if said is None:
        return tell(WRONG, "This receipt does not hold: its signature is not that of the round which it names.")
    places = [f"{place}. {label}" for place, label in enumerate(order, start=1)]
    return tell(RIGHT, "This draw holds. The order:", *places, *pair_line(receipt, order), *balanced_line(chosen), *said)


def pair_line(receipt: str, order: Sequence[str]) -> list[str]:
    two = pair(receipt, order)
    return [f"Drawn as a pair: {two[0]}, who had served before, and {two[1]}, who had not."] if two else []


def balanced_line(chosen: Sequence[str]) -> list[str]:
    return [f"Balanced, so its quotas choose, in this order: {', '.join(chosen)}."] if chosen else []


def beacon_line(receipt: str, is_signed: Callable[[int, bytes], bool] | None) -> list[str] | None:
    """What is to be said of a beacon's signature; None if it is not the one."""
    found = BEACON.search(receipt)
    if found is None:
        return []
    number, signature, address = found.groups()
    if is_signed is None:
        return [f"Compare its signature with that of round {number} at {address}: only folkmoot[beacon] can check it here."]
    return [f"Its chance is signed by the beacon, as round {number}."] if is_signed(int(number), bytes.fromhex(signature)) else None


def tell(code: int, *lines: str) -> int:
    (sys.stdout if code == RIGHT else sys.stderr).write("\n".join(lines) + "\n")
    return code
