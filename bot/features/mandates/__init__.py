"""Mandates: they end by themselves, go on only by consent, and are passed on with what a successor needs."""

from bot.chat.incoming import MemberLeft
from bot.features.mandates import (
    boards,
    commands,
    ends,
    extensions,
    handing,
    merging,
    presses,
    reminders,
    renewals,
    store,
    texts,
    typed,
)
from bot.features.mandates.forgetting import FORGET
from bot.features.mandates.handovers import boards as handover_boards
from bot.features.mandates.handovers import commands as handover_commands
from bot.features.mandates.handovers import texts as handover_texts
from bot.routing.feature import Command, Feature, Sweep

FEATURE = Feature(
    name="mandates",
    commands=(
        Command("handover", handover_commands.handover, handover_texts.help_handover),
        Command("renew", typed.renew, texts.help_renew),
        Command("letend", typed.let_end, texts.help_letend),
        Command("resign", commands.resign, texts.help_resign),
    ),
    taps={
        "term.renew": presses.renew,
        "term.pass": handover_commands.press,
        "term.end": presses.let_end,
        "handover.confirm": handover_commands.confirm,
    },
    private_taps={"handover.read": handover_commands.read},
    replies={reminders.AWAITS: handover_commands.reply},
    events=((MemberLeft, merging.left),),
    sweeps=(
        Sweep("terms", store.ends_due, store.next_end, ends.settle, after_intake=False),
        Sweep("reminders", store.reminders_due, store.next_reminder, reminders.settle, after_intake=False),
    ),
    boards={reminders.BOARD: boards.term_board, handover_boards.BOARD: handover_boards.handover_board},
    outcomes={renewals.RENEW: renewals.answered, extensions.EXTEND: extensions.answered},
    matters=(extensions.MATTER,),
    entries={
        "mandate begins": texts.begins_entry,
        "mandate ends": texts.ends_entry,
        "mandate extended": texts.extended_entry,
        "mandate handed over": texts.handed_over_entry,
    },
    merge=merging.merge,
    forget=FORGET,
    refusals={**texts.REFUSALS, **handover_texts.REFUSALS},
)
HANDOVERS = Feature("handovers", sweeps=(handing.SWEEP,))  # in one round with whatever brings a successor, and after it
