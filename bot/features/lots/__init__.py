"""Lots instead of careers: a draw that anyone can check."""

from bot.chat.incoming import MemberLeft
from bot.features.lots import boards, commands, merging, store, sweep, texts
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="lots",
    commands=(
        Command("draw", commands.draw, texts.help_draw),
        Command("verify", commands.verify, texts.help_verify),
    ),
    taps={
        "lots.shake": commands.shake,
        "lots.draw": commands.draw_now,
        "lots.accept": commands.accept,
        "lots.decline": commands.decline,
    },
    events=((MemberLeft, commands.left),),
    sweeps=(sweep.SWEEP,),
    boards={
        "draw": boards.draw_board,
        "result": boards.result_board,
        "offer": boards.offer_board,
        "vacancy": boards.vacancy_board,
    },
    gap=sweep.gap,
    refusals=texts.REFUSALS,
    matters=(Matter(store.find, store.open_numbers, {}),),
    merge=merging.merge,
    rest=commands.pass_on,
)
