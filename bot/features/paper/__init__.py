"""Paper: what was decided, who does what and how to object, on a page for a noticeboard."""

from bot.commons import consented
from bot.features.paper import commands, posting, texts, weekly
from bot.features.paper.forgetting import FORGET
from bot.features.paper.opening import ARCHIVE
from bot.routing.feature import Command, Feature

__all__ = ["ARCHIVE", "FEATURE"]

FEATURE = Feature(
    name="paper",
    commands=(Command("bulletin", commands.bulletin, texts.help_bulletin),),
    sweeps=(weekly.WEEKLY, posting.SHEETS),
    errands=(posting.PRINT,),
    refusals=texts.REFUSALS,
    settings=(weekly.BULLETIN, ARCHIVE),
    outcomes=consented.outcomes(ARCHIVE),
    replan=weekly.replan,
    forget=FORGET,
)
