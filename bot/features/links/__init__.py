"""Links: several rooms of one group, and several accounts of one person."""

from bot.features.links import boards, commands, joining, sweep, texts
from bot.features.links.forgetting import FORGET
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="links",
    commands=(
        Command("link", commands.link, texts.help_link),
        Command("unlink", commands.unlink, texts.help_unlink),
    ),
    taps={"link.object": joining.object_},
    sweeps=(sweep.SWEEP,),
    boards={"link": boards.link_board},
    gap=sweep.gap,
    refusals=texts.REFUSALS,
    forget=FORGET,
    entries={
        "room joined": texts.room_joined_entry,
        "room left": texts.room_left_entry,
        "accounts linked": texts.linked_entry,
        "accounts parted": texts.parted_entry,
    },
)
