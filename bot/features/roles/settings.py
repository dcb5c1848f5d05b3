"""How a group wants its roles: each is one line of /settings."""

from bot.commons import roles
from bot.commons.choices import one_of
from bot.features.roles import limits, texts
from bot.refusal import Refused
from bot.routing.feature import Setting
from bot.tidy import tidy


def read_term(text: str) -> str:
    limits.check_length(text, limits.SOME_DAY, limits.SHORTEST_TERM, limits.LONGEST_TERM, Refused("term length"))
    return tidy(text, limits.LONGEST_NAME)


OBJECTABLE, CONSENT = "objectable", "consent"
CHANGED = Setting("roles", OBJECTABLE, one_of(OBJECTABLE, CONSENT), texts.roles_line)
TERM = Setting("term", roles.TERM, read_term, texts.term_line)
SETTINGS = (CHANGED, TERM)
