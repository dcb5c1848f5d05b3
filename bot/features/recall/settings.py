"""How a group wants its recalls: each is one line of /settings."""

from bot.commons.choices import one_of
from bot.features.recall import rules, texts
from bot.routing.feature import Setting

METHOD = Setting("recall", "consent", one_of("consent", "majority", "secret majority"), texts.method_line)
SUPPORTERS = Setting("recall-supporters", 0, rules.read_supporters, texts.supporters_line)
MEANWHILE = Setting("recall-mandate", "stands", one_of("stands", "rests"), texts.meanwhile_line)
SETTINGS = (METHOD, SUPPORTERS, MEANWHILE)
