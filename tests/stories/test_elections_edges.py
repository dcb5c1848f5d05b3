"""Elections at their edges: bad input, forged presses, linked accounts, leavers, outages."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.incoming import CommandSent, KeyPressed, Quoted, Replied
from bot.chat.refs import ChatRef
from models import ElectionRow, NominationRow
from tests.support.booth import booth, writes
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like
from tests.support.voting import PEOPLE, all_name, alone, asked, consents, names, refusal

MATRIX = ChatRef("matrix", "!room")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, *PEOPLE)
    made.says("Anna", "/nominate facilitator for 3 months within 2 days")
    return made


@pytest.fixture(scope="module")
def unmoved(lasting_house: str) -> Iterator[Moot]:
    """The same, for all tests of this module that change nothing."""
    with closing(Moot(lasting_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        made.says("Anna", "/nominate facilitator for 3 months within 2 days")
        yield made


def board(bot: Moot) -> str:
    return bot.seen("🪶 D-1: nominations").text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/nominate", "For which role?"),
        ("/nominate " + " " * 4000, "For which role?"),
        ("/nominate \u202e\u2066", "For which role?"),
        ("/nominate " + "x" * 65, "This name for a role is too long."),
        ("/nominate treasurer for 99 years", "A mandate lasts between an hour and two years."),
        ("/nominate treasurer until yesterday", "past"),
        ("/nominate treasurer within 100 days", "That is too long: 30 days at most."),
        ("/nominate treasurer within 2 seconds", "Naming somebody takes between 1 minute and 30 days."),
        ("/nominate Facilitator", "Somebody is being chosen for this role already: D-1."),
        ("/nominate D-7 Ben because", "There is no D-7 here"),
        ("/nominate D-1 Ben because he listens", "everybody names somebody in private first"),
        ("/nominate \0", "There are characters in this that I cannot keep."),
        ("/settings nominations 2 seconds", "Naming somebody takes between"),
        ("/settings nominations soon", "I cannot read"),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_what_cannot_be_opened(unmoved: Moot, text: str, answer: str) -> None:
    before = unmoved.dump()
    unmoved.says("Anna", text)
    assert answer in unmoved.last().text
    assert unmoved.dump() == before


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Ben", "Whom, and why?"),
        ("Ben because", "Whom, and why?"),
        ("Ben \u200b", "Whom, and why?"),
        ("me", "Whom, and why?"),
        ("Zoe because she is calm", "I know nobody here called “Zoe”"),
        ("@nobody because calm", "I know nobody here called “@nobody”"),
        ("Ben because " + "x" * 301, "a reason has room for 300 characters"),
        ("Ben \0", "There are characters in this that I cannot keep."),
        ("x" * 9000, "This is too long for me."),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_whom_nobody_can_be_sure_of(unmoved: Moot, words: str, answer: str) -> None:
    asked(unmoved, "Anna")
    before = unmoved.dump()
    writes(unmoved, "Anna", words)
    assert answer in unmoved.last(booth(unmoved, "Anna")).text
    assert unmoved.dump() == before


def test_nothing_of_a_nomination_is_said_in_the_room_before_all_is_shown(bot: Moot) -> None:
    names(bot, "Anna", "Ben because he is <b>unflappable</b> @room")
    assert not [text for text in bot.shows() if "unflappable" in text]
    bot.taps("Anna", "Show nominations")
    assert "• Anna names Ben: he is <b>unflappable</b> @room" in board(bot)


NAMING_FORGED = ("elections.show", "elections.show:0", "elections.show:١", "elections.show:1:1", "elections.nominate:99")
CHOOSING_FORGED = (
    *("elections.choose:1", "elections.choose:1:3", "elections.choose:1:999", "elections.choose:99:2"),
    *("elections.stop:x", "elections.stop:1:1", "elections.show:1"),
)


def test_forged_presses_do_nothing(bot: Moot) -> None:
    names(bot, "Ben", "Dana because of her time")
    before = bot.dump()
    for data in (*NAMING_FORGED, *CHOOSING_FORGED[:-1]):
        refusal(bot.presses("Anna", data))
    assert bot.dump() == before
    bot.taps("Anna", "Show nominations")
    before = bot.dump()
    for data in (*NAMING_FORGED, *CHOOSING_FORGED):
        refusal(bot.presses("Anna", data))
    assert bot.dump() == before


def test_another_groups_buttons_do_nothing(bot: Moot) -> None:
    other = ChatRef("telegram", "-555")
    bot.says("Zoe", "/join", other)
    all_name(bot)
    for data in ("elections.stop:1", "elections.choose:1:2", "elections.show:1"):
        assert "This button no longer does anything." in refusal(bot.presses("Zoe", data, other))
    assert "is for those who had joined" in asked(bot, "Zoe")
    assert bot.row(ElectionRow).state == "changing"


def test_who_joins_later_cannot_name_but_can_be_named(bot: Moot) -> None:
    enrol(bot, "Eli")
    assert "D-1 is for those who had joined when it was opened." in asked(bot, "Eli")
    assert "There is no election in which you can name somebody now." in alone(bot, "Eli", "/nominate Ben because")
    assert "you name Eli: new eyes" in names(bot, "Anna", "Eli because new eyes")


def test_several_elections_and_several_groups_in_one_private_chat(bot: Moot) -> None:
    bot.says("Anna", "/nominate note-taker")
    assert "There are several: D-1 and D-2." in alone(bot, "Anna", "/nominate Ben because he listens")
    assert "Noted in D-2: you name Ben" in alone(bot, "Anna", "/nominate D-2 Ben because he listens")
    other = ChatRef("telegram", "-555")
    for text in ("/join", "/nominate cook"):
        bot.says("Anna", text, other)
    assert "There are several: D-1." in alone(bot, "Anna", "/nominate D-1 Ben because he listens")
    assert "Noted in D-1: you name Anna: I can cook" in names(bot, "Anna", "me, I can cook", election=3)
    assert bot.row(ElectionRow, id=3).state == "changing"


def test_two_people_of_one_name(bot: Moot) -> None:
    bot.people["Other Ben"] = "2002"
    bot.hand(CommandSent(replace(bot.origin("Other Ben"), name="Ben"), "join"))
    asked(bot, "Anna")
    writes(bot, "Anna", "Ben because he listens")
    assert "There are several: Ben (Telegram, 1002) and Ben (Telegram, 2002)." in bot.last(booth(bot, "Anna")).text
    assert "Ben (Telegram, 2002): he listens" in names(bot, "Anna", "Ben (Telegram, 2002) because he listens")


def test_who_is_resting_or_has_left_is_not_waited_for(bot: Moot) -> None:
    bot.says("Dana", "/rest 3 weeks")
    bot.walks_out("Cleo")
    names(bot, "Anna", "Cleo because she is calm")
    names(bot, "Ben", "Anna because she knows the house")
    assert bot.row(ElectionRow).state == "naming"
    assert "Cleo is not on the roll." in bot.last(booth(bot, "Anna")).text
    names(bot, "Anna", "Ben because he listens")
    assert bot.row(ElectionRow).state == "changing"


def test_somebody_named_leaves(bot: Moot) -> None:
    all_name(bot)
    bot.walks_out("Ben")
    bot.says("Anna", "/nominate D-1 Cleo because Ben is away")
    assert "Ben has left the roll" in board(bot)
    assert "Ben (1)" not in bot.seen("🪶 D-1: nom").labels
    assert "Ben is not on the roll." in refusal(bot.presses("Anna", "elections.choose:1:2"))
    bot.taps("Anna", "Cleo (2)")
    bot.walks_out("Cleo")
    consents(bot, "Anna", "Dana")
    assert "Cleo cannot be asked any more, so D-1 goes on." in bot.last().text


def test_two_linked_accounts_name_once(moot: MakeMoot) -> None:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(made, "Anna", "Ben", "Cleo")
    made.says("Ben", "/who", MATRIX)
    made.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    made.says("Ben", "/join", MATRIX)
    made.says("Anna", "/nominate facilitator")
    names(made, "Ben", "Cleo because she is calm")
    away = ChatRef("matrix", "!ben-alone")
    made.says("Ben", "/nominate D-1 Anna because she is quick", away, kind="private", chat_title="")
    names(made, "Anna", "Ben (Matrix) because he listens")
    assert len(made.rows(NominationRow)) == 3
    made.says("Ben", "/link", booth(made, "Ben"), kind="private", chat_title="")
    code = next(word for word in made.last(booth(made, "Ben")).text.split() if len(word) == 9 and word[4] == "-")
    made.says("Ben", f"/link {code}", away, kind="private", chat_title="")
    made.settle()
    assert "D-1" in next(text for text in reversed(made.shows()) if "one person" in text)
    assert "2 of 3 have named somebody: Anna and Ben" in made.seen("🪶 D-1").text
    names(made, "Cleo", "Ben because he listens")
    assert "Named: Ben 2 and Cleo 1." in board(made)


def test_in_two_rooms_on_two_platforms(moot: MakeMoot) -> None:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(made, *PEOPLE)
    made.says("Mia", "/who", MATRIX)
    made.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    made.says("Mia", "/join", MATRIX)
    made.says("Anna", "/nominate facilitator", thread="7")
    made.hand(KeyPressed(made.origin("Mia", MATRIX), "🤫", made.last(MATRIX).id))
    talk = next(ChatRef("matrix", chat) for chat in made.platform("matrix").chats if chat != MATRIX.id)
    question = Quoted(made.last(talk).id, mine=True)
    made.hand(Replied(made.origin("Mia", talk, kind="private"), "Ben because he listens", question))
    assert "Noted in D-1: you name Ben" in made.last(talk).text
    all_name(made)
    made.later(days=1, seconds=1)
    made.hand(KeyPressed(made.origin("Mia", MATRIX), "1️⃣", made.last(MATRIX).id))
    assert "> Ben serves as facilitator for 3 months." in made.last(MATRIX).text
    assert [standing.thread for standing in made.room[-3:]] == ["7", "7", "7"]


def test_an_outage_gives_time_back(moot: MakeMoot) -> None:
    """Telegram forgets presses: the end that fell into the outage is moved, and the room is told."""
    bot = moot()
    enrol(bot, *PEOPLE)
    bot.says("Anna", "/nominate facilitator within 2 hours")
    names(bot, "Anna", "Ben because he listens")
    bot.restart(hours=3)
    assert bot.row(ElectionRow).state == "naming"
    assert any(text.startswith("I was away from") for text in bot.shows())
    assert bot.row(ElectionRow).ends_at == bot.clock.now() + timedelta(hours=2)


def test_it_stands_in_the_calendar(bot: Moot) -> None:
    bot.says("Anna", "/calendar")
    file = bot.last().message.attachments[0].content.decode()
    assert "D-1: nominations for facilitator are shown" in file.replace("\r\n ", "")


def test_many_nominations_are_folded_and_all_stand_in_a_file(bot: Moot) -> None:
    long = "word " * 58
    all_name(bot, {name: f"{PEOPLE[-1 - n]} because {long}" for n, name in enumerate(PEOPLE)})
    assert attached(bot) == []
    enrol(bot, "Eli", "Fay", "Gus", "Hal")
    bot.says("Anna", "/nominate cook")
    for name in (*PEOPLE, "Eli", "Fay", "Gus", "Hal"):
        names(bot, name, f"{name} because {long}", election=2)
    board = bot.seen("🪶 D-2: nominations")
    assert "3 more stand in the file." in board.text
    assert len(board.labels) == 10
    (file,) = attached(bot)
    assert file.count(" names ") == 8


def attached(bot: Moot) -> list[str]:
    return [a.content.decode() for standing in bot.room for a in standing.message.attachments if "nominations" in a.name]


def test_in_spanish(bot: Moot) -> None:
    bot.says("Anna", "/settings language es")
    bot.says("Anna", "/nominate cocina durante 2 semanas plazo 3 días")
    assert "Durante 2 semanas." in bot.seen("🪶 D-2: ¿quién asume el cargo de cocina?").text
    assert "nombras a Ben: escucha" in names(bot, "Anna", "Ben porque escucha", election=2)
    assert "nombras a Anna: me gusta" in names(bot, "Anna", "yo porque me gusta", election=2)
