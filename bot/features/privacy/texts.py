"""What privacy says."""

from bot.chat.action import action
from bot.chat.message import Button, Message, bullet, message
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told


def help_forget(v: Voice) -> Manual:
    return Manual(
        usage="me",
        summary=v._("have everything forgotten that tells who you are"),
        more=v._(
            "It asks once before it does so. You become a former member in all groups that I serve; "
            "what the groups decided stays, under nobody's name."
        ),
    )


def asks(v: Voice, account_id: int) -> Message:
    return message(
        v._("Shall I forget you? It is for all groups in which I know you, and it cannot be undone."),
        bullet(
            v._(
                "It goes: your names and ids, hats, labels, links between accounts, and what you said: "
                "objections, concerns, reasons, answers and notes. Mandates that you hold end."
            )
        ),
        bullet(
            v._(
                "It stays, of nobody: how often something was answered and how, when somebody served, and what you put to the group: "
                "proposals, polls and roles. What others wrote about you stays theirs."
            )
        ),
        v._("I cannot take back what stands in the chat, what others have saved, or backups that were made before."),
    ).with_rows((Button(v._("Forget me"), "🫥", action("forget.go", account_id)),))


def forgotten(v: Voice) -> str:
    return v._("It is done: I do not know you any more. If you come back, you are new here.")


def erased_entry(v: Voice, e: Entry) -> Told:
    return Told(
        v.n_(
            "What was personal was erased from {n} entry; its hash stays.",
            "What was personal was erased from {n} entries; their hashes stay.",
            len(e.facts["entries"]),
        )
    )


REFUSALS: dict[str, Wording] = {
    "forget whom": lambda v, **f: v._("I forget whoever asks it of themselves. Say: {prefix}forget me.", prefix=f["prefix"]),
    "nothing known": lambda v, **f: v._("I know nothing of you, so there is nothing to forget."),
    "not theirs": lambda v, **f: v._("Only whoever asked can press this. For yourself say: {prefix}forget me.", prefix=f["prefix"]),
}
