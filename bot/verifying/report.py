"""`folkmoot verify draw FILE`: the check's outcome in words and as an exit code."""

import sys
from pathlib import Path

from bot.verifying.draw import check

RIGHT, WRONG, UNREADABLE = 0, 1, 2


def draw(file: Path) -> int:
    """0: the receipt holds; 1: it does not; 2: it is no receipt."""
    try:
        receipt = file.read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return tell(UNREADABLE, f"{file} cannot be read as a receipt. Use the file D-…-receipt.txt that /verify attaches.")
    if not receipt.startswith("draw-v1\n") or "\n--- receipt\n" not in receipt:
        return tell(UNREADABLE, f"{file} is not a receipt. Use the file D-…-receipt.txt that /verify attaches.")
    try:
        order = check(receipt)
    except AssertionError as fault:
        return tell(WRONG, f"This receipt does not hold: {fault}.")
    except (KeyError, ValueError):
        return tell(WRONG, "This receipt does not hold: a line of it is missing or damaged.")
    return tell(RIGHT, "This draw holds. The order:", *(f"{place}. {label}" for place, label in enumerate(order, start=1)))


def tell(code: int, *lines: str) -> int:
    (sys.stdout if code == RIGHT else sys.stderr).write("\n".join(lines) + "\n")
    return code
