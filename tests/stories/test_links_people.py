"""Two accounts of one person: from the link on they count once, and they can part again."""

import re
from contextlib import closing

import pytest

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from models import AccountRow, BallotRow, MemberRow, ObjectionRow, PersonLinkRow, RoundRow, StanceRow, TicketRow
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

MATRIX = ChatRef("matrix", "!room")
HOME, AWAY = ChatRef("telegram", "ben-alone"), ChatRef("matrix", "!ben-alone")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    """Ben is in the Telegram room, and as Ben too in the Matrix room of the same group; Anna and Cleo are there as well."""
    made = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(made, "Anna", "Ben", "Cleo")
    made.says("Ben", "/who", MATRIX)
    made.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    made.says("Ben", "/join", MATRIX)
    return made


def alone(bot: Moot, chat: ChatRef, words: str, name: str = "Ben") -> Ack | None:
    return bot.says(name, words, chat, kind="private", chat_title="")


def code(bot: Moot) -> str:
    alone(bot, HOME, "/link")
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", bot.last(HOME).text)
    assert found
    return found[0]


def link(bot: Moot) -> Ack | None:
    """The Telegram account gives the code, the Matrix account brings it."""
    ack = alone(bot, AWAY, f"/link {code(bot)}")
    bot.settle()
    return ack


def told(bot: Moot) -> str:
    return next(text for text in reversed(bot.shows()) if "one person" in text)


def test_one_place_on_the_roll_and_everybody_is_told(bot: Moot) -> None:
    link(bot)
    assert bot.last(AWAY).text.startswith("This account and Ben (Telegram) are one person from now on and count once.")
    assert bot.last(HOME).text.startswith("This account and Ben (Matrix) are one person from now on and count once.")
    for text in (told(bot), bot.last(MATRIX).text):
        assert text == "Ben (Matrix) and Ben (Telegram) are one person, who counts once from now on."
    bot.says("Anna", "/who")
    assert "3 names: Anna, Ben, and Cleo" in bot.last().text


def test_who_is_linked_votes_once_whichever_way(bot: Moot) -> None:
    link(bot)
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.taps("Ben", "Consent")
    bot.taps("Ben", "Stand aside", chat=MATRIX)
    bot.settle()
    board = bot.seen("📜").text
    assert "Spoken: 1 of 3" in board
    assert "Stand aside, 1: Ben" in board


@pytest.mark.parametrize(
    ("words", "start"), [("/propose We buy a dishwasher for 1 day", "📜"), ("/poll Lunch? | Soup | Salad", "📊")]
)
def test_who_share_a_name_are_shown_as_two_until_they_are_linked(bot: Moot, words: str, start: str) -> None:
    """Whoever facilitates is told in each room what to do about it."""
    bot.says("Anna", words)
    bot.settle()
    told = "The same name, counted as different people: Ben (Telegram) and Ben (Matrix). Ask them whether they are one person: "
    for chat, command in ((bot.group, "/link"), (MATRIX, "!link")):
        board = next(text for text in bot.shows(chat) if text.startswith(start))
        assert f"⚠️ {told}{command}, in a private chat with me, makes them one." in board
    link(bot)
    assert not [text for chat in (bot.group, MATRIX) for text in bot.shows(chat) if "The same name" in text]


