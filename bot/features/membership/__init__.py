"""Who is in the hat: a voluntary roll."""

from bot.chat.incoming import MemberLeft
from bot.features.membership import commands, texts
from bot.features.membership.forgetting import FORGET
from bot.routing.feature import Command, Feature

FEATURE = Feature(
    name="membership",
    commands=(
        Command("join", commands.join, texts.help_join, vote=True),
        Command("leave", commands.leave, texts.help_leave, vote=True),
        Command("who", commands.who, texts.help_who),
    ),
    taps={"roll.join": commands.count_me_in},
    events=((MemberLeft, commands.gone),),
    forget=FORGET,
)
