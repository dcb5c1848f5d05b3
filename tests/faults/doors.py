"""The doors through which words come in: each takes a text and hands it to the bot as some event."""

from collections.abc import Callable, Iterator

from bot.chat import incoming as said
from bot.chat.incoming import Ack, Incoming, Quoted
from bot.chat.refs import PersonRef
from bot.features import FEATURES
from tests.faults.busy import TALK
from tests.support.moot import Moot
from tests.support.room import Standing

Door = Callable[[Moot, str], Ack | None]
WHOLE = tuple(command.name for feature in FEATURES for command in feature.commands)
SETTINGS = ("language", "zone", "window", *(setting.name for feature in FEATURES for setting in feature.settings))
QUOTING = ("propose", "note", "decided", "draw", "amend", "object", "beacon")
SHAPES = (
    "/draw {} 2 because {}",
    "/draw cook from {} without {}",
    "/draw cook balance by {}",
    "/role {} term {} for {}",
    "/role cook term {}",
    "/role cook seats {}",
    "/role cook most {}",
    "/role cook pool {}",
    "/role cook reminders {}",
    "/circle {} Anna",
    "/circle kitchen {}",
    "/label {}: {}",
    "/label age: {}",
    "/rest until {}",
    "/rest for {}",
    "/propose Soup until {}",
    "/propose Soup quorum {}",
    "/propose Soup review in {}",
    "/propose {} among {}",
    "/object D-6 {}",
    "/amend D-5 {}",
    "/consent D-6 {}",
    "/poll Soup? | {} | {}",
    "/poll {} | A | B",
    "/poll Soup? | A | B | until {}",
    "/poll Soup? | A | B | quorum {}",
    "/poll Soup? | A | B | every {}",
    "/poll Soup? | A | B | points {}",
    "/poll Soup? | A | B | method: {}",
    "/option D-7 {}",
    "/vote D-7 {}",
    "/vote D-9 {}",
    "/vote D-10 {}",
    "/vote D-11 {}",
    "/extend D-7 {}",
    "/extend cook {}",
    "/close D-{}",
    "/withdraw D-{}",
    "/mandate {} cook for {}",
    "/mandate Ben {}",
    "/recall Eva cook because {}",
    "/recall {} {}",
    "/nominate cook for {}",
    "/delegate Ben {} | {}",
    "/delegate {} What?",
    "/report D-14 {}",
    "/council {} seats {} for {}",
    "/decisions {} since {}",
    "/decisions since {}",
    "/minutes since {}",
    "/note D-1 {}",
    "/meeting start {}",
    "/stack {}",
    "/handover cook {}",
    "/beacon D-4 {}",
    "/settings {} {}",
    "/sunset cook {}",
    "/forget {}",
)


def command(name: str, shape: str = "{}") -> Door:
    return lambda bot, text: bot.hand(said.CommandSent(bot.origin("Anna"), name, shape.replace("{}", text)))


def in_private(name: str) -> Door:
    return lambda bot, text: bot.hand(said.CommandSent(bot.origin("Anna", TALK, kind="private"), name, text, addressed=True))


def shaped(shape: str) -> Door:
    name, _, rest = shape[1:].partition(" ")
    return command(name, rest)


def event(make: Callable[[Moot, str], Incoming]) -> Door:
    return lambda bot, text: bot.hand(make(bot, text))


def kinds(bot: Moot) -> list[Standing]:
    """Of the messages that begin with the same sign, the newest."""
    return list({standing.text[:1]: standing for standing in bot.room if standing.text[:1] > "\xff"}.values())


def replies(bot: Moot, text: str) -> Ack | None:
    """To each kind of thing that the bot has said."""
    for standing in kinds(bot):
        bot.hand(said.Replied(bot.origin("Anna"), text, Quoted(standing.id, standing.text, mine=True)))
    return None


def reacts(bot: Moot, text: str) -> Ack | None:
    for standing in kinds(bot):
        bot.hand(said.KeyPressed(bot.origin("Anna"), text, standing.id))
    return None


