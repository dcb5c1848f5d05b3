"""Check a draw by its receipt, with nothing but Python: python3 draw.py D-17-receipt.txt"""
import hashlib, hmac, itertools, re, sys
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"  # the public beacon drand quicknet
def check(receipt: str) -> list[str]:
    """The drawn order, recomputed; AssertionError names the line that does not follow from the rest."""
    head, labels, rest = re.split(r"\n---(?: receipt)?\n", receipt, maxsplit=2)
    lines = [*rest.split("\n")[:1], *(li for li in head.split("\n") if li.startswith(("hat:", "beacon:"))), *rest.split("\n")[1:]]
    number, key = int("".join(lines[1:2]).partition(CHAIN + ":")[2] or 0), bytes.fromhex("".join(lines[2:3]).partition(": ")[2])
    shook = [line for line in lines if line.startswith("shake ")]
    ends = "" if number else "\n".join([f"{len(shook)}", *(line[6:] for line in shook), ""])  # number: of a round; 0 with the hat
    posted, chance = hashlib.sha256(f"{head}\n---\n{labels}\n".encode()), hashlib.sha256(key + ends.encode())
    prk = hmac.digest(posted.digest(), chance.digest(), "sha256")  # HKDF-Extract (RFC 5869), then HKDF-Expand
    order = sorted(set(labels.split("\n")), key=lambda label: hmac.digest(prk, label.encode() + b"\x01", "sha256"))
    beacon = f"beacon: drand:{CHAIN}:{number}", f"signature: {key.hex()}", f"look-up: https://api.drand.sh/{CHAIN}/public/{number}"
    hat = f"hat: {hashlib.sha256(key).hexdigest()}", f"secret: {key.hex()}", *(x for x in dict.fromkeys(shook) if x[6:] in order)
    right = [f"pool-sha256: {posted.hexdigest()}", *(beacon if number else hat), f"chance: {chance.hexdigest()}"]
    for line, follows in itertools.zip_longest(lines, [*right, f"order: {' > '.join(order)}", ""]):
        if line != follows: raise AssertionError(f"it says {line!r} where {follows!r} should stand")
    return order
if __name__ == "__main__": sys.stdout.write("\n".join(check(open(sys.argv[1], "rb").read().decode("ascii"))) + "\n")
