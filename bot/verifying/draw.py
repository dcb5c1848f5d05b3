"""Check a draw by its receipt, with nothing but Python: python3 draw.py D-17-receipt.txt"""

import hashlib
import hmac
import sys
from pathlib import Path


def check(receipt: str) -> list[str]:
    """The drawn order, recomputed; AssertionError names what does not agree."""
    pool, _, rest = receipt.partition("\n--- receipt\n")
    pool += "\n"
    head, _, labels = pool.partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines()[1:] + rest.splitlines() if ": " in line)
    shakes = "".join(f"{line[6:]}\n" for line in rest.splitlines() if line.startswith("shake "))
    digest = hashlib.sha256(pool.encode())
    assert digest.hexdigest() == facts["pool-sha256"], "the pool document is not the one that was posted"
    if "hat" in facts:
        secret = bytes.fromhex(facts["secret"])
        assert hashlib.sha256(secret).hexdigest() == facts["hat"], "the secret is not the one that was committed to"
        assert hashlib.sha256(secret + shakes.encode()).hexdigest() == facts["chance"], "the chance does not follow from the shakes"
    prk = hmac.digest(digest.digest(), bytes.fromhex(facts["chance"]), "sha256")  # HKDF-Extract (RFC 5869)
    order = sorted(labels.split(), key=lambda label: hmac.digest(prk, label.encode() + b"\x01", "sha256"))  # HKDF-Expand
    assert order == facts["order"].split(" > "), "the order is not the one that follows from the chance"
    return order


if __name__ == "__main__":
    sys.stdout.write("\n".join(check(Path(sys.argv[1]).read_bytes().decode("ascii"))) + "\n")
