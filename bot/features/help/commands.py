"""The handler of /help."""

from bot.features.help import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy


def sections(call: Call) -> list[texts.Section]:
    """The commands in their order, under the heading of their feature."""
    placed = [(texts.section_of(each.feature), (each.name, each.manual(call.voice))) for each in call.commands.values()]
    return [(key, [entry for place, entry in placed if place == key]) for key in texts.KEYS]


def help_(call: Call) -> None:
    wanted = call.text.split()[0].lstrip("/!").casefold() if call.text.split() else ""
    if not wanted:
        call.answer(texts.overview(call.voice, sections(call), call.prefix))
        return
    command, chapter = call.commands.get(wanted), chapter_of(call, wanted)
    if command is not None:
        call.answer(texts.entry(call.voice, wanted, command.manual(call.voice), call.prefix))
    elif chapter is not None:
        call.answer(texts.chapter(call.voice, chapter, call.prefix))
    else:
        raise Refused("no such command", command=isolated(tidy(wanted, 32)))


def chapter_of(call: Call, wanted: str) -> texts.Section | None:
    """By its word, in the group's language or in English."""
    found = (each for each in sections(call) if wanted in (each[0], texts.word(call.voice, each[0]).casefold()))
    return next(found, None)
