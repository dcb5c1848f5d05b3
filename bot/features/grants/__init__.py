"""Mandates by consent: the group names somebody for a role, or sends a delegate with one question."""

from bot.commons.numbers import handler_of
from bot.features.grants import boards, commands, granting, presses, store, story, sweep, texts
from bot.features.grants.elections import boards as election_boards
from bot.features.grants.elections import choosing, dates, life, merging, nominating, settings
from bot.features.grants.elections import store as elections
from bot.features.grants.elections import sweep as elections_sweep
from bot.features.grants.elections import texts as election_texts
from bot.features.grants.elections.refusals import texts as election_refusals
from bot.features.grants.forgetting import FORGET
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="grants",
    commands=(
        Command("mandate", commands.mandate, texts.help_mandate),
        Command("nominate", nominating.nominate, election_texts.help_nominate),
        Command("delegate", commands.delegate, texts.help_delegate),
        Command("report", handler_of("report"), texts.help_report),
    ),
    taps={
        "grants.accept": presses.accept,
        "grants.decline": presses.decline,
        "elections.show": choosing.show,
        "elections.choose": choosing.choose,
        "elections.stop": choosing.stop,
    },
    private_taps={"elections.nominate": nominating.ask_whom},
    replies={"delegation": commands.report_in_reply, nominating.WHOM: nominating.reply},
    sweeps=(*sweep.SWEEPS, *elections_sweep.SWEEPS),
    boards={
        "grant": boards.grant_board,
        "delegation": boards.delegation_board,
        "election": election_boards.election_board,
        "nominations": election_boards.nominations_board,
    },
    gap=elections_sweep.gap,
    merge=merging.merge,
    forget=FORGET,
    dates=dates.dates,
    outcomes={granting.GIVE: granting.decided, granting.ELECT: life.decided},
    refusals={**texts.REFUSALS, **election_refusals.REFUSALS},
    settings=(settings.LENGTH,),
    matters=(
        Matter(store.running_delegation, store.running_delegations, {"report": commands.report}, show=boards.show_delegation),
        Matter(
            elections.find,
            elections.open_numbers,
            {"close": choosing.close, "withdraw": choosing.withdraw},
            show=dates.show,
            story=story.election,
        ),
    ),
    entries={
        "report": texts.report_entry,
        "nominations": election_texts.nominations_entry,
        "election": election_texts.election_entry,
    },
)
AFTER_CONSENT = Matter(story.by_number, lambda db, group: (), {}, story=story.grant)
STORIES = Feature("grants' stories", matters=(AFTER_CONSENT,))
