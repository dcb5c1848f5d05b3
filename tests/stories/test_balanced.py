"""A balanced draw, from the first label to the last reserve, and its check."""

from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from bot.features.lots.balances import strata
from bot.verifying import report
from bot.verifying.balanced import asked
from models import DrawRow, MandateRow, TicketRow
from tests.stories.test_draw import order_in
from tests.stories.test_eligibility import announced
from tests.support.beacon import known_relay, moot_before_the_round
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform

SITES = {"Anna": "North", "Ben": "north", "Cleo": "North", "Dana": "South", "Eli": "South", "Fay": ""}
CALL = "/draw council 3 balance by site"


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    labelled(made)
    return made


def labelled(bot: Moot) -> None:
    """Three in the North, two in the South, and Fay, who says nothing."""
    enrol(bot, *SITES)
    for name, site in SITES.items():
        if site:
            bot.says(name, f"/label site: {site}")


def drawn(bot: Moot, call: str = CALL) -> list[str]:
    """Whom the checker, which knows nothing of the bot, says are asked first."""
    bot.says("Anna", call)
    bot.taps("Anna", "Draw now")
    return named(bot, asked(bot.receipt()))


def named(bot: Moot, labels: list[str]) -> list[str]:
    names = {bot.person(name).label: name for name in bot.people}
    return [names[label] for label in labels]


def site_of(name: str) -> str:
    return SITES[name].casefold()


def test_the_announcement_says_all_before_there_is_any_chance(bot: Moot) -> None:
    lines = announced(bot, CALL).splitlines()
    assert lines[0] == "🎩 D-1: lots for council, 3 seats"
    assert lines[2:6] == [
        "Balanced by site, as people have said of themselves with /label. Of each label serve:",
        "• site: North 1 or 2 of 3, South 1 of 2, and unstated 0 or 1 of 1",
        "Everybody's chance is the same, whatever their labels and also without: 3 in 6.",
        "The pool document says who has which of these labels. "
        "Everybody here can read it: /quotas D-1, and after the draw /verify.",
    ]
    assert bot.row(DrawRow).pool_document.splitlines()[7:14] == [
        "balance: site",
        "quota: site - 0-1 of 1",
        "quota: site North 1-2 of 3",
        "quota: site South 1-1 of 2",
        "labels: tg:1001 North",
        "labels: tg:1002 North",
        "labels: tg:1003 North",
    ]


