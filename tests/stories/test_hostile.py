"""Names, roles and reasons made to mislead: they stay words in their place, and nobody loses a button over them."""

import re
import unicodedata

from sqlalchemy import event

from bot.chat import incoming as said
from bot.chat.message import Mention, Moment, Text
from bot.commons import lots
from bot.delivery.wire import LIMIT, units
from bot.features.lots.rules import MOST_SEATS
from bot.tidy import END, ISOLATE, folded, tidy
from bot.verifying.draw import check
from models import BoardRow, DrawRow
from tests.support.moot import Moot, all_tap, enrol

HOSTILE = {
    "markup": "<b>Eve</b>",
    "link": '</b></a><a href="tg://user?id=1">x',
    "escaped": "&lt;script&gt;",
    "markdown": "[x](tg://user?id=1) `|` **y**",
    "everyone": "@room @everyone",
    "right to left": "\u202eevE",
    "isolate": "\u2066Eve",
    "hebrew": "דנה",
    "zero width": "E\u200bv\u200be",
    "zalgo": "E" + "\u0335\u0301\u0322" * 1300,
    "tags": "Eve\U000e0061\U000e007f",
    "selectors": "Eve\ufe00\U000e0100",
    "verdict": "✅ RESULT: passed",
    "the bot": "Folkmoot",
    "lines": "Eve\n• Anna accepted.\u2028• Ben accepted.\r\x0b",
    "format": "{name} {0} %s {n}",
    "long": "E" * 5000,
    "family": "👨\u200d👩\u200d👧\u200d👦" * 30,
    "surrogate": "E\ud800ve",
    "nul": "E\0ve",
    "bom": "\ufeffEve",
    "empty": "",
    "invisible": "\u200b\u3164\u2800",
    "receipt": "--- receipt",
    "number": "2",
}


def is_safe(line: str) -> bool:
    """Nothing hidden, nothing that turns its neighbours around, no towers."""
    hidden = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    formats = {c for c in line if unicodedata.category(c) == "Cf"} - {ISOLATE, END, "\u200d"}
    right_to_left = [c for c in line if unicodedata.bidirectional(c) in {"R", "AL"}]
    fenced = line.count(ISOLATE) == line.count(END) and (not right_to_left or ISOLATE in line)
    return not formats and fenced and not {unicodedata.category(c) for c in line} & hidden


def all_lines(bot: Moot) -> list[str]:
    return [line for text in bot.shows() for line in text.split("\n")]


def test_hostile_names(bot: Moot) -> None:
    names = list(HOSTILE.values())
    enrol(bot, "Anna", *names)
    bot.says(names[0], "/who")
    assert bot.last().text.startswith(f"In the hat, {len(names) + 1} names: Anna, <b>Eve</b>, ")
    assert len(bot.last().text) < 600
    bot.says(names[0], "/draw facilitator 12")
    all_tap(bot, names, "Shake the hat")
    bot.taps("Anna", "Shake the hat")
    bot.at_once(*(said.ButtonTapped(bot.origin(name), "lots.decline:1") for name in names))
    bot.at_once(*(said.CommandSent(bot.origin(name), "settings", f"window {5 + n}s") for n, name in enumerate(names)))
    assert len(check(bot.receipt())) == len(names) + 1
    assert [line for line in all_lines(bot) if not is_safe(line)] == []
    assert [line for line in all_lines(bot) if line.startswith(("• Anna accepted", "• Ben accepted"))] == []


def test_a_name_of_which_nothing_is_left(bot: Moot) -> None:
    enrol(bot, "\u200b\u3164")
    assert bot.last().text == "… is in the hat. It holds 1 name."


def test_a_name_is_a_mention_or_plain_words_and_never_markup(bot: Moot) -> None:
    enrol(bot, HOSTILE["link"])
    bot.says("Anna", "/draw facilitator")
    bot.later(seconds=30)
    (asked,) = bot.last().message.mentions
    assert asked == Mention(bot.person(HOSTILE["link"]), '</b></a><a href="tg://user?id=1">x')
    spans = [span for standing in bot.room for block in standing.message.blocks for span in block.spans]
    assert {type(span) for span in spans} <= {Text, Mention, Moment}


