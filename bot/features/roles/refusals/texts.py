"""What roles say no with: short, and with what to do instead."""

from bot.routing.feature import Wording

REFUSALS: dict[str, Wording] = {
    "role unnamed": lambda v, **f: v._(
        "Which role? Say for example: {prefix}role facilitator term 2 weeks for holding our meetings. {prefix}roles lists those that there are.",
        prefix=f["prefix"],
    ),
    "role not made": lambda v, **f: v._(
        "There is no role {role}. To make it, say what it is: {prefix}role {role} term 2 weeks for <purpose>. {prefix}roles lists those that there are.",
        role=f["role"],
        prefix=f["prefix"],
    ),
    "role is so": lambda v, **f: v._("The role is like that already, so there is nothing to change."),
    "change pending": lambda v, **f: v._(
        "D-{number} is about this role already. Once it is settled or taken back, the role can be changed again.",
        number=f["number"],
    ),
    "change settled": lambda v, **f: v._("D-{number} is settled already. Its message says how.", number=f["number"]),
    "own change": lambda v, **f: v._(
        "You put this yourself. {prefix}withdraw D-{number} takes it back.", prefix=f["prefix"], number=f["number"]
    ),
    "not your change": lambda v, **f: v._(
        "D-{number} is taken back by whoever put it. You can object to it: {prefix}object D-{number}",
        prefix=f["prefix"],
        number=f["number"],
    ),
    "roll to object": lambda v, **f: v._(
        "Objections come from those who are on the roll. {prefix}join, and then object.", prefix=f["prefix"]
    ),
    "option of role": lambda v, **f: v._(
        "I cannot read “{words}” after “{option}”. Options look like this: term 2 weeks, seats 2, pool all (or a circle or another role), "
        "notice 14 and 3 days, cooling 1 month, most 2, answer 1 day. A name that contains such a word goes in quotation marks.",
        words=f["words"],
        option=f["option"],
    ),
    "term length": lambda v, **f: v._("A term takes between a day and two years. Say for example: term 3 months."),
    "cooling length": lambda v, **f: v._(
        "A break after serving takes two years at most. Say for example: cooling 1 month, or cooling none."
    ),
    "answer length": lambda v, **f: v._("The time to answer is between an hour and 30 days. Say for example: answer 2 days."),
    "seats wrong": lambda v, **f: v._("A role has between 1 and 30 seats. Say for example: seats 2."),
    "most terms wrong": lambda v, **f: v._("Between 1 and 10 terms in a row can be allowed. Say for example: most 2."),
    "notice wrong": lambda v, **f: v._(
        "Reminders are up to five numbers of days before the end, each from 1 to 365. Say for example: notice 14, 3 and 1 days, or notice none."
    ),
    "pool of itself": lambda v, **f: v._(
        "A role cannot be drawn from its own holders. Say pool all, or name a circle or another role."
    ),
    "role name too long": lambda v, **f: v._("This name for a role is too long: {limit} characters at most.", limit=f["limit"]),
    "purpose too long": lambda v, **f: v._(
        "This purpose is too long: please say it in {limit} characters at most.", limit=f["limit"]
    ),
    "sunset too long": lambda v, **f: v._(
        "This script is too long: please say it in {limit} characters at most.", limit=f["limit"]
    ),
    "sunset missing": lambda v, **f: v._(
        "How can the role be dismantled, reconfigured or passed on? Say it after the name: {prefix}sunset facilitator <words>",
        prefix=f["prefix"],
    ),
    "objection too long": lambda v, **f: v._(
        "This reason is too long: please say it in {limit} characters at most.", limit=f["limit"]
    ),
}
