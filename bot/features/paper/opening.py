"""Whether the group's archive may be published, and how it names people: a line of /settings."""

from bot.commons.choices import one_of
from bot.features.paper import texts
from bot.routing.feature import Setting

WAYS = ("open", "initials", "names")
ARCHIVE = Setting("archive", "off", one_of("off", *WAYS), texts.archive_line, consented=WAYS)
