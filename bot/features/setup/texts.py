"""What setup says: the welcome, the settings, the status."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, Text, bullet, message, paragraph
from bot.chat.refs import platform_name
from bot.language import Voice
from bot.routing.feature import Manual, Wording
from bot.routing.house import Entry, Told

NAMED = 20


def help_start(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("say who I am and how to begin"))


def help_settings(v: Voice) -> Manual:
    return Manual(
        usage=v._("[setting] [value]"),
        summary=v._("show or change how the group wants things to be done"),
        more=v._(
            "Those in the hat may change them; the room is told. Examples: settings language es, settings zone Europe/Berlin, settings window 45s."
        ),
    )


def help_status(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("say how I am doing"))


@dataclass(frozen=True, slots=True)
class Where:
    platform: str
    encrypted: bool
    prefix: str


def welcome(v: Voice, where: Where, names: Sequence[str]) -> Message:
    """Five lines: who, what is kept, who can read it, whose it is, what to try first."""
    said = message(
        paragraph(
            Text(
                v._("I am Folkmoot. I draw lots for your group's roles, ask for its consent, and know when each mandate ends."),
                "bold",
            )
        ),
        bullet(
            v._(
                "I keep names and what is said to me: who is in the hat, draws, proposals and answers, roles and mandates. I keep nothing else that is written here."
            )
        ),
        bullet(readers(v, where)),
        bullet(v._("Nobody commands me: admins can do no more than you, and each change of my settings is shown here.")),
        bullet(
            v._(
                "Try first: press Count me in, then say {prefix}draw facilitator. {prefix}help shows the rest.", prefix=where.prefix
            )
        ),
        paragraph(in_the_hat(v, names)),
    )
    return said.with_rows((join_button(v),))


def join_button(v: Voice) -> Button:
    return Button(v._("Count me in"), "✋", action("roll.join"))


def readers(v: Voice, where: Where) -> str:
    if where.platform == "telegram":
        return v._("Who can read it: this group, whoever runs the machine I live on, and Telegram.")
    if where.platform == "matrix" and where.encrypted:
        return v._(
            "Who can read it: this room and whoever runs the machine I live on. Reactions travel unencrypted, so your homeserver sees them."
        )
    if where.platform == "matrix":
        return v._("Who can read it: this room, whoever runs the machine I live on, and this room's homeservers.")
    return v._("Who can read it: only you. This is a rehearsal on your own machine.")


def in_the_hat(v: Voice, names: Sequence[str]) -> str:
    if not names:
        return v._("The hat is empty so far.")
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        shown.append(v.n_("{n} more", "{n} more", len(names) - NAMED))
    return v._("In the hat: {names}.", names=v.listed(shown))


def private_welcome(v: Voice, prefix: str) -> Message:
    return message(
        v._("I am Folkmoot. I live in group chats, where I draw lots for roles in a way that anyone can check."),
        v._("Add me to your group's chat and say {prefix}start there. {prefix}help shows what I can do.", prefix=prefix),
    )


@dataclass(frozen=True, slots=True)
class Current:
    language: str
    zone: str
    window: timedelta
    more: Mapping[str, str]  # of features: name -> its line


def settings(v: Voice, now: Current, prefix: str) -> Message:
    return message(
        paragraph(Text(v._("Settings of this group"), "bold")),
        *setting_lines(v, now).values(),
        v._("Change one with, for example, {prefix}settings zone Europe/Berlin. The room is told.", prefix=prefix),
    )


def setting_lines(v: Voice, now: Current) -> dict[str, Block]:
    """Each setting's name, and the line that says how it is."""
    return {
        "language": bullet(v._("language: {language}", language=now.language)),
        "zone": bullet(v._("zone: {zone}", zone=now.zone)),
        "window": bullet(v._("window: {window} in which the hat goes round", window=v.duration(now.window))),
        **{name: bullet(line) for name, line in now.more.items()},
    }


