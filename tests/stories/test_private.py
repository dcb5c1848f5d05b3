"""Private chats: who is led there, who is not, and that nobody else sees what is said."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from bot.chat.action import action
from bot.chat.message import message
from bot.chat.refs import ChatRef
from bot.commons import private, roll
from bot.delivery import boards
from bot.delivery.outbox import say
from bot.features import FEATURES
from models import AccountRow, BoardRow, ChatRow, MemberRow, PromiseRow
from tests.support.ballots import Ballots
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform, Standing, matrix_like

ANNA = ChatRef("telegram", "1001")
BALLOT = "Your ballot, for you alone."
OLD = "This button no longer does anything. Look for the newest message about it."


@pytest.fixture
def ballots() -> Ballots:
    return Ballots()


@pytest.fixture
def bot(either_house: str, ballots: Ballots) -> Iterator[Moot]:
    """On Telegram, where people have to speak first; Anna is on the roll."""
    with closing(asked(Moot(either_house, features=(*FEATURES, ballots.feature)))) as made:
        yield made


@pytest.fixture
def matrix(either_house: str, ballots: Ballots) -> Iterator[Moot]:
    with closing(asked(Moot(either_house, [matrix_like()], features=(*FEATURES, ballots.feature)))) as made:
        yield made


def asked(bot: Moot) -> Moot:
    enrol(bot, "Anna")
    bot.says("Anna", "/ask")
    return bot


def follows(bot: Moot, name: str, data: str) -> None:
    own = ChatRef("telegram", bot.person(name).id)
    bot.hand(said.LinkFollowed(bot.origin(name, own, kind="private"), data))


def reacts(bot: Moot, name: str, label: str) -> None:
    key = next(b.emoji for b in bot.last().message.buttons if b.label == label)
    bot.hand(said.KeyPressed(bot.origin(name), key, bot.last().id))


def talk(bot: Moot, name: str = "Anna") -> list[Standing]:
    """What the bot says to this person alone, on Matrix."""
    return bot.room_of(ChatRef("matrix", f"!talk-with-{bot.person(name).id}"))


# Telegram


def test_a_link_leads_into_private(bot: Moot, ballots: Ballots) -> None:
    follows(bot, "Anna", bot.button("Vote"))
    assert bot.shows(ANNA) == [BALLOT]
    ack = bot.taps("Anna", "Yes", chat=ANNA)
    assert ack is not None
    assert (ack.text, ballots.cast) == ("Your ballot is in.", {"Anna": "yes"})
    assert bot.last().text == "Shall we? 1 voted."


@pytest.mark.parametrize("data", ["ballot.open:999999", "ballot.cast:1:yes", "lots.shake:1", "roll.join:1", "nothing:1"])
def test_a_link_that_somebody_wrote_changes_nothing(bot: Moot, ballots: Ballots, data: str) -> None:
    follows(bot, "Mallory", "ballot.open:1")
    before = bot.dump()
    follows(bot, "Mallory", data)
    assert bot.shows(ChatRef("telegram", bot.person("Mallory").id)) == [OLD, OLD]
    assert (bot.dump(), ballots.cast) == (before, {})


def test_a_press_that_was_forged_in_the_room_is_answered_in_private(bot: Moot, ballots: Ballots) -> None:
    ack = bot.presses("Anna", bot.button("Vote"))
    assert ack is not None
    assert (ack.refused, "open a chat" in ack.text.lower()) == (True, True)
    bot.says("Anna", "/help draw", ANNA, kind="private")
    assert bot.presses("Anna", "ballot.cast:1:no") is None
    assert [text for text in bot.shows() if "ballot" in text or "Why" in text] == []
    assert bot.shows(ANNA)[1:] == ["Why? Tell me in your words.", "Your ballot is in."]


def test_there_the_bot_may_write_only_once_they_have_spoken_and_not_once_they_blocked_it(bot: Moot) -> None:
    assert room_of(bot) is None
    bot.says("Anna", "/start", ANNA, kind="private")
    assert room_of(bot) == ANNA
    bot.hand(said.BotRemoved(bot.origin("Anna", ANNA, kind="private")))
    assert room_of(bot) is None


def room_of(bot: Moot) -> ChatRef | None:
    with bot.database.transaction() as db:
        chat = private.room_of(db, db.query(MemberRow).one(), bot.clock.now())
        return ChatRef(chat.platform, chat.ref) if chat else None


# Matrix


def test_a_reaction_leads_into_a_chat_that_the_bot_opens_once(matrix: Moot, ballots: Ballots) -> None:
    for _ in range(2):
        reacts(matrix, "Anna", "Vote")
    assert [each.text for each in talk(matrix)] == [BALLOT] * 2
    private_chat = matrix.row(ChatRow, kind="private")
    assert (private_chat.ref, private_chat.person_ref) == ("!talk-with-1001", "1001")
    matrix.restart(hours=1)
    reacts(matrix, "Anna", "Vote")
    assert len(talk(matrix)) == 3
    assert matrix.acks == []


def test_a_refusal_is_told_in_private_too(matrix: Moot, ballots: Ballots) -> None:
    before = matrix.shows()
    reacts(matrix, "Ben", "Vote")
    assert [each.text for each in talk(matrix, "Ben")] == [OLD]
    assert (matrix.shows(), ballots.cast) == (before, {})


def test_who_left_the_chat_is_not_written_to_until_they_press_again(matrix: Moot) -> None:
    reacts(matrix, "Anna", "Vote")
    chat = ChatRef("matrix", "!talk-with-1001")
    matrix.hand(said.MemberLeft(matrix.origin("Anna", chat, kind="private")))
    assert room_of(matrix) is None
    reacts(matrix, "Anna", "Vote")
    assert room_of(matrix) is not None
    assert talk(matrix)[-1].text == BALLOT


def test_what_was_promised_to_a_chat_that_turned_out_to_be_the_same_is_kept(matrix: Moot) -> None:
    """The platform tells of the new chat before its opening has been noted."""
    own = ChatRef("matrix", "!talk-with-1001")
    matrix.hear(matrix.received(said.KeyPressed(matrix.origin("Anna"), "🗳️", matrix.last().id)))
    matrix.hear(matrix.received(said.CommandSent(matrix.origin("Anna", own, kind="private"), "help", "nonsense")))
    matrix.settle()
    texts = [each.text for each in talk(matrix)]
    assert BALLOT in texts
    assert any("I know no command nonsense" in text for text in texts)
    assert {row.state for row in matrix.rows(PromiseRow)} == {"sent"}


def test_an_answer_in_a_native_poll_names_its_button(matrix: Moot) -> None:
    for key in ("ballot.open:99", "nothing", matrix.button("Vote")):
        matrix.hand(said.KeyPressed(matrix.origin("Anna"), key, matrix.last().id))
    assert [each.text for each in talk(matrix)] == [BALLOT]


# both


def test_the_account_under_which_somebody_acts_is_written_to_first(either_house: str, ballots: Ballots) -> None:
    with closing(Moot(either_house, [FakePlatform(), matrix_like()], features=(*FEATURES, ballots.feature))) as bot:
        enrol(bot, "Anna")
        with bot.database.transaction() as db:
            person = db.query(AccountRow).one().person_id
            db.add(AccountRow(platform="matrix", ref="@anna:hs", name="Anna", person_id=person))
        assert room_of(bot) == ChatRef("matrix", "dm:@anna:hs")
        bot.says("Anna", "/start", ANNA, kind="private")
        assert room_of(bot) == ANNA


def test_words_in_private_go_to_the_newest_message_that_asks_for_some(bot: Moot, ballots: Ballots) -> None:
    follows(bot, "Anna", bot.button("Vote"))
    origin = bot.origin("Anna", ANNA, kind="private")
    bot.hand(said.Replied(origin, "Nobody asked yet.", said.Quoted("", mine=True)))
    bot.taps("Anna", "No", chat=ANNA)
    bot.says("Anna", "/help draw", ANNA, kind="private")
    for quoted in ("", bot.room_of(ANNA)[1].id, "99"):
        origin = bot.origin("Anna", ANNA, kind="private")
        bot.hand(said.Replied(origin, f"Because {quoted}", said.Quoted(quoted, mine=True)))
    assert [words for _, _, words in ballots.words] == ["Because", f"Because {bot.room_of(ANNA)[1].id}"]


def test_a_board_is_pinned_and_pinned_again_when_it_is_put_up_anew(bot: Moot) -> None:
    assert [each.pinned for each in bot.room if each.text.startswith("Shall we?")] == [True]
    with bot.database.transaction() as db:
        boards.put_up_anew(db, db.query(BoardRow).filter_by(kind="ballot").one(), bot.clock.now())
    bot.settle()
    assert [each.pinned for each in bot.room if each.text.startswith("Shall we?")] == [True, True]


def test_only_the_first_part_of_long_words_is_pinned_and_all_of_them_await_an_answer(bot: Moot, ballots: Ballots) -> None:
    with bot.database.transaction() as db:
        chat = db.query(ChatRow).filter_by(kind="group").one()
        long = message(*["x" * 3_000] * 2)
        say(db, chat, long, key="long", now=bot.clock.now(), pin=True, awaits=action("ballot.why", chat.group_id or 0))
    bot.settle()
    parts = bot.room[-2:]
    assert [each.pinned for each in parts] == [True, False]
    for part in parts:
        bot.hand(said.Replied(bot.origin("Anna"), part.id, said.Quoted(part.id, mine=True)))
    assert len(ballots.words) == 2


def test_a_board_may_stand_in_private_and_knows_its_group(bot: Moot) -> None:
    bot.says("Anna", "/start", ANNA, kind="private")
    with bot.database.transaction() as db:
        member = db.query(MemberRow).one()
        chat = private.room_of(db, member, bot.clock.now())
        assert chat is not None
        boards.put_up(db, chat, "ballot", 77, now=bot.clock.now(), group_id=member.group_id)
        assert roll.is_on(member)
    bot.settle()
    assert bot.last(ANNA).text == "Shall we? 0 voted."
