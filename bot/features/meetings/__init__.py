"""Meetings: an agenda with its times, turns to speak, notes, and minutes that enter the register."""

from bot.features.meetings import boards, commands, ending, merging, presses, store, texts
from bot.features.meetings.forgetting import FORGET
from bot.features.meetings.minutes import commands as minutes
from bot.features.meetings.minutes import texts as minute_texts
from bot.routing.feature import Command, Feature, Matter

FEATURE = Feature(
    name="meetings",
    commands=(
        Command("meeting", commands.meeting, texts.help_meeting),
        Command("stack", commands.stack, texts.help_stack),
        Command("minutes", minutes.minutes, minute_texts.help_minutes),
    ),
    taps={
        "meeting.next": presses.moving(1),
        "meeting.back": presses.moving(-1),
        "meeting.hand": presses.hand,
        "meeting.speaker": presses.next_speaker,
        "meeting.here": presses.here,
        "meeting.draw": presses.draw,
        "meeting.pass": presses.pass_on,
    },
    replies={boards.BOARD: presses.note},
    sweeps=(ending.SWEEP,),
    boards={boards.BOARD: boards.meeting_board},
    refusals=texts.REFUSALS,
    settings=(ending.ATTENDANCE,),
    matters=(Matter(store.find, store.open_numbers, {}, show=boards.show),),
    merge=merging.merge,
    forget=FORGET,
    entries={"minutes": minute_texts.minutes_entry},
)
