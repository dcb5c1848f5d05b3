"""Check a draw by its receipt, with nothing but Python: python3 draw.py D-17-receipt.txt"""
import hashlib, hmac, itertools, sys
def check(receipt: str) -> list[str]:
    """The drawn order, recomputed; AssertionError names the line that does not follow from the rest."""
    pool, _, rest = receipt.partition("\n--- receipt\n")
    head, _, labels = pool.partition("\n---\n")
    shook = [line[6:] for line in rest.split("\n") if line.startswith("shake ")]
    secret, shakes = bytes.fromhex(rest.partition("\nsecret: ")[2][:64]), "".join(f"{line}\n" for line in [len(shook), *shook])
    posted, chance = hashlib.sha256(f"{pool}\n".encode()), hashlib.sha256(secret + shakes.encode())
    prk = hmac.digest(posted.digest(), chance.digest(), "sha256")  # HKDF-Extract (RFC 5869)
    order = sorted(set(labels.split("\n")), key=lambda label: hmac.digest(prk, label.encode() + b"\x01", "sha256"))  # HKDF-Expand
    right = [f"hat: {hashlib.sha256(secret).hexdigest()}", f"pool-sha256: {posted.hexdigest()}", f"secret: {secret.hex()}"]
    right += [f"shake {label}" for label in dict.fromkeys(shook) if label in order]
    right += [f"chance: {chance.hexdigest()}", f"order: {' > '.join(order)}", ""]
    for line, follows in itertools.zip_longest([*(li for li in head.split("\n") if li[:5] == "hat: "), *rest.split("\n")], right):
        if line != follows:
            raise AssertionError(f"it says {line!r} where {follows!r} should stand")
    return order
if __name__ == "__main__":
    sys.stdout.write("\n".join(check(open(sys.argv[1], "rb").read().decode("ascii"))) + "\n")