def test_those_are_asked_whom_the_quotas_choose(house: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with closing(Moot(house, platforms=[FakePlatform(keeps_taps_for=None)])) as bot:
        labelled(bot)
        first = drawn(bot)
        assert bot.asked() == first
        assert sum(site_of(name) == "south" for name in first) == 1
        assert sum(site_of(name) == "north" for name in first) in {1, 2}
        assert "Asked first: those whom the quotas choose, by the same chance." in bot.seen("🎲").text
        bot.says("Anna", "/verify D-1")
        assert "5. Order, labels and quotas, all in these files, choose who is asked first:" in bot.seen("1. Who").text
        file = tmp_path_factory.mktemp("receipts") / "D-1-receipt.txt"
        file.write_text(bot.receipt())
        assert report.draw(file) == report.RIGHT


def test_by_the_beacon(sqlite_house: str) -> None:
    with moot_before_the_round(sqlite_house) as bot, known_relay(bot):
        for name, site in {"Anna": "North", "Ben": "North", "Cleo": "South"}.items():
            bot.says(name, f"/label site: {site}")
        text = announced(bot, "/draw council 2 balance by site")
        assert "• site: North 1 of 2, South 0 or 1 of 1, and unstated 0 or 1 of 1" in text
        assert "Everybody's chance is the same" in text
        bot.later(seconds=60)
        first = named(bot, asked(bot.receipt()))
        assert bot.asked() == first
        assert sum(name in {"Anna", "Ben"} for name in first) == 1
        assert "5. Order, labels and quotas" in bot.seen("1. Who").text


def test_a_seat_passes_on_among_those_with_the_same_labels(bot: Moot) -> None:
    first = drawn(bot)
    south = [name for name in order_in(bot, bot.receipt()) if site_of(name) == "south"]
    assert first.count(south[0]) == 1
    bot.taps(south[0], "Decline")
    assert bot.asked() == [south[1]]
    assert f"{south[1]}, by order and quotas you are next for council. Will you serve?" in bot.last().text


def test_then_to_the_next_whom_the_quotas_allow(bot: Moot) -> None:
    first = drawn(bot)
    south = [name for name in order_in(bot, bot.receipt()) if site_of(name) == "south"]
    for name in south:
        bot.taps(name, "Decline")
    waiting = [name for name in order_in(bot, bot.receipt()) if name not in {*first, *south}]
    found = strata.read(bot.row(DrawRow).pool_document)
    assert found is not None
    serving = [bot.person(name).label for name in first if name not in south]
    follower = strata.another(found, 3, serving, [bot.person(name).label for name in waiting])
    asked_now = [ticket.label for ticket in bot.rows(TicketRow, answer="offered")]
    assert sorted(asked_now) == sorted([*serving, *filter(None, [follower])])


def test_everybody_is_asked_before_a_seat_stays_empty(bot: Moot) -> None:
    drawn(bot)
    for _ in SITES:
        offered = bot.rows(TicketRow, answer="offered")
        bot.taps(
            named(bot, [offered[0].label])[0],
            "Decline",
            next(each for each in reversed(bot.room) if any(b.label == "Decline" for b in each.message.buttons)),
        )
    assert bot.last().text.startswith("D-1: nobody is left in the order who can be asked now")
    assert {ticket.answer for ticket in bot.rows(TicketRow)} == {"declined"}


def test_who_cannot_serve_any_more_is_replaced_when_it_is_drawn(bot: Moot) -> None:
    bot.says("Anna", CALL)
    for name in ("Dana", "Eli"):
        bot.says(name, "/leave")
    bot.taps("Anna", "Draw now")
    asked_now = named(bot, [ticket.label for ticket in bot.rows(TicketRow, answer="offered")])
    assert len(asked_now) == 3
    assert not {"Dana", "Eli"} & set(asked_now)


def test_the_rest_of_a_term_stays_among_those_with_the_same_labels(bot: Moot) -> None:
    first = drawn(bot)
    for name in first:
        bot.taps(name, "Accept", bot.seen("🎲"))
    south = [name for name in order_in(bot, bot.receipt()) if site_of(name) == "south"]
    bot.says(south[0], "/resign")
    bot.settle()
    assert bot.asked() == [south[1]]
    assert "Will you serve for the rest of the term" in bot.last().text
    assert len(bot.rows(MandateRow, state="running")) == 2


def test_what_is_erased_after_the_call_stays_in_that_draw_alone(bot: Moot) -> None:
    bot.says("Anna", CALL)
    before = bot.row(DrawRow).pool_document
    bot.says("Dana", "/label none")
    assert bot.row(DrawRow).pool_document == before
    bot.taps("Anna", "Draw now")
    bot.says("Anna", "/draw guide 2 balance by site")
    assert "labels: tg:1004 -\n" in bot.rows(DrawRow)[1].pool_document


def test_labels_that_nobody_asked_for_stay_untold(bot: Moot) -> None:
    bot.says("Anna", "/label gender: woman")
    bot.says("Anna", CALL)
    assert "woman" not in bot.row(DrawRow).pool_document
    assert not any("woman" in text for text in bot.shows())


def test_files_for_other_tools(bot: Moot) -> None:
    bot.says("Anna", CALL)
    bot.says("Ben", "/quotas D-1")
    assert "• site: North 1 or 2 of 3" in bot.seen("⚖️ D-1: the quotas for council").text
    files = {file.name: file.content.decode() for each in bot.room for file in each.message.attachments}
    assert files["D-1-categories.csv"].splitlines() == [
        "category,name,min,max",
        "site,(unstated),0,1",
        "site,North,1,2",
        "site,South,1,1",
    ]
    assert files["D-1-people.csv"].splitlines()[:3] == ["id,name,site", "tg:1001,Anna,North", "tg:1002,Ben,North"]
    assert files["D-1-chances.csv"].splitlines()[6] == "tg:1006,Fay,3/6 = 0.5000"


def test_a_large_pool_makes_a_short_announcement(moot: MakeMoot) -> None:
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    people = [f"Person {n}" for n in range(60)]
    enrol(bot, *people)
    for n, name in enumerate(people):
        bot.says(name, f"/label site: Site {n % 9}, gender: {'woman' if n % 2 else 'man'}, age: {n}")
    bot.says(people[0], "/draw council 7 balance by site and gender, age")
    text = bot.last().text
    assert "• gender: man 3 or 4 of 30 and woman 3 or 4 of 30" in text
    assert "and 3 more" in text
    assert "and 54 more; within site, so as near as can be" in text
    assert "7 in 60" in text
    assert len(text) < 2_000
    bot.taps(people[0], "Draw now")
    assert len(bot.asked()) == 7


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/draw council 3 balance by colour", "Nobody in this pool has a label for colour, so there is nothing to balance by."),
        ("/draw council 2 without Anna Ben Cleo Dana balance by site, x y", "Nobody in this pool has a label for x and y"),
        ("/draw council 3 balance by a b c d e", "I balance by at most 4 categories."),
        ("/draw council balance by", "I cannot read what stands at “balance by”."),
        ("/draw council balance by ,", "Nobody in this pool has a label for …"),
        ("/draw council with buddy balance by site", "A draw is a pair with a buddy, or balanced by labels, not both."),
        ("/quotas", "I know no such draw in this group."),
    ],
)
def test_what_cannot_be_done(bot: Moot, text: str, told: str) -> None:
    assert announced(bot, text).startswith(told)
    assert bot.rows(DrawRow) == []


def test_a_draw_without_quotas(bot: Moot) -> None:
    bot.says("Anna", "/draw council")
    assert announced(bot, "/quotas D-1") == (
        "D-1 is not balanced, so it has no quotas. A balanced one is called like this: /draw council 4 balance by site"
    )


def test_in_spanish(bot: Moot) -> None:
    bot.says("Anna", "/settings language es")
    bot.says("Anna", "/draw consejo 2 sin Ben equilibrado por site")
    assert "• site: North 0 o 1 de 2, South 0 o 1 de 2 y sin decir 0 o 1 de 1" in bot.last().text


def test_quotas_are_told_in_the_rooms_of_the_group_only(bot: Moot) -> None:
    bot.says("Anna", CALL)
    bot.says("Zoe", "/quotas D-1", ChatRef("telegram", "1099"), kind="private")
    assert "North" not in bot.last(ChatRef("telegram", "1099")).text
