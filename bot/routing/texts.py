"""What the house itself says: refusals that any command may meet, dead letters, gaps, keys that never came."""

from datetime import datetime, timedelta

from bot.chat.message import Message, message, paragraph
from bot.language import Voice
from bot.routing.feature import Gap, Wording

HALF_A_DAY = timedelta(hours=12)  # from then on a time of day alone would mislead


REFUSALS: dict[str, Wording] = {
    "needs a group": lambda v, **f: v._("This works in a group. Add me to your group's chat and say it there.", **f),
    "anonymous": lambda v, **f: v._(
        "I cannot tell who is speaking: you are writing as an anonymous admin. Switch to your own name and say it again.", **f
    ),
    "channel": lambda v, **f: v._(
        "I cannot tell who is speaking: this was written as a channel. Switch to your own name and say it again.", **f
    ),
    "edited vote": lambda v, **f: v._("An edit does not change what you said to me. Please send it again as a new message.", **f),
    "old button": lambda v, **f: v._("This button no longer does anything. Look for the newest message about it.", **f),
    "no private chat": lambda v, **f: v._(
        "This is answered in private, and I cannot write to you there yet. Open a chat with me, press Start, and try again.", **f
    ),
    "no such button": lambda v, **f: v._("There is no button with this number here.", **f),
    "unknown command": lambda v, **f: v._("I do not know {prefix}{command}. {prefix}help lists what I can do.", **f),
    "slow down": lambda v, **f: v._(
        "That is a lot at once. I pass over your next commands; give me a minute, then go on. Buttons and votes count as ever.", **f
    ),
    "room is busy": lambda v, **f: v._(
        "There is a lot to do here at once. I pass over the next commands of this room for a moment. Buttons and votes count as ever.",
        **f,
    ),
    "one of these": lambda v, **f: v._("It can be one of these: {words}. Please name one.", words=v.listed(f["words"])),
    "unreadable text": lambda v, **f: v._("There are characters in this that I cannot keep. Please type it anew.", **f),
    "too long": lambda v, **f: v._("This is too long for me. Please say it in fewer words.", **f),
}


def gap_notice(v: Voice, gap: Gap) -> Message:
    """For a room in which something was open while the bot was away."""
    when = v.minute if gap.until - gap.since < HALF_A_DAY else v.moment
    return message(
        paragraph(
            v._(
                "I was away from {since} to {until}: presses in that time did not all reach me. If yours is missing, please press again.",
                since=when(gap.since),
                until=when(gap.until),
            )
        )
    )


def restored(v: Voice, since: datetime, until: datetime) -> Message:
    """For every room, after a copy of the database was put in its place."""
    return message(
        paragraph(
            v._(
                "I was set back to a copy of myself: what was said and decided here between {since} and {until} is not known to me. Please tell me again what still matters.",
                since=v.moment(since),
                until=v.moment(until),
            )
        )
    )


def never_readable(v: Voice, n: int) -> Message:
    return message(
        v.n_(
            "A message here came encrypted without a key for me, so I could not read it. If it was meant for me, please send it again.",
            "{n} messages here came encrypted without a key for me, so I could not read them. If they were meant for me, please send them again.",
            n,
        )
    )
