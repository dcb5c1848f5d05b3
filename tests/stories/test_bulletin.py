"""The bulletin: asked for and weekly, as HTML and as PDF, whatever people are called."""

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.message import Attachment
from bot.chat.refs import ChatRef
from bot.printing import Press, installed
from models import BulletinRow, RecallRow
from tests.support.html import Document
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

HOSTILE = ('#import "/etc/passwd": *', "<script>alert(1)</script>", "\u202eمقلوب\u2066", "王秀英", "👩‍👩‍👧 🌻", "$x$ *b* _i_ @a \\")


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def adopt(bot: Moot, text: str) -> None:
    bot.says("Anna", f"/propose {text} until in 1 hour")
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.later(hours=2)


def files(bot: Moot, chat: ChatRef | None = None) -> list[Attachment]:
    found = [file for each in bot.room_of(chat or bot.group) for file in each.message.attachments]
    return [file for file in found if file.name.startswith("bulletin")]


def bulletin(bot: Moot) -> Document:
    bot.says("Anna", "/bulletin")
    bot.settle()
    html = files(bot)[-1]
    assert html.media_type == "text/html"
    return Document(html.content.decode())


def serve(bot: Moot, role: str) -> str:
    bot.says("Anna", f"/draw {role}")
    bot.taps("Anna", "Draw now")
    name = bot.asked()[0]
    bot.taps(name, "Accept")
    return name


def test_what_was_decided_what_is_open_and_who_serves(bot: Moot) -> None:
    adopt(bot, "We buy a dishwasher review in 2 weeks")
    name = serve(bot, "cook")
    bot.says("Anna", "/propose We paint the fence until in 3 days quorum 2")
    page = bulletin(bot)
    assert page.unclosed == []
    review = "D-1 is looked at again: We buy a dishwasher"
    assert {"D-1 is adopted: We buy a dishwasher", "D-3 We paint the fence", review, name} <= set(page.words)
    assert "/object D-3" in page.text
    assert "svg" in page.tags
    head = bot.entries()[-1].hash
    assert " ".join(head[start : start + 8] for start in range(0, 64, 8)) in page.text
    assert bot.seen("📌").text.splitlines() == [
        "📌 The bulletin of 21 Nov 2026, to print and hang up.",
        "The page prints from any browser. For a PDF as well, whoever runs me asks folkmoot doctor how.",
    ]


def test_a_group_that_has_decided_nothing_yet(bot: Moot) -> None:
    page = bulletin(bot)
    assert "Nothing has been decided so far." in page.words
    assert "svg" not in page.tags


def test_a_week_without_decisions_shows_the_last_ones(bot: Moot) -> None:
    adopt(bot, "We buy a dishwasher")
    bot.later(days=8)
    page = bulletin(bot)
    assert "Decided this week" not in page.words
    assert "D-1 is adopted: We buy a dishwasher" in page.words


def test_a_recall_is_not_for_a_wall(bot: Moot) -> None:
    name = serve(bot, "cook")
    opener = next(other for other in ("Anna", "Ben", "Cleo") if other != name)
    bot.says(opener, f"/recall {name} cook because it is cold")
    assert any(row.state == "gathering" for row in bot.rows(RecallRow))
    page = bulletin(bot)
    assert name in page.words
    assert "mandate" not in page.text
    bot.later(days=60)
    assert "early" not in bulletin(bot).text


def test_words_in_it_stay_words(bot: Moot) -> None:
    plain = bulletin(bot).tags
    enrol(bot, *HOSTILE)
    bot.says("Anna", f"/role cook for {HOSTILE[1]}")
    bot.says("Anna", f"/propose {HOSTILE[1]} {HOSTILE[0]} until in 3 days")
    page = bulletin(bot)
    assert "script" not in page.tags
    assert f"D-2 {HOSTILE[1]} {HOSTILE[0]}" in page.words
    assert plain


@pytest.mark.skipif(not installed(), reason="the extra `paper` is not installed")
def test_a_pdf_whatever_people_are_called(bot: Moot) -> None:
    """One real page, printed by a process of its own."""
    bot.print_page = Press().printed
    bot.restart()
    enrol(bot, *HOSTILE, "W" * 3_000)
    for name in HOSTILE:
        bot.says(name, f"/propose {name} {'x' * 3_000} until in 3 days")
    bulletin(bot)
    pdf, html = files(bot)
    assert (pdf.name, html.name) == ("bulletin-2026-11-21.pdf", "bulletin-2026-11-21.html")
    assert pdf.media_type == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert len(pdf.content) > 5_000
    assert bot.seen("📌").text == "📌 The bulletin of 21 Nov 2026, to print and hang up."


