"""Mandates: they end by themselves, go on only by consent, and whoever holds one can give it back at any time."""

from bot.features.mandates import boards, commands, ends, extensions, presses, reminders, renewals, store, texts
from bot.routing.feature import Command, Feature, Sweep

FEATURE = Feature(
    name="mandates",
    commands=(Command("resign", commands.resign, texts.help_resign),),
    taps={
        "term.renew": presses.renew,
        "term.end": presses.let_end,
    },
    sweeps=(
        Sweep("terms", store.ends_due, store.next_end, ends.settle, after_intake=False),
        Sweep("reminders", store.reminders_due, store.next_reminder, reminders.settle, after_intake=False),
    ),
    boards={reminders.BOARD: boards.term_board},
    outcomes={renewals.RENEW: renewals.answered, extensions.EXTEND: extensions.answered},
    matters=(extensions.MATTER,),
    refusals=texts.REFUSALS,
)
