"""Methods of polls: what a ballot is, how ballots are counted, how a ballot is typed, and the words for all that. Pure."""

from bot.features.polls.methods.ballots import Count as Count
from bot.features.polls.methods.ballots import Frozen as Frozen
from bot.features.polls.methods.ballots import Grouped as Grouped
from bot.features.polls.methods.ballots import Marks as Marks
from bot.features.polls.methods.ballots import Step as Step
from bot.features.polls.methods.ballots import frozen as frozen
from bot.features.polls.methods.ballots import grouped as grouped
from bot.features.polls.methods.method import METHODS as METHODS
from bot.features.polls.methods.method import Method as Method
from bot.features.polls.methods.texts import REFUSALS as REFUSALS
from bot.features.polls.methods.texts import explained as explained
from bot.features.polls.methods.texts import panels as panels
from bot.features.polls.methods.texts import steps as steps
from bot.features.polls.methods.typed import read_typed as read_typed
