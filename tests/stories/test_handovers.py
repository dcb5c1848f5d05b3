"""A role is passed on with what the next one needs: notes that nobody but the successor sees."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest

from bot.chat import incoming as said
from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from models import EntryRow, HandoverRow
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform
from tests.support.seats import seat, standing

ANNA, BEN = ChatRef("telegram", "1001"), ChatRef("telegram", "1002")
NOTES = "The keys are with Dora\n- account 12-34, PIN in the safe\n\n• papers: blue folder"


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        made.says("Anna", "/start", ANNA, kind="private")
        yield made


def in_private(bot: Moot, name: str, chat: ChatRef, text: str, quoted: str = "") -> said.Ack | None:
    return bot.hand(said.Replied(bot.origin(name, chat, kind="private"), text, said.Quoted(quoted, mine=True)))


def secret(bot: Moot) -> list[str]:
    """All that was ever shown in the room about the notes."""
    return [text for text in bot.shows() if "Dora" in text or "PIN" in text]


def earliest(bot: Moot) -> datetime | None:
    """What the sweeper is woken for."""
    bot.database.transact(bot.app.horizon.look, bot.app.routes.sweeps)
    return bot.app.horizon.next_due


def test_notes_are_kept_for_the_successor_and_given_to_nobody_else(bot: Moot) -> None:
    bot.says("Ben", "/start", BEN, kind="private")
    first = seat(bot, "Anna", term="2 weeks", notice=[3])
    bot.later(days=11)
    assert bot.last(ANNA).text.startswith("Anna, what should whoever follows you as treasurer know, and have?")
    in_private(bot, "Anna", ANNA, NOTES)
    assert bot.last(ANNA).text == "Noted, 3 things for whoever follows as treasurer. Saying it again replaces them."
    bot.later(days=3)
    assert standing(bot, first).state == "ended"
    assert bot.row(HandoverRow).state == "noted"
    assert earliest(bot) != bot.row(HandoverRow).noted_at
    seat(bot, "Ben")
    assert earliest(bot) == bot.row(HandoverRow).noted_at  # so it is given at once
    bot.settle()
    assert earliest(bot) != bot.row(HandoverRow).noted_at
    given = bot.last(BEN)
    assert given.text.splitlines() == [
        "🤝 Anna has left this for you, as treasurer:",
        "• The keys are with Dora",
        "• account 12-34, PIN in the safe",
        "• papers: blue folder",
    ]
    assert bot.last().text == "🤝 Ben, Anna has left something for whoever follows as treasurer."
    assert bot.taps("Ben", "I have it all", given, BEN) == Ack("Thank you. The group sees that it is handed over.")
    assert bot.last().text == "🤝 Anna handed over to Ben: 3 things, confirmed."
    assert secret(bot) == []
    assert not any("Dora" in f"{entry.public}{entry.personal}" for entry in bot.rows(EntryRow))
    assert '"things":3' in bot.entries()[-1].public
    bot.later(days=1)
    assert len([text for text in bot.shows(BEN) if "🤝" in text]) == 1


def test_a_successor_who_never_spoke_to_the_bot_is_led_there(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks", notice=[3])
    bot.says("Anna", f"/handover treasurer {NOTES}", ANNA, kind="private")
    bot.later(days=14)
    seat(bot, "Ben")
    bot.settle()
    assert bot.last().labels == ["Read it"]
    row = bot.row(HandoverRow)
    for name, chat in (("Cleo", ChatRef("telegram", "1003")), ("Anna", ANNA)):
        bot.hand(said.LinkFollowed(bot.origin(name, chat, kind="private"), f"handover.read:{row.id}"))
        assert bot.last(chat).text == "This is for whoever follows in the role."
    bot.hand(said.LinkFollowed(bot.origin("Ben", BEN, kind="private"), f"handover.read:{row.id}"))
    assert "• papers: blue folder" in bot.last(BEN).text
    bot.taps("Ben", "I have it all", chat=BEN)
    again = bot.presses("Ben", f"handover.confirm:{row.id}")
    assert again is not None
    assert again.text == "It is confirmed already. Thank you."


def test_hand_over_asks_in_private_and_else_in_the_room(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="2 weeks", notice=[3])
    other = seat(bot, "Cleo", "cook", term="2 weeks", notice=[3])
    bot.later(days=11)
    assert bot.presses("Anna", f"term.pass:{mandate}") == Ack("I have written to you in private.")
    ack = bot.presses("Ben", f"term.pass:{mandate}")
    assert ack is not None
    assert ack.refused
    bot.presses("Cleo", f"term.pass:{other}")
    question = bot.last()
    assert question.text.startswith("Cleo, what should whoever follows you as cook know, and have?")
    bot.hand(said.Replied(bot.origin("Ben"), "I know", said.Quoted(question.id, mine=True)))
    bot.hand(said.Replied(bot.origin("Cleo"), "Recipes: shelf", said.Quoted(question.id, mine=True)))
    assert bot.row(HandoverRow).things == ["Recipes: shelf"]
    assert bot.last().text == "Noted, 1 thing for whoever follows as cook. Saying it again replaces it."


def test_notes_can_be_replaced_and_taken_back(bot: Moot) -> None:
    seat(bot, "Anna")
    bot.says("Anna", "/handover The keys")
    bot.says("Anna", "/handover treasurer: The keys\nThe cat")
    assert bot.row(HandoverRow).things == ["The keys", "The cat"]
    bot.says("Anna", "/handover treasurer nothing")
    assert bot.rows(HandoverRow) == []


def test_a_colleague_is_given_nothing_and_the_next_after_one_who_gave_up_is(bot: Moot) -> None:
    seat(bot, "Anna", seats=2, term="2 weeks", notice=[])
    bot.later(days=1)
    colleague = seat(bot, "Ben")
    bot.says("Anna", "/handover The keys")
    bot.settle()
    assert bot.row(HandoverRow).state == "noted"
    bot.says("Anna", "/resign")
    bot.settle()
    assert bot.row(HandoverRow).receiver_id == colleague
    bot.says("Ben", "/resign")
    third = seat(bot, "Cleo")
    bot.settle()
    assert (bot.row(HandoverRow).receiver_id, bot.row(HandoverRow).state) == (third, "given")


def test_whoever_has_ended_may_still_hand_over_for_a_while(bot: Moot) -> None:
    seat(bot, "Anna", term="2 weeks", notice=[])
    bot.later(days=20)
    bot.says("Anna", "/handover The keys")
    bot.later(days=30)
    ack = bot.says("Anna", "/handover The cat")
    assert ack is not None
    assert ack.text.startswith("You hold no mandate, and none of yours has ended lately")
    assert bot.row(HandoverRow).things == ["The keys"]


def test_what_cannot_be_handed_over(bot: Moot) -> None:
    seat(bot, "Anna")
    seat(bot, "Anna", "cook")
    for text, words in {
        "/handover The keys": "Which role is it about? You serve, or served, as ",
        "/handover cook " + "x\n" * 31: "That is more than 30 things.",
        "/handover cook -": "There are characters in this that I cannot keep.",
    }.items():
        ack = bot.says("Anna", text)
        assert ack is not None, text
        assert ack.text.startswith(words), ack.text
    ack = bot.says("Ben", "/handover cook The keys")
    assert ack is not None
    assert ack.refused
    assert bot.rows(HandoverRow) == []
    for data in ("handover.confirm:1", "handover.read:1", "handover.confirm", "handover.confirm:x", "term.pass:99"):
        ack = bot.presses("Ben", data)
        assert ack is None or ack.refused


def test_the_same_role_in_two_groups(bot: Moot) -> None:
    seat(bot, "Anna")
    bot.group = ChatRef("telegram", "-100999")
    bot.says("Anna", "/join")
    seat(bot, "Anna")
    bot.says("Anna", "/handover treasurer The keys", ANNA, kind="private")
    assert bot.last(ANNA).text.startswith("You have this role in several groups.")
    bot.says("Anna", "/handover treasurer The keys")
    assert bot.row(HandoverRow).group_id == 2
