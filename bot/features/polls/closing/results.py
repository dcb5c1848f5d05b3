"""The message of a result, for one room."""

from sqlalchemy.orm import Session

from bot.chat.message import Attachment, Message
from bot.commons import roll
from bot.commons.notes import with_unheard
from bot.features.polls import boards, rules, store
from bot.features.polls.closing import counting, texts
from bot.features.polls.methods.texts import panels
from bot.features.polls.picture import draw
from bot.features.polls.voting.texts import marks_in_words
from bot.language import Voice
from bot.routing.feature import voice_in
from bot.routing.house import prefix_on
from models import ChatRow, GroupRow, PollRow

HANDFUL = 6  # options from which on a picture helps
ALL = 10_000  # ballots that are listed with their voters' names


def message_for(db: Session, poll: PollRow, result: counting.Result, chat: ChatRow) -> Message:
    group = db.get_one(GroupRow, poll.group_id)
    voice = voice_in(chat, group)
    said = texts.result(voice, facts_of(db, poll, result, chat))
    said = with_unheard(db, voice, said, "poll", poll.id)
    return said.with_attachments(*files(db, voice, poll, result))


def facts_of(db: Session, poll: PollRow, result: counting.Result, chat: ChatRow) -> texts.ResultFacts:
    return texts.ResultFacts(
        poll_id=poll.id,
        number=poll.number,
        question=poll.question,
        method=poll.method,
        outcome=result.outcome,
        options=boards.told(db, poll, result.tally),
        named=store.named(db, poll),
        count=result.count,
        tied=result.tied,
        accounting=result.accounting,
        electors=result.electorate.size,
        quorum=poll.quorum,
        least=rules.floor(result.electorate.awake, poll.quorum),
        secret=poll.secret.hex() if result.lots else "",
        chance=result.lots.chance if result.lots else "",
        decides=bool(poll.purpose),
        prefix=prefix_on(chat.platform),
    )


def files(db: Session, voice: Voice, poll: PollRow, result: counting.Result) -> list[Attachment]:
    made = []
    if result.outcome == "counted" and len(poll.options) > HANDFUL:
        title = texts.heading(voice, poll.number, poll.question)
        shown = draw(panels(voice, title, result.count, store.named(db, poll)))
        made.append(Attachment(f"D-{poll.number}.png", "image/png", shown))
    if result.lots is not None:
        made.append(Attachment(f"D-{poll.number}-receipt.txt", "text/plain", result.lots.receipt.encode()))
    if poll.visibility == "named" and result.accounting.counted > boards.NAMED:
        made.append(Attachment(f"D-{poll.number}-ballots.txt", "text/plain", ballots_file(db, voice, poll).encode()))
    return made


def ballots_file(db: Session, voice: Voice, poll: PollRow) -> str:
    """Who chose what, a line each: a named poll has no secrets, and a long list is folded in the message."""
    named, ballots = store.named(db, poll), store.ballots(db, poll)
    people = store.voters(db, poll, ALL)
    return "".join(
        f"{name}: {marks_in_words(voice, poll.method, ballots[one.id], named)}\n"
        for one, name in zip(people, roll.names_in(db, people), strict=True)
        if one.id in ballots
    )
