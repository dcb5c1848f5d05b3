"""Tables, one file for each noun; importing this package knows them all."""

from models.base import Base
from models.board import BoardRow
from models.bulletin import BulletinRow
from models.chat import ChatRow
from models.circle import CircleMemberRow, CircleRow
from models.council import CouncilRow
from models.draw import DrawRow, ShakeRow, TicketRow
from models.election import ElectionRow, NominationRow
from models.electorate import ElectorateRow, ElectorRow
from models.erasure import ErasureRow, WishRow
from models.grant import GrantRow
from models.group import GroupRow
from models.handover import HandoverRow
from models.intake import DeadLetterRow, IntakeRow, SeenRow, TurnedAwayRow, WaitingRow
from models.label import LabelRow
from models.link import LinkCodeRow, LinkTryRow, PersonLinkRow, RoomLinkRow, UnheardRow
from models.mandate import MandateRow
from models.meeting import AgendaRow, AttendeeRow, MeetingNoteRow, MeetingRow
from models.member import AccountRow, EarlierNameRow, MemberRow, PersonRow
from models.note import NoteRow, SearchRow
from models.poll import BallotRow, MarkRow, OptionRow, PollRow, PollSeriesRow, SecretBallotRow, SecretDraftRow
from models.promise import PromiseRow
from models.proposal import ObjectionRow, ProposalRow, RemarkRow, RoundRow, StanceChangeRow, StanceRow, VersionRow
from models.recall import RecallRow, SupportRow
from models.register import EntryMarkRow, EntryRow, PublicationRow
from models.role import HatRow, RoleChangeRow, RoleRow
from models.sharing import ArrivalRow, ClaimRow, LaneRow, WorkerRow

__all__ = [
    "AccountRow",
    "AgendaRow",
    "ArrivalRow",
    "AttendeeRow",
    "BallotRow",
    "Base",
    "BoardRow",
    "BulletinRow",
    "ChatRow",
    "CircleMemberRow",
    "CircleRow",
    "ClaimRow",
    "CouncilRow",
    "DeadLetterRow",
    "DrawRow",
    "EarlierNameRow",
    "ElectionRow",
    "ElectorRow",
    "ElectorateRow",
    "EntryMarkRow",
    "EntryRow",
    "ErasureRow",
    "GrantRow",
    "GroupRow",
    "HandoverRow",
    "HatRow",
    "IntakeRow",
    "LabelRow",
    "LaneRow",
    "LinkCodeRow",
    "LinkTryRow",
    "MandateRow",
    "MarkRow",
    "MeetingNoteRow",
    "MeetingRow",
    "MemberRow",
    "NominationRow",
    "NoteRow",
    "ObjectionRow",
    "OptionRow",
    "PersonLinkRow",
    "PersonRow",
    "PollRow",
    "PollSeriesRow",
    "PromiseRow",
    "ProposalRow",
    "PublicationRow",
    "RecallRow",
    "RemarkRow",
    "RoleChangeRow",
    "RoleRow",
    "RoomLinkRow",
    "RoundRow",
    "SearchRow",
    "SecretBallotRow",
    "SecretDraftRow",
    "SeenRow",
    "ShakeRow",
    "StanceChangeRow",
    "StanceRow",
    "SupportRow",
    "TicketRow",
    "TurnedAwayRow",
    "UnheardRow",
    "VersionRow",
    "WaitingRow",
    "WishRow",
    "WorkerRow",
]
