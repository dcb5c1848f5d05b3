"""What consent says when it refuses something, and what to do instead."""

from bot.routing.feature import Wording

REFUSALS: dict[str, Wording] = {
    "proposal missing": lambda v, **f: v._(
        "What is the proposal? Write {prefix}propose and the text, or answer the message that holds it.", prefix=f["prefix"]
    ),
    "proposal too long": lambda v, **f: v._(
        "That is too long: {limit} characters at most. Put the details in a document and propose the decision.", limit=f["limit"]
    ),
    "round length": lambda v, **f: v._(
        "A round takes between {shortest} and {longest}. Please name another time.",
        shortest=v.duration(f["shortest"]),
        longest=v.duration(f["longest"]),
    ),
    "review not a length": lambda v, **f: v._(
        "I cannot read “{words}” as a time until the review. Write it like review in 6 months.", words=f["words"]
    ),
    "nobody to ask": lambda v, **f: v._(
        "There is nobody to ask yet: no one who may take part has joined. {prefix}join is the first step.", prefix=f["prefix"]
    ),
    "quorum too high": lambda v, **f: v._(
        "A quorum of {needed} cannot be reached: {size} may take part. Please name a smaller one.",
        needed=f["needed"],
        size=f["size"],
    ),
    "no such stance": lambda v, **f: v._(
        "Say consent, aside or object, for example {prefix}vote D-12 consent.", prefix=f["prefix"]
    ),
    "nothing amended": lambda v, **f: v._(
        "That is the text as it stands. Write {prefix}amend and the new text.", prefix=f["prefix"]
    ),
    "already decided": lambda v, **f: v._(
        "D-{number} is decided. {prefix}propose puts a new proposal to the group.", number=f["number"], prefix=f["prefix"]
    ),
    "round over": lambda v, **f: v._("This round is over. {prefix}rounds lists what is open.", prefix=f["prefix"]),
    "not yet stances": lambda v, **f: v._(
        "Stances come in the last step. Until then, reply to my message with a question or a reaction."
    ),
    "reason missing": lambda v, **f: v._("I read no words there. Please reply with a sentence."),
    "reason too long": lambda v, **f: v._("That is too long: {limit} characters at most. Please say it shorter.", limit=f["limit"]),
    "concern without consent": lambda v, **f: v._(
        "A concern goes with a consent. Press Consent first, then reply with your concern."
    ),
    "objection settled": lambda v, **f: v._("This objection is settled already. To object anew, press Object on the proposal."),
    "not your objection": lambda v, **f: v._("Only whoever raised this objection can say that. Others can ask to set it aside."),
    "for the others": lambda v, **f: v._("This is for the others who may take part. If it is your objection, you can withdraw it."),
    "asked already": lambda v, **f: v._("The others are being asked already. Please answer there."),
    "hear first": lambda v, **f: v._("The objection has no reason yet. Please hear it first, then ask the others."),
    "not yours to steer": lambda v, **f: v._(
        "That is for whoever opened D-{number} and for the facilitator. Please ask one of them.", number=f["number"]
    ),
    "about you": lambda v, **f: v._(
        "D-{number} is about you, so the others steer it. What you have to say about it is welcome in the room.", number=f["number"]
    ),
    "text stays": lambda v, **f: v._(
        "D-{number} asks one plain question, so its text stays. Withdraw it with {prefix}withdraw D-{number}, then ask anew.",
        number=f["number"],
        prefix=f["prefix"],
    ),
    "not yours": lambda v, **f: v._(
        "You have nothing to withdraw from D-{number}: neither the proposal nor an objection is yours.", number=f["number"]
    ),
    "extended enough": lambda v, **f: v._(
        "It has been given more time {most} times already. Let it end, and propose again if need be.", most=f["most"]
    ),
    "not longer": lambda v, **f: v._(
        "That is not later than it ends now. Write for example {prefix}extend 2 days.", prefix=f["prefix"]
    ),
    "not on the roll": lambda v, **f: v._("This is for those who have joined. {prefix}join is the first step.", prefix=f["prefix"]),
    "already reviewed": lambda v, **f: v._(
        "This review is answered already. {prefix}propose puts a change to the group.", prefix=f["prefix"]
    ),
}
