"""The roster: who serves as what, until when, and what comes next; on the screen, on paper, and for one person."""

from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser

import pytest

from bot.chat.refs import ChatRef
from tests.support.moot import Moot, enrol
from tests.support.room import FakePlatform

PEOPLE = ("Anna", "Ben", "Cleo", "Dana")
PRIVATE = ChatRef("telegram", "private")


@pytest.fixture
def bot(sqlite_house: str) -> Iterator[Moot]:
    with closing(Moot(sqlite_house, platforms=[FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, *PEOPLE)
        yield made


def drawn(bot: Moot, role: str) -> list[str]:
    """Lots are drawn, and whoever is asked first accepts; gives the names in the order that came out."""
    bot.says("Anna", f"/draw {role}")
    bot.taps("Anna", "Draw now")
    name = bot.asked()[0]
    reserves = bot.seen("🎲").text.partition("in this order: ")[2].splitlines()[0].rstrip(".")
    bot.taps(name, "Accept")
    return [name, *reserves.replace(", and ", ", ").split(", ")]


def shown(bot: Moot, command: str = "/roles") -> list[str]:
    bot.says("Anna", command)
    return next(each for each in reversed(bot.room) if each.text).text.splitlines()


class Page(HTMLParser):
    """What a browser makes of it: tags, and the words of each cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(bot: Moot) -> tuple[str, Page]:
    attached = bot.last().message.attachments[0]
    assert attached.media_type == "text/html"
    return attached.name, Page(attached.content.decode())


def test_who_serves_and_what_comes_next(bot: Moot) -> None:
    bot.says("Anna", "/role facilitator term 2 weeks for holding our meetings")
    bot.says("Anna", "/role template care")
    holder, *reserves = drawn(bot, "facilitator")
    assert "renew" not in shown(bot)[1], "at the beginning of a short term"
    bot.later(days=8)
    bot.says("Ben", "/role facilitator seats 2")
    assert shown(bot) == [
        "🗂 Roles of this group",
        f"• facilitator 🌇: {holder}, since 21 Nov 2026, until 5 Dec 2026 (in 6 days); "
        f"reserves: {reserves[0]}, {reserves[1]}, and {reserves[2]}; "
        f"ends in 6 days: /renew facilitator, or /draw facilitator; a change is under way: D-4",
        "• care: vacant: /draw care",
        "🌇 has no sunset script: how can it be dismantled, reconfigured or passed on? /sunset",
    ]
    bot.later(days=1)
    bot.says("Cleo", "/draw care")
    lines = shown(bot)
    assert "1 seat free: /draw facilitator" in lines[1]
    assert lines[2] == "• care: lots are being drawn: D-5"
    bot.taps("Cleo", "Draw now")
    lines = shown(bot)
    assert all(f"{name} is asked until" in lines[2] for name in bot.asked())
    assert len(bot.asked()) == 2
    assert "free" not in lines[2]


def test_the_page_to_print(bot: Moot) -> None:
    evil = "<b>דנה</b><script>alert(1)</script>"
    bot.says(evil, "/join")
    bot.says("Anna", f'/role {evil} term 2 weeks for "><img src=x onerror=alert(1)>')
    bot.says("Anna", f"/sunset {evil} </td></table> & so on")
    bot.says("Anna", "/role cook for lunch")
    bot.says("Anna", "/roles")
    name, found = page(bot)
    assert name == "roles-2026-11-21.html"
    assert set(found.tags) == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "table",
        "thead",
        "tr",
        "th",
        "tbody",
        "td",
        "p",
        "footer",
    }
    words = "\n".join(found.words)
    assert "Roles of The moot" in words
    assert "onerror=alert(1)>" in words
    assert "Sunset script: </td></table> & so on" in words
    assert "vacant: /draw cook" in words
    assert "http" not in bot.last().message.attachments[0].content.decode()


COPY = """
INSERT INTO roles (group_id, name, key, purpose, term, seats, pool, cooling,
                   most_terms, notice, answer_within, sunset, defined, state, created_at)
SELECT group_id, :name, :name, purpose, term, seats, pool, cooling,
       most_terms, notice, answer_within, sunset, defined, state, created_at FROM roles WHERE id = 1"""


def test_many_roles_are_folded_and_all_stand_on_paper(bot: Moot) -> None:
    bot.says("Anna", "/role keeper for the keys")
    for n in range(17):
        bot.change(COPY, name=f"keeper no. {n}")
    lines = shown(bot)
    assert len([line for line in lines if line.startswith("•")]) == 15
    assert "3 more stand in the file." in lines
    assert page(bot)[1].tags.count("tr") == 19


def test_before_there_is_any(bot: Moot) -> None:
    assert shown(bot) == ["There are no roles yet. /role templates shows some to start from."]
    drawn(bot, "cook")
    assert shown(bot)[1].startswith("• cook 🌇: ")


def test_what_is_mine(bot: Moot) -> None:
    assert shown(bot, "/mine") == ["You hold no mandate here, and nobody waits for an answer of yours."]
    bot.says("Anna", "/role facilitator term 2 weeks answer 1 day for holding our meetings")
    bot.says("Anna", "/draw facilitator")
    bot.taps("Anna", "Draw now")
    first = bot.asked()[0]
    bot.says(first, "/mine")
    assert bot.last().text.startswith("• You are asked to serve as facilitator (D-2). Please accept or decline")
    bot.taps(first, "Accept", bot.seen("🎲"))
    bot.says(first, "/mine")
    assert bot.last().text.startswith("• You serve as facilitator until 5 Dec 2026 (in 14 days). Next in order: ")
    assert bot.last().text.endswith("/resign facilitator gives it back.")
    second = bot.last().text.partition("Next in order: ")[2].partition(".")[0]
    bot.says(second, "/mine")
    assert bot.last().text == "• You are reserve no. 1 for facilitator."
    bot.says("Zoe", "/mine")
    assert bot.last().text.startswith("You hold no mandate here")


def test_in_private_it_tells_of_all_my_groups(bot: Moot) -> None:
    other = ChatRef("telegram", "-555")
    holder = drawn(bot, "cook")[0]
    bot.says(holder, "/join", other, chat_title="The other <moot>")
    bot.says(holder, "/mine", PRIVATE, kind="private")
    assert bot.last(PRIVATE).text.splitlines() == [
        "The moot",
        bot.last(PRIVATE).text.splitlines()[1],
        "The other <moot>",
        "You hold no mandate here, and nobody waits for an answer of yours.",
    ]
    assert "You serve as cook until 21 Feb 2027 (in 3 months)." in bot.last(PRIVATE).text
    bot.says("Zoe", "/mine", PRIVATE, kind="private")
    assert bot.last(PRIVATE).text == "I know you from no group yet."


def test_in_a_spanish_group(bot: Moot) -> None:
    bot.says("Anna", "/settings language es")
    bot.says("Anna", "/role plantilla cuidados")
    assert shown(bot)[0] == "🗂 Cargos de este grupo"
    assert shown(bot)[1] == "• cuidados: vacante: /draw cuidados"
    assert "Qué viene ahora" in page(bot)[1].words
    bot.says("Anna", "/mine")
    assert bot.last().text == "No tienes ningún cargo aquí, y nadie espera una respuesta tuya."


def test_an_announced_change_stands_in_the_calendar(bot: Moot) -> None:
    bot.says("Anna", "/role cook for lunch")
    bot.says("Anna", "/role cook seats 2")
    bot.says("Anna", "/calendar")
    assert b"D-2 holds: cook" in bot.last().message.attachments[0].content