def presses(bot: Moot, text: str) -> Ack | None:
    """As all of the data, as the verb, as what each kind of button is about, and as more of that."""
    actions = {button.action.verb: button.action for standing in bot.room for button in standing.message.buttons}
    forged = (f"{about}:{text}" for action in actions.values() for about in (action.verb, action.packed))
    for data in (text, f"{text}:1", *forged):
        bot.presses("Anna", data)
    return None


def links(bot: Moot, text: str) -> Ack | None:
    for data in ("elections.nominate:1", "polls.ballot:1", "handover.read:1"):
        bot.hand(said.LinkFollowed(bot.origin("Anna", TALK, kind="private"), f"{data.partition(':')[0]}:{text}"))
    return None


def is_called(bot: Moot, text: str) -> Ack | None:
    """A newcomer of that name and handle says and presses what shows it to others."""
    for name, words in (("join", ""), ("who", ""), ("propose", "Soup"), ("draw", "cleaner"), ("roles", "")):
        bot.hand(said.CommandSent(newcomer(bot, text), name, words))
    for data in ("consent.object:2", "polls.mark:1:1", "lots.shake:2", "meeting.hand:1", "meeting.here:1"):
        bot.hand(said.ButtonTapped(newcomer(bot, text), data))
    return None


def newcomer(bot: Moot, text: str) -> said.Origin:
    made = bot.origin("Newcomer", message_id="m1")
    return said.Origin(made.chat, PersonRef("telegram", "9999"), text, chat_title="The moot", message_id="m1", handle=text)


def is_titled(bot: Moot, text: str) -> Ack | None:
    for name in ("link", "status", "bulletin", "export", "mydata"):
        bot.hand(said.CommandSent(bot.origin("Anna", chat_title=text), name))
    return None


def quoted(name: str) -> Door:
    def door(bot: Moot, text: str) -> Ack | None:
        words = Quoted("m0", text, by=PersonRef("telegram", "1002"))
        return bot.hand(said.CommandSent(bot.origin("Anna"), name, "", quoted=words))

    return door


def mentioned(name: str) -> Door:
    def door(bot: Moot, text: str) -> Ack | None:
        meant = ((text, PersonRef("telegram", "1002")), (text, PersonRef("telegram", text[:50])))
        return bot.hand(said.CommandSent(bot.origin("Anna"), name, f"{text} cook because {text}", mentions=meant))

    return door


def doors() -> Iterator[tuple[str, Door]]:
    yield from ((f"/{name}", command(name)) for name in WHOLE)
    yield from ((f"/{name} in private", in_private(name)) for name in WHOLE)
    yield from ((shape, shaped(shape)) for shape in SHAPES)
    yield from ((f"setting {name}", command("settings", f"{name} {{}}")) for name in SETTINGS)
    yield from (
        (f"quoted by /{name}", quoted(name)) for name in ("propose", "note", "decided", "draw", "amend", "object", "beacon")
    )
    yield from ((f"mentioned in /{name}", mentioned(name)) for name in ("recall", "mandate", "delegate", "circle", "draw"))
    yield "the command's name", event(lambda bot, text: said.CommandSent(bot.origin("Anna"), text, text, addressed=True))
    yield "an edited command", event(lambda bot, text: said.Unsuitable(bot.origin("Anna"), "edited vote", (text, "draw")))
    yield "a typed number", event(lambda bot, text: said.KeyPressed(bot.origin("Anna"), text, None, typed=True))
    yield (
        "private words",
        event(lambda bot, text: said.Replied(bot.origin("Anna", TALK, kind="private"), text, Quoted("", mine=True))),
    )
    yield "what is taken back", event(lambda bot, text: said.TakenBack(bot.origin("Anna"), text, by_author=True))
    yield "replies", replies
    yield "reactions", reacts
    yield "buttons", presses
    yield "links", links
    yield "a name", is_called
    yield "a title", is_titled


DOORS: dict[str, Door] = dict(doors())
