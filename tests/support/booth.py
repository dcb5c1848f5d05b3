"""A voting booth for stories: somebody's private chat, in which a secret ballot is filled in and cast."""

from bot.chat.incoming import Ack, LinkFollowed, Quoted, Replied
from bot.chat.refs import ChatRef
from tests.support.moot import Moot


def booth(bot: Moot, name: str) -> ChatRef:
    """The person's private chat."""
    return ChatRef(bot.group.platform, f"private-{bot.person(name).id}")


def enter(bot: Moot, name: str, poll: int = 1) -> Ack | None:
    """By the link behind the board's private button."""
    return bot.hand(LinkFollowed(bot.origin(name, booth(bot, name), kind="private", chat_title=""), f"polls.ballot:{poll}"))


def taps(bot: Moot, name: str, *labels: str) -> list[str]:
    """What each press in the booth was answered."""
    chat = booth(bot, name)
    acks = [bot.presses(name, bot.button(label, chat=chat), chat, kind="private", chat_title="") for label in labels]
    return [ack.text for ack in acks if ack]


def votes(bot: Moot, name: str, *labels: str, poll: int = 1) -> str:
    """From the link to the box; what the voter heard last."""
    enter(bot, name, poll)
    return taps(bot, name, *labels, "Cast my vote")[-1]


def writes(bot: Moot, name: str, text: str) -> None:
    """In reply to the newest message in the booth."""
    chat = booth(bot, name)
    bot.hand(Replied(bot.origin(name, chat, kind="private", chat_title=""), text, Quoted(bot.last(chat).id, mine=True)))
