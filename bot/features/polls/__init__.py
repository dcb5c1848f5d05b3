"""Polls: several options, honest methods, three visibilities."""

from bot.chat.incoming import TakenBack
from bot.features.polls import boards, commands, dates, store
from bot.features.polls.asking import questions, series
from bot.features.polls.asking import texts as asking
from bot.features.polls.closing import closing, story
from bot.features.polls.closing import texts as told
from bot.features.polls.forgetting import FORGET, unname
from bot.features.polls.methods import texts as methods
from bot.features.polls.secret import box
from bot.features.polls.secret import handlers as booth
from bot.features.polls.secret import texts as secret
from bot.features.polls.voting import casting, merging
from bot.features.polls.voting import texts as voting
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="polls",
    commands=(
        Command("poll", commands.poll, asking.help_poll),
        Command("option", commands.add_option, asking.help_option),
        Command("polls", commands.polls, asking.help_polls),
    ),
    taps={
        "polls.mark": commands.mark,
        "polls.undo": commands.undo,
        "polls.clear": commands.clear,
        "polls.again": commands.ask_again,
    },
    private_taps={
        "polls.ballot": booth.open_ballot,
        "polls.pick": booth.mark,
        "polls.unpick": booth.clear,
        "polls.backpick": booth.undo,
        "polls.cast": booth.cast,
    },
    replies={"poll": commands.reply, "polls.secret": booth.typed},
    sweeps=(closing.SWEEP, series.SWEEP, box.SWEEP),
    boards={"poll": boards.poll_board},
    events=((TakenBack, casting.taken_back),),
    gap=closing.gap,
    asks={"majority": questions.asking("named"), "secret majority": questions.asking("secret")},
    take_back=closing.take_back,
    merge=merging.merge,
    forget=FORGET,
    unname=unname,
    dates=dates.dates,
    entries={"poll": told.poll_entry, "poll withdrawn": told.poll_withdrawn_entry},
    refusals={**asking.REFUSALS, **voting.REFUSALS, **secret.REFUSALS, **methods.REFUSALS},
    matters=(
        Matter(
            store.find,
            store.open_numbers,
            {"vote": commands.vote, "close": commands.close, "extend": commands.extend, "withdraw": commands.withdraw},
            show=dates.show,
            story=story.story,
        ),
    ),
)