def test_of_two_stances_the_one_of_who_gave_the_code_stands(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.taps("Ben", "Consent")
    bot.taps("Ben", "Stand aside", chat=MATRIX)
    link(bot)
    assert "In D-1 both had answered: the answer of Ben (Telegram) stands" in told(bot)
    board = bot.seen("📜").text
    assert "Spoken: 1 of 3" in board
    assert "✅ Consent, 1: Ben" in board
    round_ = bot.row(RoundRow)
    assert (round_.received, round_.replaced, round_.refused, len(bot.rows(StanceRow))) == (2, 1, 0, 1)


def test_an_objection_stands_whoever_made_it(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.taps("Ben", "Consent")
    bot.taps("Ben", "Object", chat=MATRIX)
    bot.says("Ben", "/object It is too loud", MATRIX)
    link(bot)
    assert bot.row(StanceRow).stance == "object"
    assert bot.row(ObjectionRow).member_id == bot.row(StanceRow).member_id
    bot.later(days=2)
    assert "Ben: It is too loud" in bot.seen("✋ D-1 is blocked").text
    assert "received 2 = counted 1 + replaced 1" in bot.seen("✋ D-1 is blocked").text


def test_two_objections_become_one_with_both_reasons(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.says("Ben", "/object It is too loud", MATRIX)
    bot.says("Ben", "/object It costs too much")
    link(bot)
    assert [row.reason for row in bot.rows(ObjectionRow, state="open")] == ["It costs too much / It is too loud"]


def test_nobody_helps_to_set_aside_their_own_objection(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.says("Ben", "/object It is too loud")
    bot.taps("Anna", "Ask to set aside")
    bot.taps("Ben", "Consent", chat=MATRIX)
    aside = bot.rows(RoundRow)[-1]
    assert len(bot.rows(StanceRow, round_id=aside.id)) == 1
    link(bot)
    assert bot.rows(StanceRow, round_id=aside.id) == []
    assert bot.rows(RoundRow)[-1].replaced == 1


def test_a_single_answer_changes_hands(bot: Moot) -> None:
    bot.says("Anna", "/propose We buy a dishwasher for 1 day")
    bot.says("Anna", "/poll Lunch? | Soup | Salad")
    bot.taps("Ben", "Consent", chat=MATRIX)
    bot.taps("Ben", "Soup", chat=MATRIX)
    link(bot)
    assert "both had answered" not in told(bot)
    ben = bot.rows(MemberRow)[1].id
    assert bot.row(StanceRow).member_id == bot.row(BallotRow).member_id == ben
    assert "1 of 3" in bot.seen("📊").text


def test_two_secret_ballots_refuse_the_link_as_a_whole(bot: Moot) -> None:
    enrol(bot, "Dana")
    bot.says("Anna", "/poll Who? | Ira | Jo | secret")
    bot.change("INSERT INTO ballots (poll_id, member_id, group_id) SELECT 1, id, 1 FROM members WHERE account_id IN (2, 4)")
    before = bot.rows(AccountRow)[3].person_id
    ack = link(bot)
    assert ack is not None
    assert ack.text.startswith("Both accounts have voted in D-1, which is secret")
    assert bot.rows(AccountRow)[3].person_id == before
    assert bot.rows(PersonLinkRow) == []


def test_of_two_tickets_one_counts_and_the_pool_stays_as_published(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator 4")
    link(bot)
    bot.later(seconds=30)
    answers = {row.label: row.answer for row in bot.rows(TicketRow)}
    assert len(answers) == 4
    assert answers["mx:1002"] == "left"
    assert [answer for label, answer in answers.items() if label != "mx:1002"] == ["offered"] * 3
    assert "In the hat: " in bot.seen("🎩 D-1").text


@pytest.mark.parametrize("seed", ["story", "other", "third", "fourth"])
def test_a_seat_that_either_account_has_accepted_is_kept(moot: MakeMoot, seed: str) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()], seed=seed)
    enrol(bot, "Ben")
    bot.says("Ben", "/who", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.says("Ben", "/join", MATRIX)
    bot.says("Ben", "/draw facilitator")
    bot.later(seconds=30)
    drawn = next(row.label for row in bot.rows(TicketRow) if row.answer == "offered")
    bot.taps("Ben", "Accept", chat=MATRIX if drawn.startswith("mx") else None)
    link(bot)
    accepted = bot.row(TicketRow, answer="accepted")
    assert accepted.label == drawn
    assert accepted.member_id == 1
    assert bot.row(TicketRow, answer="reserve").member_id == 2


def test_a_seat_offered_to_both_is_offered_once(bot: Moot) -> None:
    bot.says("Anna", "/draw facilitator 4")
    bot.later(seconds=30)
    link(bot)
    assert sorted(row.answer for row in bot.rows(TicketRow)) == ["left", "offered", "offered", "offered"]
    assert any("Nobody else is left" in text or "nobody is left in the order" in text for text in bot.shows())


def test_a_membership_that_only_the_new_account_has_goes_to_the_person(bot: Moot) -> None:
    other = ChatRef("matrix", "!other")
    bot.says("Ben", "/join", other)
    link(bot)
    assert bot.row(MemberRow, group_id=3).person_id == bot.rows(MemberRow)[1].person_id
    alone(bot, AWAY, "/unlink")
    assert bot.row(MemberRow, group_id=3).person_id == bot.rows(AccountRow)[3].person_id


def test_unlink_makes_two_people_again(bot: Moot) -> None:
    link(bot)
    ack = alone(bot, HOME, "/unlink")
    assert ack is not None
    assert ack.text == "The code was brought by another account. Say unlink in the private chat of Ben (Matrix)."
    alone(bot, AWAY, "/unlink")
    bot.settle()
    assert bot.last().text == "Ben (Matrix) and Ben (Telegram) count as two people again."
    assert bot.row(PersonLinkRow).ended_at is not None
    bot.says("Ben", "/join", MATRIX)
    bot.says("Anna", "/who")
    assert "4 names" in bot.last().text
    assert "Ben (Telegram)" in bot.last().text


def test_a_change_of_a_role_is_the_persons(bot: Moot) -> None:
    bot.says("Ben", "/role cook for lunch", MATRIX)
    bot.says("Ben", "/role cook seats 2", MATRIX)
    link(bot)
    assert refused(bot.says("Ben", "/object D-2")) == "You put this yourself. /withdraw D-2 takes it back."
    bot.says("Ben", "/withdraw D-2")
    assert bot.last().text == "D-2 is taken back; the role stays as it was."


def test_links_that_make_no_sense(bot: Moot) -> None:
    assert refused(alone(bot, HOME, f"/link {code(bot)}")).startswith("This code was given to this very account.")
    assert refused(bot.says("Ben", f"/link {code(bot)}", MATRIX)).startswith("This code is for an account.")
    bot.says("Anna", "/link")
    room = bot.last().text.split()[5]
    assert refused(alone(bot, AWAY, f"/link {room}")).startswith("This code is for a room.")
    assert refused(alone(bot, AWAY, "/unlink")).startswith("This account is linked to no other one.")
    link(bot)
    assert refused(link(bot)).startswith("These accounts are one person already.")
    for chat, words in ((AWAY, "This account is linked to another one."), (HOME, "Another account is linked to this one.")):
        alone(bot, ChatRef("telegram", "cleo-alone"), "/link", "Cleo")
        hers = bot.last(ChatRef("telegram", "cleo-alone")).text.split()[5]
        assert refused(alone(bot, chat, f"/link {hers}")).startswith(words)
    assert len(bot.rows(PersonLinkRow)) == 1


def refused(ack: Ack | None) -> str:
    assert ack is not None
    assert ack.refused
    return ack.text


def test_both_databases_tell_the_same_story(sqlite_house: str, postgres_house: str) -> None:
    told = []
    for url in (sqlite_house, postgres_house):
        with closing(Moot(url, platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])) as bot:
            enrol(bot, "Anna", "Ben")
            bot.says("Ben", "/who", MATRIX)
            bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
            bot.says("Ben", "/join", MATRIX)
            bot.says("Anna", "/draw facilitator")
            bot.later(seconds=30)
            bot.says("Anna", "/propose We buy a dishwasher for 1 day")
            bot.taps("Ben", "Consent")
            bot.taps("Ben", "Object", chat=MATRIX)
            link(bot)
            alone(bot, AWAY, "/unlink")
            told.append((bot.shows(), bot.shows(MATRIX), bot.shows(HOME), [row.public for row in bot.entries()]))
    assert told[0] == told[1]
    assert "In D-2 both had answered" in str(told[0])


def test_of_two_rests_the_longer_one_goes_on(bot: Moot) -> None:
    bot.says("Ben", "/rest 1 week")
    bot.says("Ben", "/rest 2 weeks", MATRIX)
    link(bot)
    bot.later(days=10)
    bot.says("Anna", "/who")
    assert "3 names: Anna, Ben, and Cleo. 1 of them is resting." in bot.last().text
