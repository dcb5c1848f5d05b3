"""Lots instead of careers: a draw that anyone can check."""

from bot.chat.incoming import MemberLeft
from bot.features.lots import boards, commands, merging, store, sweep, texts
from bot.features.lots.balances import commands as balances
from bot.features.lots.balances import texts as balance_texts
from bot.features.lots.beacon import commands as beacon_commands
from bot.features.lots.beacon import texts as beacon_texts
from bot.features.lots.beacon import waiting
from bot.features.lots.beacon.settings import CHANCE
from bot.features.lots.forgetting import FORGET
from bot.features.lots.offers import texts as told
from bot.features.lots.offers import vacancies
from bot.features.lots.pools import texts as pool_texts
from bot.features.lots.proofs import commands as proofs
from bot.features.lots.story import story
from bot.routing.feature import Command, Feature, Matter

PASSED = tuple(f"draw {why}" for why in ("declined", "left", "passed", "silent", "replaced"))  # entries of seats that passed on

FEATURE = Feature(
    name="lots",
    commands=(
        Command("draw", commands.draw, texts.help_draw),
        Command("verify", proofs.verify, texts.help_verify),
        Command("quotas", balances.quotas, balance_texts.help_quotas),
        Command("beacon", beacon_commands.beacon, beacon_texts.help_beacon),
    ),
    taps={
        "lots.shake": commands.shake,
        "lots.draw": commands.draw_now,
        "lots.accept": commands.accept,
        "lots.decline": commands.decline,
    },
    events=((MemberLeft, commands.left),),
    replies={"draw": beacon_commands.reply},
    sweeps=(sweep.SWEEP, waiting.ROUNDS, vacancies.VACANCIES, vacancies.OFFERS, vacancies.UNDATED),
    errands=(waiting.FETCH,),
    boards={
        "draw": boards.draw_board,
        "result": boards.result_board,
        "offer": boards.offer_board,
        "vacancy": boards.vacancy_board,
    },
    gap=sweep.gap,
    refusals={**texts.REFUSALS, **pool_texts.REFUSALS, **beacon_texts.REFUSALS, **balance_texts.REFUSALS},
    settings=(CHANCE,),
    matters=(Matter(store.find, store.open_numbers, {}, show=boards.show, story=story),),
    entries={
        "draw": told.draw_entry,
        "draw accepted": told.accepted_entry,
        **dict.fromkeys(PASSED, told.passed_entry),
    },
    merge=merging.merge,
    forget=FORGET,
    rest=commands.pass_on,
)
