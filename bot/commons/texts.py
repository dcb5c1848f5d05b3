"""What several features say alike: lists of names, rooms that are behind, people who have the same name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, Literal

from bot.chat.message import Block, paragraph
from bot.chat.refs import platform_name
from bot.commons.rooms import Silence
from bot.commons.when import read_span
from bot.language import Voice
from bot.routing.feature import Wording

Unit = Literal["year", "month", "week", "day"]
NAMED, ROOM = 20, 400  # people named one by one, and characters for their names; the rest are counted


def folded_list(v: Voice, names: Sequence[str], total: int | None = None) -> str:
    """All names, or as many as there is room for and how many more there are. `total`: of whom these are the first."""
    ends = list(accumulate(map(len, names)))
    shown = [name for name, end in zip(names[:NAMED], ends, strict=False) if end <= ROOM]
    rest = (len(names) if total is None else total) - len(shown)
    return v.listed([*shown, v.n_("{n} more", "{n} more", rest)] if rest else shown)


def closes(v: Voice, number: int, title: str) -> str:
    """What a calendar says of something open."""
    return v._("D-{number} closes: {title}", number=number, title=title)


def some_entry(v: Voice, kind: str) -> str:
    """For an entry of the register that no feature words."""
    return v._("Something else was entered: {kind}", kind=kind)


def somebody(v: Voice) -> str:
    """Whose name is no longer known."""
    return v._("a former member")


def unnamed(v: Voice) -> str:
    """Who answered, once names have gone from it."""
    return v._("somebody")


def about_somebody(v: Voice) -> str:
    """A question that named somebody whose name is no longer known."""
    return v._("About a former member.")


def facilitator(v: Voice) -> str:
    """The role whose holders may steer rounds and polls that others have opened."""
    return v._("facilitator")


def span(v: Voice, words: str) -> str:
    """A length of time that was typed in any language, in this one: `2 weeks`, `1 year and 6 months`."""
    found = read_span(words)
    counts: list[tuple[int, Unit]] = [(found.months // 12, "year"), (found.months % 12, "month"), *in_weeks(found.days)]
    parts = [v.count(n, unit) for n, unit in counts if n]
    return v.listed([*parts, *([v.duration(timedelta(seconds=found.seconds))] if found.seconds else [])])


def in_weeks(days: int) -> list[tuple[int, Unit]]:
    return [(days, "day")] if days % 7 else [(days // 7, "week")]


def behind(v: Voice, silences: Sequence[Silence]) -> list[Block]:
    """For a board that is open; nothing while all rooms are heard."""
    return [
        paragraph(
            v._(
                "⏳ {platform} has not been heard since {time}, so the room there is behind. What is said there is counted once it is back.",
                platform=platform_name(silence.platform),
                time=v.moment(silence.since),
            )
        )
        for silence in silences
        if silence.since
    ]


def room_left(v: Voice) -> list[Block]:
    """For a board in a room that belongs to another group now."""
    return [paragraph(v._("This room has left the group that asked this, so it can no longer be answered here."))]


def unheard(v: Voice, silences: Sequence[Silence]) -> list[Block]:
    """For a result that did not wait any longer; nothing if all rooms were heard."""
    return [paragraph(unheard_line(v, silence)) for silence in silences]


def unheard_line(v: Voice, silence: Silence) -> str:
    platform = platform_name(silence.platform)
    if silence.since is None:
        return v._("⏳ {platform} could not be heard: what was said in the room there is not in this.", platform=platform)
    return v._(
        "⏳ {platform} could not be heard after {time}: what was said in the room there since then is not in this.",
        platform=platform,
        time=v.moment(silence.since),
    )


def twins(v: Voice, names: Sequence[str], prefix: str) -> list[Block]:
    """For whoever facilitates, and for themselves; nothing if everybody has a name of their own."""
    if not names:
        return []
    words = v._(
        "⚠️ The same name, counted as different people: {names}. Ask them whether they are one person: "
        "{prefix}link, in a private chat with me, makes them one.",
        names=v.listed(names),
        prefix=prefix,
    )
    return [paragraph(words)]


def wave(v: Voice, wave: int, size: int, too_new: int) -> list[Block]:
    """Of an electorate, for all to see; nothing if few had come lately."""
    if not wave:
        return []
    said = v._("⚠️ {wave} of {n} on the roll had joined within a day.", wave=wave, n=size + too_new)
    if too_new:
        said += v.n_(" {n} is too new to take part.", " {n} are too new to take part.", too_new)
    return [paragraph(said)]


def matrix_line(v: Voice, value: Any) -> str:
    if value == "polls":
        return v._("matrix: native polls for stances and single choices")
    if value == "reactions":
        return v._("matrix: reactions, which travel in clear even in encrypted rooms")
    return v._("matrix: native polls in encrypted rooms, reactions elsewhere")


def quiet_line(v: Voice, value: Any) -> str:
    if value[0] == value[1]:
        return v._("quiet: none")
    return v._("quiet: {start}:00 to {end}:00, when I remind nobody", start=value[0], end=value[1])


def tenure_line(v: Voice, value: Any) -> str:
    if value is None:
        return v._("tenure: usual, all who have joined take part; if they come in a wave, from the day after")
    if not value:
        return v._("tenure: none, everyone who has joined takes part")
    return v._("tenure: {length} from joining until one takes part", length=v.duration(timedelta(seconds=value)))


REFUSALS: dict[str, Wording] = {
    "set from the roll": lambda v, prefix, **f: v._(
        "How this group does things is set by those in its hat. Say {prefix}join first, then say it again.", prefix=prefix
    ),
    "too new to set": lambda v, **f: v._(
        "You are new in the hat, and this group has the newest wait before they change how it does things. Ask somebody who has been in it for longer."
    ),
    "role ended since": lambda v, role, **f: v._(
        "The role {role} has ended since these lots were drawn, so this seat is no longer there.", role=role
    ),
    "role too long": lambda v, limit, **f: v._("This name for a role is too long. Use at most {limit} characters.", limit=limit),
    "role is a circle": lambda v, name, prefix, **f: v._(
        "{name} is a circle here, so a role needs another name. {prefix}circle {name} shows who is in it.", name=name, prefix=prefix
    ),
    "nobody named": lambda v, **f: v._(
        "Whom do you mean? Name somebody with @ or by their name here, or answer a message of theirs."
    ),
    "nobody of that name": lambda v, words, **f: v._(
        "I know nobody here called “{words}”. Name somebody with @ or by their name here, or answer a message of theirs.",
        words=words,
    ),
    "not known here": lambda v, prefix, **f: v._(
        "I do not know this person yet. Whoever has said {prefix}join here can be named.", prefix=prefix
    ),
    "several of that name": lambda v, names, **f: v._(
        "There are several: {names}. Name one of them with @, or as it stands here, or answer a message of theirs.",
        names=folded_list(v, names),
    ),
    "too many named": lambda v, most, **f: v._("These are too many people for one command. Name at most {most}.", most=most),
    "that is me": lambda v, **f: v._("That is me, and I hold nothing and decide nothing here. Please name a person."),
    "serves already": lambda v, until, **f: v._("You hold this role already, until {until}.", until=v.moment(until)),
    "seat taken": lambda v, role, **f: v._("Thank you. But every seat of {role} has been taken meanwhile.", role=role),
    "recalled before": lambda v, until, **f: v._(
        "The group ended this mandate early, so it can be taken again from {until}, or sooner by a consent round.",
        until=v.moment(until),
    ),
    "cooling off": lambda v, until, **f: v._(
        "Whoever served in this role takes a break first, until {until}. Another role is open to you now.", until=v.moment(until)
    ),
    "most terms": lambda v, until, **f: v._(
        "That would be more terms in a row than the role allows. From {until} on you can be drawn again.", until=v.moment(until)
    ),
    "no such hours": lambda v, **f: v._("Write the quiet hours like {prefix}settings quiet 22-8, or none.", prefix=f["prefix"]),
}


def serves(v: Voice, name: str, role: str, since: datetime, until: datetime, renewed: bool) -> str:
    facts = {"name": name, "role": role, "since": v.date(since), "until": v.date(until)}
    if renewed:
        return v._("{name} serves another term as {role}, from {since} until {until}.", **facts)
    return v._("{name} serves as {role}, from {since} until {until}.", **facts)


def served(v: Voice, name: str, role: str, time: tuple[datetime, datetime], why: str) -> str:
    since, until = time
    facts = {"name": name, "role": role, "since": v.date(since), "until": v.date(until)}
    said = {
        "resigned": v._("{name} served as {role} from {since} to {until}, and gave it back.", **facts),
        "recalled": v._("{name} served as {role} from {since} to {until}, when the group ended it early.", **facts),
        "handed over": v._("{name} served as {role} from {since} to {until}, and handed it on.", **facts),
        "role ended": v._("{name} served as {role} from {since} to {until}, when the role ended.", **facts),
        "reported": v._("{name} served as {role} from {since} to {until}, and reported.", **facts),
        "left": v._("{name} served as {role} from {since} to {until}, and left.", **facts),
    }
    return said.get(why) or v._("{name} served as {role} from {since} to {until}.", **facts)
