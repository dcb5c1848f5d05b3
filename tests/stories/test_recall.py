"""A recall from its opening to its end: supported, answered, decided by the others; or not."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat import incoming as said
from models import EntryRow, MandateRow, ProposalRow, RecallRow, SupportRow
from tests.support import booth
from tests.support.moot import Moot, enrol
from tests.support.recalls import OTHERS, anna_serves, board, consenting, mandate, recall, replies, supported, time_is_up
from tests.support.room import FakePlatform


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        yield made


@pytest.fixture
def both(house: str) -> Iterator[Moot]:
    """On each database in each run."""
    with closing(Moot(house, [FakePlatform(keeps_taps_for=None)])) as made:
        yield made


def entries(bot: Moot, kind: str) -> list[EntryRow]:
    return [entry for entry in bot.entries() if json.loads(entry.public)["kind"] == kind]


def test_the_group_ends_a_mandate_early(both: Moot) -> None:
    anna_serves(both)
    ack = supported(both, "Cleo")
    assert ack == said.Ack("You support it. The button beside takes that back.")
    told = board(both)
    assert told.text.startswith("⚖️ D-1: Ben asks that the mandate of Anna as treasurer ends now.")
    assert "The reason given:\n> the books are closed to us" in told.text
    assert "Supported by 2 of the 3 that it takes: Ben and Cleo." in told.text
    assert "Open until 28 Nov 2026 12:00 UTC; then it lapses and nothing changes." in told.text
    assert told.labels == ["Support", "No longer support", "Answer"]
    enough = both.taps("Dana", "Support")
    assert enough == said.Ack("You support it, and that is enough: the others are asked in D-2.")
    assert "Enough support it: the others decide in D-2.\nUntil it is decided, the mandate stands." in board(both).text
    assert "> The mandate of Anna as treasurer ends now. Reason and answer stand in D-1." in both.seen("📜 D-2").text
    consenting(both)
    time_is_up(both)
    assert (mandate(both).state, mandate(both).ended_why, recall(both).state) == ("ended", "recalled", "adopted")
    thanks = both.seen("🌿")
    assert thanks.text.startswith(
        "🌿 Thank you, Anna, for your time as treasurer. The group has decided in D-2 that your mandate ends today."
    )
    assert thanks.text.endswith("The seat is free. /draw treasurer fills it by lot.")
    ended = board(both)
    assert "The group has ended the mandate early in D-2." in ended.text
    assert ("Cleo" in ended.text, ended.labels) == (False, [])


def test_the_register_keeps_it_without_names_in_the_hashed_part(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot)
    consenting(bot)
    time_is_up(bot)
    (opens,), (ends,) = entries(bot, "recall opens"), entries(bot, "recall ends")
    assert json.loads(opens.public)["facts"] == {"recall": "D-1", "mandate": 1, "supporters": 3, "method": "consent"}
    assert json.loads(ends.public)["facts"] == {"recall": "D-1", "result": "adopted"}
    assert "the books are closed to us" in str(opens.personal)
    for entry in bot.entries():
        assert not any(word in entry.public for word in ("Anna", "tg:1001", "treasurer", "books"))
    assert not any("tg:1003" in str(entry.personal) for entry in (opens, ends))
    assert bot.rows(SupportRow) == []


def test_the_next_reserve_is_asked_for_the_rest_of_the_term(bot: Moot) -> None:
    enrol(bot, "Anna", *OTHERS)
    bot.says("Anna", "/settings round 2 days")
    bot.says("Anna", "/draw treasurer")
    bot.later(seconds=31)
    (holder,) = bot.asked()
    bot.taps(holder, "Accept")
    opener, second, third, *_ = others = [name for name in ("Anna", *OTHERS) if name != holder]
    bot.says(opener, f"/recall {holder}")
    for name in (second, third):
        bot.taps(name, "Support")
    consenting(bot, *others)
    time_is_up(bot)
    assert bot.seen("🌿").text.endswith("The next in the order of the draw is asked for the rest of the term.")
    bot.settle()
    (following,) = bot.asked()
    assert following != holder
    bot.taps(following, "Accept")
    first, rest = bot.rows(MandateRow)
    assert (first.ended_why, rest.way, rest.ends_at) == ("recalled", "reserve", first.ends_at)


def test_an_objection_keeps_the_mandate(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot)
    consenting(bot, "Ben", "Cleo", "Dana")
    bot.taps("Emil", "Object")
    time_is_up(bot)
    assert (mandate(bot).state, recall(bot).state) == ("running", "blocked")
    assert "Anna, your mandate as treasurer stands until 21 Feb 2027: D-1 has not ended it." in bot.shows()
    assert "The group has not ended the mandate: D-2 is not adopted. It stands." in board(bot).text
    result = bot.seen("✋ D-2 is blocked").text
    assert "What next: nothing changes for now. Talk it through; it can be asked again later." in result
    assert "/amend" not in result


@pytest.mark.parametrize(
    ("yes", "no", "state", "running"),
    [(3, 2, "adopted", False), (2, 2, "blocked", True)],
)
def test_by_majority(bot: Moot, yes: int, no: int, state: str, running: bool) -> None:
    anna_serves(bot)
    bot.says("Anna", "/settings recall majority")
    supported(bot)
    assert "📊 D-2: The mandate of Anna as treasurer ends now." in bot.seen("📊 D-2").text
    for n, name in enumerate(OTHERS[: yes + no]):
        bot.taps(name, "Yes" if n < yes else "No")
    time_is_up(bot)
    assert (recall(bot).state, mandate(bot).state == "running") == (state, running)


def test_by_majority_in_secret(both: Moot) -> None:
    anna_serves(both)
    both.says("Anna", "/settings recall secret majority")
    supported(both)
    for name, choice in (("Ben", "Yes"), ("Cleo", "Yes"), ("Dana", "No")):
        booth.votes(both, name, choice, poll=1)
    time_is_up(both)
    assert (recall(both).state, mandate(both).ended_why) == ("adopted", "recalled")
    result = both.seen("📊 D-2, the result").text
    assert not any(name in result for name in OTHERS)


def test_the_answer_stands_beside_the_reason(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    assert "Anna can answer: a reply to this message stands here beside the reason." in board(bot).text
    how = bot.taps("Anna", "Answer")
    assert how == said.Ack("Reply to this message, or write /answer D-1 and your words.")
    replies(bot, "Dana", "I think so too.")
    assert recall(bot).answer == ""
    replies(bot, "Anna", "I was ill.")
    assert bot.last().text == "Your answer stands on D-1, beside the reason. You can say it anew at any time."
    assert "> the books are closed to us\nAnna answers:\n> I was ill." in board(bot).text
    bot.taps("Dana", "Support")
    bot.says("Anna", "/answer I was ill, and they are open now.")
    assert "> I was ill, and they are open now." in board(bot).text
    bot.says("Anna", "/answer")
    assert bot.last().text.startswith("What is your answer?")
    refused = bot.presses("Ben", "recall.answer:1")
    assert refused is not None
    assert "for the person whose mandate D-1 is about" in refused.text
    consenting(bot)
    time_is_up(bot)
    bot.says("Anna", "/answer Too late.")
    assert bot.last().text == "No recall of a mandate of yours is open, so there is nothing to answer."
    assert "> I was ill, and they are open now." in board(bot).text


def test_without_supporters_it_lapses_quietly(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    said_before = len(bot.room)
    bot.later(days=7, seconds=1)
    assert (recall(bot).state, mandate(bot).state, bot.rows(ProposalRow)) == ("lapsed", "running", [])
    assert len(bot.room) == said_before
    lapsed = board(bot).text
    assert "It has lapsed. The mandate stands." in lapsed
    assert "Cleo" not in lapsed


def test_a_mandate_rests_meanwhile_if_the_group_wants_it_so(bot: Moot) -> None:
    anna_serves(bot)
    bot.says("Anna", "/settings recall-mandate rests")
    supported(bot, "Cleo")
    assert mandate(bot).suspended_at is None
    bot.taps("Dana", "Support")
    assert mandate(bot).suspended_at == bot.clock.now()
    assert "The mandate rests while the group decides, and goes on if it is not ended." in board(bot).text
    bot.taps("Emil", "Object")
    time_is_up(bot)
    assert (mandate(bot).state, mandate(bot).suspended_at) == ("running", None)
    assert [len(entries(bot, kind)) for kind in ("mandate suspended", "mandate resumes")] == [1, 1]


def test_whoever_opened_it_can_withdraw_it(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot, "Cleo")
    bot.says("Cleo", "/withdraw D-1")
    assert "Only whoever opened D-1 can withdraw it." in bot.last().text
    bot.says("Ben", "/withdraw")
    assert bot.last().text == "Ben withdrew D-1. The mandate stands."
    assert "It was withdrawn. The mandate stands." in board(bot).text
    late = bot.presses("Dana", "recall.support:1")
    assert late == said.Ack("D-1 is over. Its message says what became of it.", refused=True)


def test_the_question_can_be_withdrawn_by_the_opener_and_not_by_the_holder(bot: Moot) -> None:
    anna_serves(bot)
    supported(bot)
    for name in ("Anna", "Cleo"):
        bot.says(name, "/withdraw D-2")
        assert recall(bot).state == "deciding"
    bot.says("Ben", "/withdraw D-1")
    assert bot.last().text == "Enough support it. The group decides in D-2 now."
    bot.says("Ben", "/withdraw D-2")
    assert (recall(bot).state, mandate(bot).state) == ("withdrawn", "running")


@pytest.mark.parametrize(("asked", "how"), [(True, "resigned"), (False, "expired")])
def test_a_mandate_that_ends_meanwhile_needs_no_recall(bot: Moot, asked: bool, how: str) -> None:
    anna_serves(bot, term="1 day")
    bot.says("Anna", "/settings recall majority")
    supported(bot, *(("Cleo", "Dana") if asked else ("Cleo",)))
    if how == "resigned":
        bot.says("Anna", "/resign")
        bot.settle()
    else:
        bot.later(days=1, seconds=1)
    assert (mandate(bot).ended_why, recall(bot).state) == (how, "unneeded")
    assert "It is no longer needed: the mandate is over." in board(bot).text
    if asked:
        assert "Withdrawn. Nothing was counted." in bot.seen("📊 D-2").text
    bot.later(days=9)
    assert mandate(bot).ended_why == how


def test_down_while_the_group_was_to_decide(bot: Moot) -> None:
    anna_serves(bot, term="3 days")
    supported(bot)
    consenting(bot)
    bot.restart(days=4)
    assert (mandate(bot).ended_why, mandate(bot).ended_at) == ("expired", mandate(bot).ends_at)
    assert recall(bot).state == "unneeded"
    assert not any("your mandate ends today" in text for text in bot.shows())


def test_who_left_the_room_can_be_recalled_and_nobody_recalls_twice_at_once(bot: Moot) -> None:
    anna_serves(bot)
    bot.walks_out("Anna")
    supported(bot, "Cleo")
    bot.says("Fay", "/recall Anna")
    assert len(bot.rows(RecallRow)) == 1
    assert bot.last().text.startswith("⚖️ D-1: Ben asks")
    bot.taps("Dana", "Support")
    consenting(bot)
    time_is_up(bot)
    assert mandate(bot).ended_why == "recalled"


def test_in_spanish(bot: Moot) -> None:
    anna_serves(bot)
    bot.says("Anna", "/settings language es")
    bot.says("Ben", "/recall Anna porque no cuadra")
    for name in ("Cleo", "Dana"):
        bot.taps(name, "Apoyar")
    told = board(bot).text
    assert told.startswith("⚖️ D-1: Ben pide que el mandato de Anna (treasurer) termine ahora.")
    assert "> no cuadra" in told
    assert "Hasta que se decida, el mandato sigue." in told
