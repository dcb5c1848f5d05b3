"""What the entries of a chain that holds say for themselves: that each count adds up, and that each draw comes out as entered."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.verifying.chain import Broken, Entry
from bot.verifying.draw import CHAIN
from bot.verifying.draw import check as drawn

Facts = Mapping[str, Any]
FORMER = "former:"  # what the labels of people who were forgotten begin with


def check(entries: Sequence[Entry]) -> Counter[str]:
    """How many of each kind were looked into. Broken: the first that does not follow from what stands in it."""
    looked: Counter[str] = Counter()
    for each in entries:
        if (look := KINDS.get(each.kind)) is not None:
            try:
                why = look(each)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                why = "something that belongs in it is missing"
            if why:
                raise Broken(each.place, why)
            looked[each.kind] += 1
    return looked


def decision(entry: Entry) -> str | None:
    facts, personal = entry.facts, entry.personal or {}
    tally, accounts = facts["stances"], facts["accounting"]
    if not adds_up(accounts) or sum(tally.values()) != accounts["counted"]:
        return "its accounts do not add up"
    if entry.whole and Counter(said[0] for said in stances(personal)) != +Counter(tally):
        return "the stances that stand in it are not those that were counted"
    if facts["result"] == "adopted" and (accounts["counted"] < facts["quorum"] or facts.get("objections", {}).get("open")):
        return "it is adopted against its quorum or an open objection"
    if facts["result"] == "no quorum" and accounts["counted"] >= facts["quorum"]:
        return "its quorum was met"
    return electorate(facts["electorate"], personal) if entry.whole else None


def stances(personal: Facts) -> list[list[str]]:
    """In the first form by label, since then in pairs."""
    said = personal.get("stances") or []
    return list(said.values()) if isinstance(said, dict) else [each[1] for each in said]


def electorate(facts: Facts, personal: Facts) -> str | None:
    """Two accounts that turned out to be one person count once; who was forgotten before the end has another line than at first."""
    found = personal.get("electorate", "")
    lines = found.splitlines() if isinstance(found, str) else found
    former = any(line.startswith(FORMER) for line in lines)
    if facts["size"] > len(lines) or not (former or facts["sha256"] == hashlib.sha256(document(lines)).hexdigest()):
        return "those who could take part are not those who were written down when it was opened"
    return None


def poll(entry: Entry) -> str | None:
    facts = entry.facts
    if not adds_up(facts):
        return "its accounts do not add up"
    pool = (entry.personal or {}).get("pool") if entry.whole else None
    old = facts.get("pool")
    lines = old.splitlines() if old else pool
    return receipt_fault(lines, facts, [f"secret: {facts['secret']}"], None) if lines else None


def adds_up(accounts: Facts) -> bool:
    figures = [accounts[name] for name in ("received", "counted", "replaced", "refused")]
    return bool(min(figures) >= 0 and figures[0] == sum(figures[1:]))


def draw(entry: Entry) -> str | None:
    facts, personal = entry.facts, entry.personal or {}
    if "secret" in facts and hashlib.sha256(bytes.fromhex(facts["secret"])).hexdigest() != facts["commitment"]:
        return "its secret is not the one that was sealed"
    if "signature" in facts and hashlib.sha256(bytes.fromhex(facts["signature"])).hexdigest() != facts["chance"]:
        return "its chance does not come from the signature"
    order, pool = personal.get("order") or [], personal.get("pool") or []
    if out_of_order(facts, order):
        return "its order does not follow from its chance"
    if not entry.whole:
        return None
    lines = pool.splitlines() if isinstance(pool, str) else pool
    return receipt_fault(lines, facts, origin(facts, personal), order)


def minutes(entry: Entry) -> str | None:
    """Of a meeting for which lots were drawn: who facilitates, and who takes notes."""
    facts, pool = entry.facts, (entry.personal or {}).get("pool")
    if not entry.whole or not pool or "secret" not in facts:
        return None
    chance = hashlib.sha256(bytes.fromhex(facts["secret"]) + b"0\n").hexdigest()
    return receipt_fault(pool.splitlines(), {**facts, "chance": chance}, [f"secret: {facts['secret']}"], None)


def out_of_order(facts: Facts, order: Sequence[str | None]) -> bool:
    """Where somebody was forgotten the others stand as they stood."""
    left = [ticket(facts, label) for label in order if label is not None]
    return left != sorted(left)


def ticket(facts: Facts, label: str) -> bytes:
    """What its place in the order comes from."""
    key = hmac.digest(bytes.fromhex(facts["pool_sha256"]), bytes.fromhex(facts["chance"]), "sha256")
    return hmac.digest(key, label.encode("ascii") + b"\x01", "sha256")


def origin(facts: Facts, personal: Facts) -> list[str]:
    """The lines of a receipt that tell where the chance came from."""
    if "signature" in facts:
        number = facts["beacon"].rpartition(":")[2]
        return [f"signature: {facts['signature']}", f"look-up: https://api.drand.sh/{CHAIN}/public/{number}"]
    return [f"secret: {facts['secret']}", *(f"shake {label}" for label in personal.get("shakes") or [])]


def receipt_fault(pool: Sequence[str], facts: Facts, told: Sequence[str], order: Sequence[str] | None) -> str | None:
    """The receipt is written out again, and checked as anybody's is."""
    if facts.get("pool_sha256", digest := hashlib.sha256(document(pool)).hexdigest()) != digest:
        return "its pool is not the one that was posted"
    seal = {"pool_sha256": digest, "chance": facts["chance"]}
    found = list(order) if order is not None else sorted(pool[pool.index("---") + 1 :], key=lambda label: ticket(seal, label))
    lines = [*pool, "--- receipt", f"pool-sha256: {digest}", *told, f"chance: {facts['chance']}", f"order: {' > '.join(found)}"]
    try:
        drawn(document(lines).decode("ascii"))
    except AssertionError as fault:
        return f"its receipt does not hold, {fault}"
    return None


def document(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")


KINDS: dict[str, Callable[[Entry], str | None]] = {"decision": decision, "poll": poll, "draw": draw, "minutes": minutes}
