"""Roles: named functions whose terms end by themselves, made and changed in the open."""

from bot.features.roles import boards, changes, commands, dates, settings, store, sweep, texts
from bot.features.roles.changed import texts as told
from bot.features.roles.forgetting import FORGET
from bot.features.roles.refusals import texts as refusals
from bot.features.roles.roster import commands as roster
from bot.features.roles.roster import texts as lists
from bot.features.roles.templates import choosing
from bot.features.roles.templates import texts as templates
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="roles",
    commands=(
        Command("role", commands.role, texts.help_role),
        Command("sunset", commands.sunset, texts.help_sunset),
        Command("roles", roster.roles, lists.help_roles),
        Command("mine", roster.mine, lists.help_mine),
    ),
    taps={"role.object": commands.object_by_button, templates.TAP: choosing.tapped},
    replies={changes.SCRIPT: commands.script_given},
    sweeps=(sweep.SWEEP,),
    boards={changes.BOARD: boards.change_board},
    gap=sweep.gap,
    refusals={**refusals.REFUSALS, **templates.REFUSALS},
    settings=settings.SETTINGS,
    matters=(
        Matter(
            store.by_number,
            store.open_numbers,
            {"object": commands.object_in_words, "withdraw": commands.withdraw},
            show=dates.show,
            story=boards.story,
        ),
    ),
    entries={"role": told.role_entry},
    merge=store.merge,
    forget=FORGET,
    dates=dates.dates,
    outcomes={changes.PURPOSE: changes.decided},
)