def changed(v: Voice, name: str, setting: str, now: Current) -> Message:
    return message(v._("{name} changed a setting of this group. It is now:", name=name), setting_lines(v, now)[setting])


def question(v: Voice, line: str) -> str:
    return v._("From now on: {line}", line=line)


def unchanged(v: Voice) -> Message:
    return message(v._("It is set that way already."))


@dataclass(frozen=True, slots=True)
class Figures:
    version: str
    rooms: int
    waiting: int
    lost: int
    dead_letters: int
    last_backup: datetime | None
    silent: Mapping[str, datetime]  # platform -> when it was last heard
    unsettled: int  # what came due and could not be done
    turned_away: Mapping[str, int]  # kind -> how many, of late (see routing/turned.py)


def status(v: Voice, f: Figures) -> Message:
    return message(
        paragraph(Text(v._("Folkmoot {version}", version=f.version), "bold")),
        bullet(v._("health: {health}", health=health(v, f))),
        bullet(v.n_("rooms: {n}", "rooms: {n}", f.rooms)),
        bullet(v._("messages waiting to be sent: {n}", n=f.waiting)),
        bullet(v._("events I could not handle: {n}", n=f.dead_letters)),
        bullet(v._("last backup: {when}", when=v.moment(f.last_backup) if f.last_backup else v._("none yet"))),
        *turned_away(v, f.turned_away),
    )


def turned_away(v: Voice, counts: Mapping[str, int]) -> list[Block]:
    """Of the bot as a whole; nothing if there was nothing."""
    words: dict[str, Callable[[int], str]] = {
        "button": lambda n: v.n_("{n} press of a button that is not there", "{n} presses of buttons that are not there", n),
        "edit": lambda n: v.n_("{n} edit of something said before", "{n} edits of something said before", n),
        "forward": lambda n: v.n_("{n} forwarded command", "{n} forwarded commands", n),
        "nobody": lambda n: v.n_("{n} command by nobody in person", "{n} commands by nobody in person", n),
        "sealed": lambda n: v.n_(
            "{n} encrypted event that was not what it claimed", "{n} encrypted events that were not what they claimed", n
        ),
        "invite": lambda n: v.n_("{n} invitation by a stranger", "{n} invitations by strangers", n),
        "code": lambda n: v.n_("{n} try at a code after too many", "{n} tries at codes after too many", n),
        "pause": lambda n: v.n_("{n} command beyond the limits", "{n} commands beyond the limits", n),
    }
    said = [words[kind](counts[kind]) for kind in words if counts.get(kind)]
    return [bullet(v._("turned away in the last 7 days: {what}", what=v.listed(said)))] if said else []


def health(v: Voice, f: Figures) -> str:
    troubles = [
        v._("{platform} has not been heard since {time}", platform=platform_name(platform), time=v.moment(at))
        for platform, at in sorted(f.silent.items())
    ]
    if f.lost:
        troubles.append(v.n_("{n} message to this room was refused", "{n} messages to this room were refused", f.lost))
    if f.unsettled:
        troubles.append(
            v.n_("{n} thing that came due could not be done yet", "{n} things that came due could not be done yet", f.unsettled)
        )
    if f.dead_letters:
        troubles.append(v._("some events were set aside; whoever runs me can look at them"))
    return v.listed(troubles) if troubles else v._("all is well")


REFUSALS: dict[str, Wording] = {
    "no such setting": lambda v, **f: v._(
        "I have no such setting. {prefix}settings shows those that there are.", prefix=f["prefix"]
    ),
    "no such zone": lambda v, **f: v._(
        "I do not know this time zone. Use a name such as {prefix}settings zone Europe/Berlin.", **f
    ),
    "no such window": lambda v, **f: v._(
        "The window is between 5 seconds and a day. Use for example {prefix}settings window 45s.", **f
    ),
    "no such language": lambda v, **f: v._(
        "I do not speak this language yet. I speak {languages}.", languages=v.listed(f["known"])
    ),
}


def settings_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{name} changed a setting: {setting}", name=e.who("by"), setting=e.said("setting")))
