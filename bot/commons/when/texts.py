"""What is said to somebody whose words about time, or whose options, do not read."""

from datetime import date

from babel.dates import format_date

from bot.language import Voice
from bot.routing.feature import Wording


def day(v: Voice, on: date) -> str:
    return format_date(on, "EEEE d MMMM y", locale=v.locale)


REFUSALS: dict[str, Wording] = {
    "no such time": lambda v, **f: v._(
        "I cannot read “{words}” as a time. Write it like Friday 18:00, tomorrow 9:00, in 3 days or 2026-12-01 18:00.", **f
    ),
    "time is past": lambda v, **f: v._("That time is already past. Please name one that is still to come.", **f),
    "time skipped": lambda v, **f: v._("The clocks skip that hour on that day. Please name another time.", **f),
    "day ambiguous": lambda v, **f: v._(
        "That can be {first} or {second}. Write the date like 1 December or 2026-12-01.",
        first=day(v, f["first"]),
        second=day(v, f["second"]),
    ),
    "too far": lambda v, **f: v._("That is more than two years away. Please name an earlier time.", **f),
    "no such length": lambda v, **f: v._(
        "I cannot read “{words}” as a length of time. Write it like 3 days, 12 hours or 2 weeks.", **f
    ),
    "length not fixed": lambda v, **f: v._("Months and years differ in length. Please write “{words}” in days or weeks.", **f),
    "length too long": lambda v, **f: v._(
        "That is too long: {longest} at most. Please name a shorter time.", longest=v.duration(f["longest"])
    ),
    "no such quorum": lambda v, **f: v._(
        "I cannot read “{words}” as a quorum. Write a number of people from 1 up, like 5, "
        "or a share of the group up to 100%, like 40%, half or all.",
        **f,
    ),
    "option unreadable": lambda v, **f: v._(
        "I cannot read “{words}” after “{option}”. Correct it, or end the sentence with a full stop if it belongs to the text.", **f
    ),
    "option wrong": lambda v, **f: v._("I cannot read “{words}” after “{option}”. Please correct it.", **f),
    "option or text": lambda v, **f: v._(
        "“{option}” may be an option or the end of the text. Put a comma before it to make it an option, or a full stop after it.",
        **f,
    ),
    "no such schedule": lambda v, **f: v._(
        "I cannot read “{words}” as something that recurs. Write it like every Monday 18:00, every weekday 9:00 or every month on the 1st.",
        **f,
    ),
    "option twice": lambda v, **f: v._("“{option}” is there twice. Please say it once.", **f),
}
