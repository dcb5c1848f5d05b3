"""What is found in the register, put together for the message that shows it."""

from bot.chat.refs import ChatRef, MessageRef
from bot.commons import entries, finding, publication, register
from bot.commons.finding import Wanted
from bot.commons.words import words_of
from bot.features.memory import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy
from models import EntryRow, SearchRow

SIZE = 10  # entries on a page
SHOWN = 80  # characters of the words that were looked for


def page(call: Call, search: SearchRow, number: int) -> texts.Page:
    group = call.group
    wanted = Wanted(words_of(search.words), search.since, (number - 1) * SIZE)
    rows, more = finding.page(call.db, group.id, wanted, SIZE)
    lines = [each for row in rows for each in lines_of(call, [row], next(iter(links(call, [row])), None))]
    share = publication.share(call.db, group.id, call.now) if number == 1 and not search.words else None
    return texts.Page(search.id, lines, isolated(tidy(search.words, SHOWN)), search.since, number, more, share)


def lines_of(call: Call, rows: list[EntryRow], link: str | None = None) -> list[texts.Line]:
    told = entries.told(call.db, call.group, rows, call.voice, call.house)
    return [texts.Line(entry.at, said.words, link) for entry, said in told]


def links(call: Call, rows: list[EntryRow]) -> list[str]:
    """Where this room was told of them."""
    copies = [copy for row in rows for copy in publication.copies(call.db, row.group_id, row.place) if copy.chat.id == call.chat.id]
    refs = [MessageRef(ChatRef(copy.chat.platform, copy.chat.ref), copy.message_id) for copy in copies]
    return list(dict.fromkeys(found for ref in refs if (found := call.house.link(ref))))


def whole(call: Call, number: int) -> texts.Whole:
    """Refused: there is nothing with this number."""
    rows = finding.about(call.db, call.group.id, number)
    opened = next((each for each in call.house.open_now(call.db, call.group, call.voice) if each.number == number), None)
    if not rows and opened is None:
        raise Refused("no such decision", number=number)
    own = [row for row in rows if register.number_in(register.read(row).facts) == number]
    made = [publication.of(call.db, call.group.id, row.place) for row in own]
    return texts.Whole(
        number=number,
        open=opened.title if opened else None,
        lines=lines_of(call, rows),
        story=call.house.story(call.db, call.group, number, call.voice),
        published=next(filter(None, made), None),
        links=links(call, own),
    )
