"""The manuals of consent's commands."""

from bot.language import Voice
from bot.routing.feature import Manual


def help_propose(v: Voice) -> Manual:
    return Manual(
        usage=v._("<text> [until …] [quorum …] [review in …]"),
        summary=v._("put a proposal to the group and ask for consent"),
        more=v._(
            "Everyone who has joined can consent, stand aside or object; one open objection blocks until it is worked through. "
            "As a reply, the answered message is the text. Options stand at the end: until Friday 18:00, for 3 days, quorum 5 or quorum 40%, "
            "review in 6 months, among a role or circle, and full on a line of its own for a round in steps. "
            "Example: propose We buy a dishwasher until Friday 18:00"
        ),
    )


def help_consent(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] [concern]"),
        summary=v._("consent to a proposal"),
        more=v._(
            "As the button does. Words after it are a concern, which is recorded with the decision and blocks nothing. "
            "Example: consent D-3 Please check the noise first."
        ),
    )


def help_aside(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] [words]"),
        summary=v._("stand aside from a proposal"),
        more=v._("As the button does: you neither support it nor block it. Words after it are recorded with the decision."),
    )


def help_object(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <reason>"),
        summary=v._("object to a proposal and say why"),
        more=v._(
            "An objection blocks until it is integrated, withdrawn or set aside by the others. Example: object D-3 It is too loud."
        ),
    )


def help_concern(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <words>"),
        summary=v._("add a concern to your consent"),
        more=v._("It is recorded with the decision and blocks nothing. Example: concern D-3 Please check the noise first."),
    )


def help_amend(v: Voice) -> Manual:
    return Manual(
        usage=v._("[number] <new text>"),
        summary=v._("put the next version of a proposal"),
        more=v._(
            "For whoever proposed it and for the facilitator. I show what changed, ask for stances anew, "
            "and ask each objector whether it meets the objection. Example: amend D-3 We buy a quiet dishwasher."
        ),
    )


def help_rounds(v: Voice) -> Manual:
    return Manual(usage="", summary=v._("list what is open and what you have not answered yet"))
