"""Who may have the group's files: a line of /settings."""

from bot.commons.choices import one_of
from bot.features.moving import texts
from bot.routing.feature import Setting

EXPORT = Setting("export", "consent", one_of("consent", "anyone"), texts.export_line, consented=("anyone",))
