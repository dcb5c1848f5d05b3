"""What a Bot API error means for a delivery."""

from telegram import error

from adapters.telegram.request import Flooded, NotSent
from bot.chat.adapter import Delivery, DeliveryFault, Moved, OutcomeUnknown, TryLater, Undeliverable
from bot.chat.refs import ChatRef

UNCHANGED = "message is not modified"
LOST = ("message to edit not found", "message can't be edited", "message_id_invalid")
NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
NO_CHAT = (
    "chat not found",
    "group chat was deactivated",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_",
    "user is deactivated",
    "user_is_blocked",
    "peer_id_invalid",
)
NO_DATES = "unsupported type specified"
SOON, MUCH_LATER = 1.0, 60.0  # seconds


def says(fault: error.TelegramError, words: str) -> bool:
    return isinstance(fault, error.BadRequest) and words in fault.message.lower()


def is_unchanged(fault: error.TelegramError) -> bool:
    """The message shows that already: as good as done."""
    return says(fault, UNCHANGED)


def fault_of(fault: error.TelegramError, delivery: Delivery) -> DeliveryFault:
    """An edit may be done twice without harm."""
    match fault:
        case Flooded(seconds=seconds):
            return TryLater(seconds)
        case error.ChatMigrated(new_chat_id=to):
            return Moved(ChatRef("telegram", str(to)))
        case error.Forbidden():
            return Undeliverable("closed")
        case error.BadRequest():
            return refused(fault, delivery)
        case error.InvalidToken() | error.Conflict():
            return TryLater(MUCH_LATER, everywhere=True)
        case NotSent():
            return TryLater(SOON, everywhere=True)
    return OutcomeUnknown(repeatable=delivery.edits is not None)


def refused(fault: error.BadRequest, delivery: Delivery) -> Undeliverable:
    """A topic can only be gone for what was to go there; without one it is the room that takes nothing."""
    if any(says(fault, words) for words in LOST):
        return Undeliverable("message gone")
    if any(says(fault, words) for words in NO_THREAD) and delivery.edits is None:
        return Undeliverable("thread gone" if delivery.thread else "closed")
    return Undeliverable("closed" if any(says(fault, words) for words in NO_CHAT) else "refused")
