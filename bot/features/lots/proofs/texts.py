"""What /verify says."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.message import Attachment, Block, Message, message, paragraph
from bot.commons.texts import folded_list
from bot.features.lots.texts import code
from bot.language import Voice


@dataclass(frozen=True, slots=True)
class Proof:
    """What /verify shows."""

    number: int
    fingerprint: str
    commitment: str
    secret: str
    chance: str
    order: Sequence[str]
    shakes: int
    document: str
    receipt: str


def proof(v: Voice, f: Proof) -> Message:
    lines = (
        paragraph(
            *v.line(
                "1. Who was in: {file} has the SHA-256 {hash}, posted before the hat went round.",
                file=pool_name(f.number),
                hash=code(f.fingerprint),
            )
        ),
        paragraph(
            *v.line(
                "2. My secret {secret} has the SHA-256 {hash}, posted at the same time, so I could not change it.",
                secret=code(f.secret),
                hash=code(f.commitment),
            )
        ),
        paragraph(
            *v.line(
                "3. The secret, then how many shook ({n}) and who, in order, give the chance {chance}.",
                n=f.shakes,
                chance=code(f.chance),
            )
        ),
        order_follows(v, f.number, f.order),
    )
    return message(*lines).with_attachments(*proof_files(f.number, f.document, f.receipt))


def order_follows(v: Voice, number: int, order: Sequence[str]) -> Block:
    return paragraph(
        *v.line(
            "4. Chance and pool give the order, and nothing else does: {order}. Check without me: {command}",
            order=folded_list(v, order),
            command=code(f"folkmoot verify draw {receipt_name(number)}"),
        )
    )


def pool_name(number: int) -> str:
    return f"D-{number}-pool.txt"


def receipt_name(number: int) -> str:
    return f"D-{number}-receipt.txt"


def proof_files(number: int, document: str, receipt: str) -> tuple[Attachment, Attachment]:
    return (
        Attachment(pool_name(number), "text/plain", document.encode()),
        Attachment(receipt_name(number), "text/plain", receipt.encode()),
    )
