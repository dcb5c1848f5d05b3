"""Mandates by consent: the group names somebody for a role, or sends a delegate with one question."""

from bot.commons.numbers import handler_of
from bot.features.grants import boards, commands, granting, presses, store, sweep, texts
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="grants",
    commands=(
        Command("mandate", commands.mandate, texts.help_mandate),
        Command("delegate", commands.delegate, texts.help_delegate),
        Command("report", handler_of("report"), texts.help_report),
    ),
    taps={"grants.accept": presses.accept, "grants.decline": presses.decline},
    replies={"delegation": commands.report_in_reply},
    sweeps=sweep.SWEEPS,
    boards={"grant": boards.grant_board, "delegation": boards.delegation_board},
    merge=granting.merge,
    outcomes={"grants.give": granting.decided},
    refusals=texts.REFUSALS,
    matters=(Matter(store.running_delegation, store.running_delegations, {"report": commands.report}),),
)
