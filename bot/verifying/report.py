"""`folkmoot verify FILE`: the check of a draw's receipt, or of a register, in words and as an exit code."""

import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.verifying import chain, contents
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


def register(file: Path, head: str | None = None) -> int:
    """0: it holds; 1: it does not, and the first entry that does not is named; 2: it is no register."""
    try:
        lines = content(file).decode("ascii").splitlines()
    except (OSError, UnicodeDecodeError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return tell(UNREADABLE, f"{file} cannot be read. Use a register that the bot has exported, or the receipt of a draw.")
    try:
        found = chain.read(lines, head)
        looked = contents.check(found.entries)
    except chain.Broken as broken:
        return tell(WRONG, *blame(lines, broken))
    return tell(RIGHT, *praise(found, looked, head))


def content(file: Path) -> bytes:
    """The register's; of a group's whole archive, as /export gives it, the one in it."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return archive.read("register.jsonl")


def blame(lines: Sequence[str], broken: chain.Broken) -> list[str]:
    if not broken.place:
        return [f"This register does not hold: {broken.why}."]
    before = f"The {broken.place - 1} entries before it hold." if broken.place > 1 else "It is the first one."
    return [f"This register does not hold. Entry {broken.place}{called(lines, broken.place)}: {broken.why}.", before]


def called(lines: Sequence[str], place: int) -> str:
    """What the entry says that it is, in brackets, if it says anything."""
    try:
        public = json.loads(lines[place])["public"]
        numbers = [found for found in map(str, public["facts"].values()) if re.fullmatch(r"D-\d+", found)]
        names = ", ".join([str(public["kind"]), *numbers, str(public["at"])[:10]])
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return ""
    return f" ({names})" if names.isascii() and names.isprintable() else ""


def praise(found: chain.Chain, looked: Counter[str], head: str | None) -> list[str]:
    count, gone = len(found.entries), sum(each.erased for each in found.entries)
    said = [f"This register holds: {count} entries, each follows from the one before it.", f"Its head: {found.head}"]
    said.append(f"Looked into: {looked['decision']} decisions, {looked['poll']} polls, {looked['draw']} draws. All add up.")
    if not any(each.personal is not None for each in found.entries) and not all(each.whole for each in found.entries):
        said.append("It was made without what is personal, so draws and single answers could not be looked into.")
    if gone:
        said.append(f"{gone} entries have parts that were forgotten at somebody's wish, as later entries tell.")
    if head is None:
        said.append("Compare the head with one that was published; or check against it with --head.")
    elif head != found.head:
        said.append("It has grown since the head that you gave, which is in it.")
    return said


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
