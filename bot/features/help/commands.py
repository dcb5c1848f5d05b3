"""The handler of /help."""

from itertools import groupby

from bot.features.help import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy


def sections(call: Call) -> list[texts.Section]:
    """The commands in their order, each run of them that has the same heading under it."""
    runs = groupby(call.commands.values(), key=lambda command: texts.heading(call.voice, command.feature))
    return [(heading, [(each.name, each.manual(call.voice)) for each in run]) for heading, run in runs]


def help_(call: Call) -> None:
    wanted = call.text.split()[0].lstrip("/!").casefold() if call.text.split() else ""
    if not wanted:
        call.answer(texts.overview(call.voice, sections(call), call.prefix))
        return
    command = call.commands.get(wanted)
    if command is None:
        raise Refused("no such command", command=isolated(tidy(wanted, 32)))
    call.answer(texts.entry(call.voice, wanted, command.manual(call.voice), call.prefix))
