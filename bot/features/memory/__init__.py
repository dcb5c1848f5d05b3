"""Memory: what was decided, looked up again; and what was decided elsewhere, written down."""

from bot.features.memory import boards, commands, texts
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="memory",
    commands=(
        Command("decisions", commands.decisions, texts.help_decisions),
        Command("decision", commands.decision, texts.help_decision),
    ),
    taps={"register.page": commands.turn},
    boards={commands.BOARD: boards.page_board},
    refusals=texts.REFUSALS,
)
