"""What people type about time: instants, lengths, schedules, and the options that end a text; pure, values in and values out."""

from bot.commons.when.clauses import read_clauses
from bot.commons.when.instants import read_instant
from bot.commons.when.kinds import CLAUSES, Clause, Fit, flag, number, one_of
from bot.commons.when.lengths import Span, after, read_length, read_span
from bot.commons.when.pasts import read_since, read_until
from bot.commons.when.quiet import QUIET_FROM, QUIET_TO, is_quiet, quiet_until
from bot.commons.when.quorums import Quorum, read_quorum
from bot.commons.when.schedules import Schedule, next_after, read_schedule, schedule_of
from bot.commons.when.texts import REFUSALS

__all__ = [
    "CLAUSES",
    "QUIET_FROM",
    "QUIET_TO",
    "REFUSALS",
    "Clause",
    "Fit",
    "Quorum",
    "Schedule",
    "Span",
    "after",
    "flag",
    "is_quiet",
    "next_after",
    "number",
    "one_of",
    "quiet_until",
    "read_clauses",
    "read_instant",
    "read_length",
    "read_quorum",
    "read_schedule",
    "read_since",
    "read_span",
    "read_until",
    "schedule_of",
]
