"""Labels: what people say of themselves, if they like, for draws that are balanced."""

from bot.chat.incoming import MemberLeft
from bot.features.labels import commands, texts
from bot.features.labels.forgetting import FORGET
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="labels",
    commands=(Command("label", commands.label, texts.help_label),),
    events=((MemberLeft, commands.gone),),
    refusals=texts.REFUSALS,
    merge=commands.merge,
    forget=FORGET,
)
