"""Recall: at any time some can have the group decide whether a mandate ends early, and whoever holds it is heard."""

from bot.features.recall import answers, boards, deciding, merging, opening, presses, store, sweep, texts
from bot.features.recall.forgetting import FORGET
from bot.features.recall.refusals import texts as refusals
from bot.features.recall.settings import SETTINGS
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="recall",
    commands=(
        Command("recall", opening.recall, texts.help_recall),
        Command("answer", answers.answer, texts.help_answer),
    ),
    taps={"recall.support": presses.support, "recall.not": presses.no_more, "recall.answer": answers.how},
    replies={"recall": answers.reply},
    sweeps=sweep.SWEEPS,
    boards={"recall": boards.recall_board},
    gap=sweep.gap,
    merge=merging.merge,
    forget=FORGET,
    outcomes={deciding.DECIDE: deciding.decided},
    refusals=refusals.REFUSALS,
    settings=SETTINGS,
    matters=(Matter(store.find, store.gathering_numbers, {"withdraw": presses.withdraw}, show=boards.show, story=boards.story),),
    entries={
        "recall opens": texts.opens_entry,
        "recall ends": texts.ends_entry,
        "mandate suspended": texts.suspended_entry,
        "mandate resumes": texts.resumes_entry,
    },
)
