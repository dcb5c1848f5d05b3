"""Consent rounds: an objection is heard and worked through, never averaged away."""

from bot.chat.incoming import TakenBack
from bot.commons.numbers import handler_of
from bot.features.consent import closing, commands, dates, merging, opening, presses, reviews, store, sweep, taking_back
from bot.features.consent.faces import boards
from bot.features.consent.forgetting import FORGET, unname
from bot.features.consent.manuals import texts as manuals
from bot.features.consent.refusals import texts as refusals
from bot.features.consent.results import boards as results
from bot.features.consent.results import texts as told
from bot.features.consent.settings import SETTINGS
from bot.features.consent.story import story
from bot.routing.feature import Command, Feature, Matter

MATTER = Matter(
    find=store.by_number,
    open_ones=store.open_numbers,
    verbs={
        "vote": commands.vote,
        "consent": commands.saying("consent"),
        "aside": commands.saying("aside"),
        "object": commands.saying("object"),
        "concern": commands.concern,
        "amend": commands.amend,
        "close": commands.close,
        "extend": commands.extend,
        "withdraw": commands.withdraw,
    },
    show=dates.show,
    story=story,
)

FEATURE = Feature(
    name="consent",
    commands=(
        Command("propose", commands.propose, manuals.help_propose),
        Command("consent", handler_of("consent"), manuals.help_consent, vote=True),
        Command("aside", handler_of("aside"), manuals.help_aside, vote=True),
        Command("object", handler_of("object"), manuals.help_object, vote=True),
        Command("concern", handler_of("concern"), manuals.help_concern, vote=True),
        Command("amend", handler_of("amend"), manuals.help_amend),
        Command("rounds", commands.rounds, manuals.help_rounds),
    ),
    taps={
        "consent.consent": presses.taking("consent"),
        "consent.aside": presses.taking("aside"),
        "consent.object": presses.taking("object"),
        "consent.next": presses.next_phase,
        "objection.withdraw": presses.withdraw,
        "objection.aside": presses.set_aside,
        "objection.met": presses.met,
        "objection.stands": presses.not_met,
        "review.keep": reviews.keep,
        "review.change": reviews.change,
        "review.end": reviews.end_it,
    },
    replies={"round": presses.reply_to_round, "objection": presses.reply_to_objection, "aside": presses.reply_to_aside},
    sweeps=(*sweep.SWEEPS, reviews.SWEEP),
    boards={
        "round": boards.round_board,
        "objection": boards.objection_board,
        "aside": boards.aside_board,
        "outcome": results.outcome_board,
        "record": results.record_board,
        "review": results.review_board,
    },
    asks={"consent": opening.ask},
    take_back=closing.take_back,
    events=((TakenBack, taking_back.taken_back),),
    gap=sweep.gap,
    merge=merging.merge,
    forget=FORGET,
    unname=unname,
    dates=dates.dates,
    entries={"decision": told.decision_entry, "review": told.review_entry},
    refusals=refusals.REFUSALS,
    settings=SETTINGS,
    matters=(MATTER,),
)
