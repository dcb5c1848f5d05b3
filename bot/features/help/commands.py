"""The handler of /help."""

from bot.features.help import texts
from bot.refusal import Refused
from bot.routing.feature import Call
from bot.tidy import isolated, tidy


def help_(call: Call) -> None:
    wanted = call.text.split()[0].lstrip("/!").casefold() if call.text.split() else ""
    if not wanted:
        manuals = [(name, command.manual(call.voice)) for name, command in call.commands.items()]
        call.answer(texts.overview(call.voice, manuals, call.prefix))
        return
    command = call.commands.get(wanted)
    if command is None:
        raise Refused("no such command", command=isolated(tidy(wanted, 32)))
    call.answer(texts.entry(call.voice, wanted, command.manual(call.voice), call.prefix))
