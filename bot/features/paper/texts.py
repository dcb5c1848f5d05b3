"""The words of the bulletin."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.chat.message import Message, message
from bot.features.paper.page import Box
from bot.language import Voice
from bot.routing.feature import Manual, Wording


def help_bulletin(v: Voice) -> Manual:
    return Manual(
        usage="",
        summary=v._("make a page for the noticeboard: what was decided, who does what, how to object"),
        more=v._(
            "As a file to print on A4, in black and white. settings bulletin weekly brings one each Monday, "
            "settings bulletin weekly 9 at another hour, settings bulletin off none."
        ),
    )


def bulletin_line(v: Voice, value: Any) -> str:
    every, hour = value
    if every == "off":
        return v._("bulletin: only when somebody asks for it")
    return v._("bulletin: weekly, on Mondays at {hour}:00, and not in quiet hours", hour=hour)


def archive_line(v: Voice, value: Any) -> str:
    said = {
        "open": v._("archive: open, what is decided may be published, without names"),
        "initials": v._("archive: initials, what is decided may be published, with people's initials"),
        "names": v._("archive: names, what is decided may be published, with people's names"),
    }
    return said.get(value) or v._("archive: off, nothing of this group is published")


def posted(v: Voice, at: datetime, printed: bool, could: bool) -> Message:
    said = v._("📌 The bulletin of {date}, to print and hang up.", date=v.date(at))
    if printed:
        return message(said)
    if could:
        return message(said, v._("The PDF did not come out this time; the page prints from any browser."))
    return message(said, v._("The page prints from any browser. For a PDF as well, whoever runs me asks folkmoot doctor how."))


def title(v: Voice, group: str) -> str:
    return group or v._("Our group")


def subtitle(v: Voice, at: datetime) -> str:
    return v._("Bulletin of {date}", date=v.date(at))


def decided_heading(v: Voice) -> str:
    return v._("Decided this week")


def decided_before_heading(v: Voice) -> str:
    return v._("Decided")


def nothing_decided(v: Voice) -> str:
    return v._("Nothing has been decided so far.")


def open_heading(v: Voice) -> str:
    return v._("Open: have your say")


def open_line(number: int, title: str) -> str:
    return f"D-{number} {title}"


def open_note(v: Voice, closes_at: datetime | None, missing: int) -> str:
    until = v._("Open until {time}.", time=v.moment(closes_at)) if closes_at else ""
    lacking = v.n_("{n} more answer makes the quorum.", "{n} more answers make the quorum.", missing) if missing else ""
    return " ".join(filter(None, [until, lacking]))


def no_date(v: Voice) -> str:
    return v._("Until done")


def coming_heading(v: Voice) -> str:
    return v._("Coming up")


def more(v: Voice, n: int) -> str:
    return v.n_("{n} more stands in the chat.", "{n} more stand in the chat.", n)


def roster_heading(v: Voice) -> str:
    return v._("Who does what")


def columns(v: Voice) -> Sequence[str]:
    return (v._("Role"), v._("Held by"), v._("Until"))


def vacant(v: Voice) -> str:
    return v._("vacant")


def objecting(v: Voice, prefix: str, number: int | None) -> Box:
    """`number`: of something that is open, as the example."""
    return Box(
        v._("How to object"),
        (
            v._(
                "Would something that is open here do harm? Say why before its time is up: one open objection blocks a proposal, whatever the numbers, until it is worked through together."
            ),
            v._(
                "In the chat, press Object below the proposal, or write {prefix}object D-{number} and your reason. {prefix}join puts you on the roll of those who are asked.",
                prefix=prefix,
                number=number or 17,
            ),
            v._("What is decided can be taken up again by anybody: {prefix}propose and how it should be.", prefix=prefix),
        ),
    )


def witness(v: Voice, last: int) -> str:
    return v._(
        "This sheet is a witness. The newest entry of our register is number {n}, and this is its fingerprint: had anything before it been changed, it would be another.",
        n=last,
    )


def in_qr(last: int, head: str) -> str:
    return f"folkmoot register {last} sha256 {head}"


def qr_alt(v: Voice) -> str:
    return v._("The same fingerprint as a QR code")


def footer(v: Voice, now: datetime) -> str:
    return v._("As of {time}. Made by Folkmoot.", time=v.moment(now))


REFUSALS: dict[str, Wording] = {
    "no such bulletin": lambda v, prefix, **f: v._(
        "Write it like {prefix}settings bulletin weekly, {prefix}settings bulletin weekly 9, or {prefix}settings bulletin off.",
        prefix=prefix,
    ),
}
