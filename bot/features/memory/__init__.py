"""Memory: what was decided, looked up again; and what was decided elsewhere, written down."""

from bot.features.memory import boards, commands, texts
from bot.features.memory.forgetting import FORGET
from bot.features.memory.notes import boards as note_boards
from bot.features.memory.notes import commands as notes
from bot.features.memory.notes import life, store, sweep
from bot.features.memory.notes import texts as note_texts
from bot.routing.feature import Command, Feature, Matter

MATTER = Matter(
    store.by_number,
    store.open_numbers,
    {"object": notes.object_in_words, "withdraw": notes.withdraw},
    show=note_boards.show,
)

FEATURE = Feature(
    name="memory",
    commands=(
        Command("decisions", commands.decisions, texts.help_decisions),
        Command("decision", commands.decision, texts.help_decision),
        Command("note", notes.note, note_texts.help_note),
        Command("decided", notes.decided, note_texts.help_decided),
    ),
    taps={"register.page": commands.turn, "note.object": notes.object_by_button},
    sweeps=(sweep.SWEEP,),
    boards={commands.BOARD: boards.page_board, life.BOARD: note_boards.note_board},
    gap=sweep.gap,
    refusals={**texts.REFUSALS, **note_texts.REFUSALS},
    matters=(MATTER,),
    merge=store.merge,
    forget=FORGET,
    outcomes={life.PURPOSE: life.decided},
    entries={
        "note": note_texts.note_entry,
        "note contested": note_texts.contested_entry,
        "note uncontested": note_texts.uncontested_entry,
        "note ends": note_texts.ends_entry,
    },
)