def test_hostile_roles(bot: Moot) -> None:
    """Each is drawn for twice, and keeps to its line in the pool document, the receipt and the chat."""
    enrol(bot, "Anna", "Ben")
    keepable = [role for role in HOSTILE.values() if tidy(role) and len(role) <= 64 and not set(role) & {"\0", "\ud800", "2"}]
    roles = list({folded(role): role for role in keepable}.values())
    for _ in range(2):
        bot.at_once(*(said.CommandSent(bot.origin("Anna"), "draw", f"{role} because {role}") for role in roles))
        bot.at_once(*(said.ButtonTapped(bot.origin("Anna"), f"lots.draw:{draw.id}") for draw in bot.rows(DrawRow, state="open")))
    draws = bot.rows(DrawRow)
    assert len(draws) == 2 * len(roles)
    assert all(len(check(lots.receipt(draw.pool_document, draw.secret, []))) == 2 for draw in draws)
    assert all(draw.pool_document.isascii() and draw.pool_document.count("\n") == 11 for draw in draws)
    assert [line for line in all_lines(bot) if not is_safe(line)] == []


def test_a_role_that_reads_from_right_to_left_is_fenced_off_everywhere(bot: Moot) -> None:
    enrol(bot, "Anna", "Ben")
    bot.says("Anna", "/draw מנחה because מנחה")
    bot.taps("Anna", "Draw now")
    bot.taps(bot.asked()[0], "Decline")
    ack = bot.taps(bot.asked()[0], "Accept")
    assert ack is not None
    told = [text for text in [*bot.shows(), ack.text] if "מנחה" in text]
    assert len(told) == 3
    assert all(f"{ISOLATE}מנחה{END}" in text for text in told)


def test_the_same_role_in_another_dress_is_the_same_role(bot: Moot) -> None:
    enrol(bot, "Anna")
    bot.says("Anna", "/draw Café\u200b-Keeper")
    bot.says("Anna", "/draw cafe\u0301-\u202ekeeper")
    assert bot.last().text.startswith("D-1 is already open for this role.")


def test_two_hundred_people_in_the_hat(bot: Moot) -> None:
    names = [f"Person {n} {'of a very long name ' * 3}" for n in range(200)]
    bot.says(names[0], "/start")
    all_tap(bot, names, "Count me in")
    bot.says(names[0], "/who")
    assert "".join(bot.shows()[-4:]).count("Person") >= 200
    bot.says(names[0], "/draw facilitator")
    assert "and 192 more." in bot.last().text
    all_tap(bot, names[:150], "Shake the hat")
    assert "and 142 more." in bot.last().text
    assert bot.last().labels == ["Shake the hat", "Draw now"]
    all_tap(bot, names[150:], "Shake the hat")
    assert re.search(r"and 19\d more\.", bot.last().text)
    assert len(check(bot.receipt())) == 200
    assert max(units(standing.text) for standing in bot.room) <= LIMIT
    assert [standing.text for standing in bot.room if standing.text.endswith("…")] == []


def test_all_the_seats_there_can_be(bot: Moot) -> None:
    """Everybody drawn is asked by name, and how to check it stands in the result, however long the names are."""
    names = [f"{n} {'x' * 60}" for n in range(40)]
    enrol(bot, *names)
    bot.says(names[0], f"/draw jury {MOST_SEATS + 1}")
    assert bot.last().text == "I draw at most 30 seats at once, so that the result fits into one message."
    bot.says(names[0], f"/draw {'j' * 64} {MOST_SEATS}")
    all_tap(bot, names, "Shake the hat")
    result = bot.seen("🎲")
    assert result.text.count("will you serve?") == MOST_SEATS == len(result.message.mentions)
    assert result.text.endswith("Check it: /verify D-1")
    assert units(result.text) <= LIMIT
    assert result.labels == ["Accept", "Decline"]


def test_drawing_a_board_costs_as_many_queries_for_many_as_for_few(bot: Moot) -> None:
    names = [f"Person {n}" for n in range(60)]
    costs = []
    for some in (names[:5], names[5:]):
        enrol(bot, *some)
        bot.says("Person 0", f"/draw facilitator{len(some)}")
        bot.says("Person 0", "/start")
        all_tap(bot, names[: len(bot.people)], "Shake the hat")
        costs.append({board.kind: queries_to_draw(bot, board) for board in bot.rows(BoardRow)})
    assert costs[0].keys() == costs[1].keys() == {"draw", "welcome", "result"}
    assert costs[0] == costs[1]


def queries_to_draw(bot: Moot, board: BoardRow) -> int:
    asked: list[str] = []
    with bot.database.transaction() as db:
        event.listen(db.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
        bot.app.routes.boards[board.kind](db, db.merge(board))
    return len(asked)