async def jammed(page: str) -> bytes | None:
    json.loads(page)
    return None


def test_a_press_that_fails(bot: Moot) -> None:
    bot.print_page = jammed
    bot.restart()
    bulletin(bot)
    assert [file.name for file in files(bot)] == ["bulletin-2026-11-21.html"]
    assert "did not come out" in bot.seen("📌").text
    assert bot.rows(BulletinRow) == []


async def broken(page: str) -> bytes | None:
    raise RuntimeError


def test_a_page_that_was_being_printed_when_the_bot_ended(bot: Moot) -> None:
    bot.print_page = broken
    bot.restart()
    bot.says("Anna", "/bulletin")
    bot.settle()
    assert files(bot) == []
    bot.print_page = jammed
    bot.restart()
    bot.settle()
    assert len(files(bot)) == 1


def test_somebody_who_is_forgotten_while_it_is_printed(bot: Moot) -> None:
    """The old page is thrown away, and another one is made without them."""
    name = serve(bot, "cook")
    pages: list[str] = []

    async def press(page: str) -> bytes | None:
        pages.append(page)
        if len(pages) == 1:
            bot.change("UPDATE accounts SET name = 'Nobody'")
            bot.change("UPDATE bulletins SET page = NULL")
        return b"%PDF-" + page.encode()

    bot.print_page = press
    bot.restart()
    bot.says("Anna", "/bulletin")
    bot.settle()
    assert files(bot) == []
    bot.settle()
    assert [name in page for page in pages] == [True, False]
    assert [file.name[-4:] for file in files(bot)] == [".pdf", "html"]
    assert not any(name.encode() in file.content for file in files(bot))


def test_a_page_forgets_people(bot: Moot) -> None:
    bot.print_page = broken
    bot.restart()
    name = serve(bot, "cook")
    bot.says("Anna", "/bulletin")
    bot.settle()
    assert name in json.dumps(bot.row(BulletinRow).page)
    bot.says(name, "/forget me")
    bot.taps(name, "Forget me")
    page = bot.row(BulletinRow).page
    assert page is None or name not in json.dumps(page)


def test_two_who_ask_at_once_get_one(bot: Moot) -> None:
    bot.says("Anna", "/bulletin")
    bot.says("Ben", "/bulletin")
    bot.settle()
    assert len(files(bot)) == 1


def test_each_monday_if_the_group_wants_it(bot: Moot) -> None:
    adopt(bot, "We buy a dishwasher")  # on a Saturday
    bot.later(days=7)
    assert files(bot) == []
    bot.says("Ben", "/settings bulletin weekly 10")
    assert "bulletin: weekly, on Mondays at 10:00" in bot.last().text
    bot.later(days=1, hours=19)  # nine on Monday
    assert files(bot) == []
    bot.later(hours=1)
    bot.later(hours=1)
    assert len(files(bot)) == 1
    bot.later(days=6, hours=22)
    assert len(files(bot)) == 1
    bot.later(hours=2)
    assert [file.name for file in files(bot)] == ["bulletin-2026-11-30.html", "bulletin-2026-12-07.html"]


def test_weeks_that_were_slept_through_bring_one(bot: Moot) -> None:
    bot.says("Ben", "/settings bulletin weekly")
    bot.settle()
    bot.restart(days=30)
    bot.settle()
    assert len(files(bot)) == 1


def test_never_in_quiet_hours(bot: Moot) -> None:
    bot.says("Ben", "/settings bulletin weekly 3")
    bot.later(days=1, hours=15.5)  # Monday, half past three
    assert files(bot) == []
    bot.later(hours=5)
    assert len(files(bot)) == 1


def test_a_setting_that_nobody_knows(bot: Moot) -> None:
    bot.says("Ben", "/settings bulletin daily")
    assert bot.last().text.startswith("Write it like /settings bulletin weekly")


def test_in_the_words_of_the_room(bot: Moot) -> None:
    bot.says("Ben", "/settings language es")
    page = bulletin(bot)
    assert "Cómo objetar" in page.words
