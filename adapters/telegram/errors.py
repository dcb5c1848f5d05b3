"""What a Bot API error means for a delivery."""

from telegram import error

from adapters.telegram.request import MaybeSent, NotSent
from bot.chat.adapter import DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.refs import ChatRef

UNCHANGED = "message is not modified"
LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
NO_CHAT = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "user is deactivated",
    "peer_id_invalid",
)
SOON, MUCH_LATER = 1.0, 60.0  # seconds


def is_unchanged(fault: error.TelegramError) -> bool:
    """The message shows that already: as good as done."""
    return isinstance(fault, error.BadRequest) and UNCHANGED in fault.message.lower()


def fault_of(fault: error.TelegramError, edits: bool) -> DeliveryFault:
    """`edits`: doing it twice does no harm."""
    match fault:
        case error.RetryAfter():
            return TryLater(seconds_of(fault))
        case error.ChatMigrated(new_chat_id=to):
            return Moved(ChatRef("telegram", str(to)))
        case error.Forbidden():
            return Undeliverable("closed")
        case error.BadRequest():
            return bad_request(fault.message.lower())
        case error.InvalidToken():
            return TryLater(MUCH_LATER, everywhere=True)
        case NotSent():
            return TryLater(SOON, everywhere=True)
        case MaybeSent() | _:
            return OutcomeUnknown(repeatable=edits)


def seconds_of(fault: error.RetryAfter) -> float:
    after = fault.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def bad_request(message: str) -> Undeliverable:
    for words, why in ((LOST, "message gone"), (NO_THREAD, "thread gone"), (NO_CHAT, "closed")):
        if any(word in message for word in words):
            return Undeliverable(why)  # type: ignore[arg-type]
    return Undeliverable("refused")
