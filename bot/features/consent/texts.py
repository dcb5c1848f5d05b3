"""What consent says beside its boards: short answers, refusals, settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat.message import Mention, Message, Span, bullet, message, paragraph
from bot.language import Voice

MENTIONED = 5  # people in a nudge


def said(words: str) -> Message:
    return message(words)


NAMES = ("consent", "aside", "object")


def stance_name(v: Voice, stance: str) -> str:
    return {"consent": v._("Consent"), "aside": v._("Stand aside"), "object": v._("Object")}[stance]


def taken(v: Voice, stance: str, new: bool) -> str:
    if not new:
        return v._("That is your stance already: {stance}.", stance=stance_name(v, stance))
    if stance == "object":
        return v._("You object. Please say why: reply to my message about it.")
    return v._("Counted: {stance}. You can change it while the round is open.", stance=stance_name(v, stance))


def stance_noted(v: Voice, number: int, name: str, stance: str, with_words: bool) -> Message:
    if stance == "object" and not with_words:
        return message(
            v._("{name}, you object to D-{number}. Please reply to my message about it with your reason.", name=name, number=number)
        )
    return message(v._("D-{number}, counted for {name}: {stance}.", number=number, name=name, stance=stance_name(v, stance)))


def not_elector(v: Voice, prefix: str) -> str:
    return v._(
        "Only those who had joined when this was opened can answer. After {prefix}join you take part from the next one on.",
        prefix=prefix,
    )


def concern_noted(v: Voice, number: int) -> str:
    return v._("Your concern stands on D-{number}.", number=number)


def reason_noted(v: Voice, number: int) -> str:
    return v._("Your reason stands on D-{number}.", number=number)


def aside_reason_noted(v: Voice) -> str:
    return v._("Your reason stands there now.")


def remark_noted(v: Voice, phase: str) -> str:
    return v._("Your question is noted.") if phase == "questions" else v._("Your reaction is noted.")


def phase_named(v: Voice, phase: str) -> str:
    return v._("Quick reactions now.") if phase == "reactions" else v._("Stances now.")


def objection_withdrawn(v: Voice, number: int) -> str:
    return v._("Your objection to D-{number} is withdrawn. You can take another stance.", number=number)


def objection_met(v: Voice) -> str:
    return v._("Thank you. Your objection is integrated. Please take a stance on the new version.")


def objection_stands(v: Voice) -> str:
    return v._("Your objection stands against the new version too.")


def reason_wanted(v: Voice) -> str:
    return v._("The others are asked. Please reply to my message with your reason.")


def extended(v: Voice, number: int, name: str, closes_at: datetime) -> Message:
    time = v.moment_span(closes_at)
    return message(paragraph(*v.line("{name} gave D-{number} more time, until {time}.", name=name, number=number, time=time)))


def nudge(v: Voice, number: int, title: str, closes_at: datetime, silent: Sequence[Mention]) -> Message:
    asked = v.line("D-{number} is open until {time}: {title}", number=number, time=v.moment_span(closes_at), title=title)
    names: list[Span | str] = []
    for mention in silent[:MENTIONED]:
        names += [", ", mention] if names else [mention]
    rest = len(silent) - MENTIONED
    more = v.n_(" and {n} more", " and {n} more", rest) if rest > 0 else ""
    return message(paragraph(*asked), paragraph(v._("Not heard from yet: "), *names, more + "."))


def private_nudge(v: Voice, number: int, title: str, closes_at: datetime, room: str) -> Message:
    asked = v.line("D-{number} is open until {time}: {title}", number=number, time=v.moment_span(closes_at), title=title)
    return message(paragraph(*asked), v._("You have not answered yet. It stands in {room}.", room=room))


def reason_again(v: Voice, number: int, name: Mention) -> Message:
    return message(
        paragraph(*v.line("{name}, your objection to D-{number} has no reason yet.", name=name, number=number)),
        v._("It blocks all the same. A reply to my message about it, or the command object, tells the others what to work on."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One open round, as /rounds lists it."""

    number: int
    title: str
    closes_at: datetime
    mine: str  # the asker's stance


def rounds(v: Voice, lines: Sequence[Line], prefix: str) -> Message:
    if not lines:
        return message(v._("Nothing is open. {prefix}propose puts something to the group.", prefix=prefix))
    return message(v._("Open now:"), *(bullet(*line(v, each)) for each in lines))


def line(v: Voice, each: Line) -> tuple[Span, ...]:
    mine = v._("your stance: {stance}", stance=stance_name(v, each.mine)) if each.mine else v._("you have not answered")
    return v.line(
        "D-{number} {title}, until {time}; {mine}",
        number=each.number,
        title=each.title,
        time=v.moment_span(each.closes_at),
        mine=mine,
    )


def kept(v: Voice, again: datetime) -> str:
    return v._("Kept. I ask again on {time}.", time=v.moment(again))


def how_to_change(v: Voice, prefix: str) -> str:
    return v._("Write {prefix}propose with the new text; it goes through a round of its own.", prefix=prefix)


def ending(v: Voice, number: int, title: str) -> str:
    return v._("End decision D-{number}: {title}", number=number, title=title)


def round_opened(v: Voice) -> str:
    return v._("Ending it is a decision too: a round is open.")


def depth_line(v: Voice, value: Any) -> str:
    return v._("depth: quick, straight to stances") if value == "quick" else v._("depth: full, with questions and reactions first")


def length_line(v: Voice, value: Any) -> str:
    return v._("round: {length}, unless a proposal says otherwise", length=v.duration(timedelta(seconds=value)))


def quorum_line(v: Voice, value: Any) -> str:
    return v._("quorum: {quorum} must take a stance", quorum=value)


def reviews_line(v: Voice, value: Any) -> str:
    return v._("reviews: unanswered, a decision stays") if value == "stay" else v._("reviews: unanswered, a decision lapses")


def results_line(v: Voice, value: Any) -> str:
    return v._("results: announced") if value == "announce" else v._("results: announced and pinned")
