"""What recall says when it refuses something, and what to do instead."""

from bot.routing.feature import Wording

REFUSALS: dict[str, Wording] = {
    "recall oneself": lambda v, **f: v._(
        "You can give your own mandate back at any time, without anybody else: {prefix}resign.", prefix=f["prefix"]
    ),
    "recall holds nothing": lambda v, name, **f: v._(
        "{name} holds no mandate here at the moment, so there is none to end.", name=name
    ),
    "recall which role": lambda v, name, roles, **f: v._(
        "{name} serves as {roles}. Say which one, such as {prefix}recall {name} {first}.",
        name=name,
        roles=v.listed(roles),
        first=roles[0],
        prefix=f["prefix"],
    ),
    "recall too new": lambda v, **f: v._(
        "This is for those who had a say here when it was opened. What you have to say is welcome in the room."
    ),
    "recall few for secret": lambda v, least, others, **f: v.n_(
        "This group decides on recalls in secret, for which it takes {least} others, and there is {n}. {prefix}settings recall has it another way.",
        "This group decides on recalls in secret, for which it takes {least} others, and there are {n}. {prefix}settings recall has it another way.",
        others,
        least=least,
        prefix=f["prefix"],
    ),
    "recalled lately": lambda v, number, again_at, **f: v._(
        "You had this asked in D-{number}, which came to nothing. You can open it again from {time}; until then somebody else can, with twice as many supporters.",
        number=number,
        time=v.moment(again_at),
    ),
    "recall words too long": lambda v, limit, **f: v._(
        "That is too long: {limit} characters at most. Please say it shorter.", limit=limit
    ),
    "no such supporters": lambda v, most, **f: v._(
        "Write a number from 1 to {most}, or auto for three or a tenth of the hat, whichever is more.", most=most
    ),
    "recall is decided on": lambda v, number, **f: v._("Enough support it. The group decides in D-{number} now.", number=number),
    "recall over": lambda v, number, **f: v._("D-{number} is over. Its message says what became of it.", number=number),
    "recall about you": lambda v, number, **f: v._(
        "D-{number} is about your mandate, so the others speak. Reply to this message with your answer, and it stands here.",
        number=number,
    ),
    "recall not supported": lambda v, **f: v._("You do not support it, so there is nothing to take back."),
    "recall not yours": lambda v, number, **f: v._(
        "Only whoever opened D-{number} can withdraw it. Your own support you take back with its button.", number=number
    ),
    "nothing to answer": lambda v, **f: v._("No recall of a mandate of yours is open, so there is nothing to answer."),
    "answer is theirs": lambda v, number, **f: v._(
        "This is for the person whose mandate D-{number} is about. You can reply in the room like everybody else.", number=number
    ),
    "answer missing": lambda v, number, **f: v._(
        "What is your answer? Write {prefix}answer D-{number} and your words, or reply to the message about it.",
        number=number,
        prefix=f["prefix"],
    ),
}
