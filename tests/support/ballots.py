"""A feature for tests: a pinned board with a private button, a ballot in private, and words in reply."""

from sqlalchemy.orm import Session

from bot.chat.action import action
from bot.chat.incoming import Ack
from bot.chat.message import Button, Message, message
from bot.commons import private, roll
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.language import Voice
from bot.refusal import Refused
from bot.routing.feature import Call, Command, Feature, Manual
from models import BoardRow, MemberRow


class Ballots:
    """`/ask` puts the board up; `Vote` leads into private, where `Yes` and `No` stand; then the bot asks for words."""

    def __init__(self) -> None:
        self.cast: dict[str, str] = {}  # name -> choice
        self.words: list[tuple[str, str, str]] = []  # what kind, name, words

    @property
    def feature(self) -> Feature:
        return Feature(
            "ballots",
            commands=(Command("ask", ask, manual), Command("quote", self.quote, manual)),
            private_taps={"ballot.open": opened, "ballot.cast": self.take},
            replies={"ballot": self.hear, "ballot.why": self.hear},
            boards={"ballot": self.face},
        )

    def face(self, _: Session, board: BoardRow) -> Message:
        vote = Button("Vote", "🗳️", action("ballot.open", board.group_id), private=True)
        return message(f"Shall we? {len(self.cast)} voted.").with_rows((vote,))

    def take(self, call: Call) -> Ack:
        member, group = voter(call), call.about[0]
        self.cast[member.account.name] = call.about[1]
        boards.touch(call.db, "ballot", int(group), call.now)
        why = message("Why? Tell me in your words.")
        say(call.db, call.chat, why, key=f"{call.key}:why", now=call.now, awaits=action("ballot.why", group))
        return Ack("Your ballot is in.")

    def hear(self, call: Call) -> None:
        assert call.quoted is not None
        name = voter(call).account.name
        self.words.append((call.chat.kind, name, call.text))
        say(call.db, call.chat, message(f"I heard: {call.text}"), key=f"{call.key}:heard", now=call.now)

    def quote(self, call: Call) -> None:
        call.answer(message(f"Quoted: {call.quoted.text if call.quoted else 'nothing'}"))


def manual(_: Voice) -> Manual:
    return Manual("", "for tests")


def ask(call: Call) -> None:
    boards.put_up(call.db, call.chat, "ballot", call.group.id, now=call.now, thread=call.event.origin.thread, pin=True)


def voter(call: Call) -> MemberRow:
    member = private.about_group(call, int(call.about[0]))
    if member is None or not roll.is_on(member):
        raise Refused("old button")
    return member


def opened(call: Call) -> None:
    group = voter(call).group_id
    rows = (
        Button("Yes", "👍", action("ballot.cast", group, "yes"), private=True),
        Button("No", "👎", action("ballot.cast", group, "no"), private=True),
    )
    call.answer(message("Your ballot, for you alone.").with_rows(rows))
