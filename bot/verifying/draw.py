"""Check a draw by its receipt, with nothing but Python: python3 draw.py D-17-receipt.txt"""
import hashlib, hmac, sys
def check(receipt: str) -> list[str]:
    """The drawn order, recomputed; AssertionError names what does not agree."""
    pool, _, rest = receipt.partition("--- receipt\n")
    head, _, labels = pool.partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in (head + "\n" + rest).splitlines() if ": " in line)
    shook = [line[6:] for line in rest.splitlines() if line.startswith("shake ")]
    posted = hashlib.sha256(pool.encode())
    assert posted.hexdigest() == facts["pool-sha256"], "the pool document is not the one that was posted"
    if "hat" in facts:
        secret, shakes = bytes.fromhex(facts["secret"]), "".join(f"{line}\n" for line in [len(shook), *shook])
        assert hashlib.sha256(secret).hexdigest() == facts["hat"], "the secret is not the one that was committed to"
        assert hashlib.sha256(secret + shakes.encode()).hexdigest() == facts["chance"], "the chance does not follow from the shakes"
    prk = hmac.digest(posted.digest(), bytes.fromhex(facts["chance"]), "sha256")  # HKDF-Extract (RFC 5869)
    order = sorted(labels.split(), key=lambda label: hmac.digest(prk, label.encode() + b"\x01", "sha256"))  # HKDF-Expand
    assert order == facts["order"].split(" > "), "the order is not the one that follows from the chance"
    return order
if __name__ == "__main__":
    sys.stdout.write("\n".join(check(open(sys.argv[1], "rb").read().decode("ascii"))) + "\n")
