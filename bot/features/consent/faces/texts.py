"""What the boards of consent say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import action
from bot.chat.message import Attachment, Block, Button, Mention, Message, Span, Style, Text, bullet, paragraph, quoted
from bot.commons.texts import folded_list
from bot.features.consent import rules
from bot.features.consent.store import Tally
from bot.language import Voice

STANCES = ("consent", "aside", "object")
MARKS = {"kept": "{}", "removed": "[−{}−]", "added": "[+{}+]"}
STYLES: dict[str, Style] = {"kept": "plain", "removed": "italic", "added": "bold"}
LONG, SHORT = 1_400, 700  # characters of a text: longer ones are shown in part, and in full in a file


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection as people see it."""

    objection_id: int
    number: int
    name: str
    mention: Mention
    reason: str
    state: str
    version: int
    settled_version: int | None
    settled_why: str
    current: int  # the proposal's version now
    open: bool  # whether the round is


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a round's board tells."""

    round_id: int
    number: int
    version: int
    proposer: str
    text: str
    before: str | None  # the version before
    phase: str
    open: bool
    closes_at: datetime
    step_ends_at: datetime
    quorum: int
    size: int
    newcomers: int
    resting: int  # who may take part, and are not counted for the quorum
    fingerprint: str
    tally: Tally
    names: Mapping[str, Sequence[str]]  # the first of each stance
    concerns: Sequence[tuple[str, str]]
    objections: Sequence[Objection]
    remarks: Sequence[tuple[str, str]]
    remark_count: int
    facilitators: Sequence[str]
    prefix: str


def stance_buttons(v: Voice, round_id: int) -> tuple[Button, ...]:
    return (
        Button(v._("Consent"), "✅", action("consent.consent", round_id)),
        Button(v._("Stand aside"), "🤷", action("consent.aside", round_id)),
        Button(v._("Object"), "✋", action("consent.object", round_id)),
    )


def round_board(v: Voice, f: RoundFacts) -> Message:
    heading = v._("📜 D-{number}: proposal by {name}", number=f.number, name=f.proposer)
    if f.version > 1:
        heading = v._("📜 D-{number}: version {version}, proposal by {name}", number=f.number, version=f.version, name=f.proposer)
    blocks = [paragraph(Text(heading, "bold")), *text_blocks(v, f.text), *changes(v, f)]
    if not f.open:
        return Message((*blocks, *spoken(v, f), paragraph(v._("This round is over."))))
    if f.phase != "stances":
        return Message((*blocks, *step(v, f), who_sees(v, f)), ((step_button(v, f),),))
    blocks += [deadline(v, f), *spoken(v, f), *remarks(v, f), *all_spoken(v, f), who_sees(v, f)]
    return Message(tuple(blocks)).with_rows(stance_buttons(v, f.round_id)).as_poll()


def text_blocks(v: Voice, text: str) -> list[Block]:
    """The proposal's own words; of a long one the beginning."""
    shown = text if len(text) <= LONG else text[:SHORT].rsplit(" ", 1)[0] + " …"
    blocks = [quoted(line) for line in shown.splitlines() if line.strip()]
    if shown != text:
        blocks.append(paragraph(v._("This is the beginning; the full text stands in the file that I posted with it.")))
    return blocks


def full_text(v: Voice, number: int, version: int, text: str) -> Message:
    name = f"D-{number}-v{version}.txt"
    said = Message((paragraph(v._("D-{number}, version {version}: the full text.", number=number, version=version)),))
    return said.with_attachments(Attachment(name, "text/plain", text.encode()))


def is_long(text: str) -> bool:
    return len(text) > LONG


def changes(v: Voice, f: RoundFacts) -> list[Block]:
    """Word by word what the new version takes out and puts in."""
    if f.before is None or is_long(f.text) or is_long(f.before):
        return []
    spans = [Text(MARKS[piece.kind].format(piece.text) + " ", STYLES[piece.kind]) for piece in rules.difference(f.before, f.text)]
    return [paragraph(v._("What changed, [−out−] and [+in+]:")), paragraph(*spans)]


def deadline(v: Voice, f: RoundFacts) -> Block:
    return paragraph(*v.line("Open until {time}.", time=v.moment_span(f.closes_at)))


def all_spoken(v: Voice, f: RoundFacts) -> list[Block]:
    """A hint that nothing more need be waited for."""
    if f.tally.counted < f.size or any(each.state == "open" for each in f.objections):
        return []
    return [
        paragraph(
            v._(
                "All have spoken. Whoever opened it, or the facilitator, can end it now: {prefix}close D-{number}",
                prefix=f.prefix,
                number=f.number,
            )
        )
    ]


def step(v: Voice, f: RoundFacts) -> Iterator[Block]:
    """Where the full process stands."""
    time = v.moment_span(f.step_ends_at)
    if f.phase == "questions":
        yield paragraph(
            *v.line("Step 1 of 3, clarifying questions, until {time}. Reply to this message to ask or to answer.", time=time)
        )
    else:
        yield paragraph(*v.line("Step 2 of 3, quick reactions, until {time}. Reply to this message with yours.", time=time))
    yield from remarks(v, f)
    yield paragraph(v._("Moved on sooner by {names}.", names=v.listed(f.facilitators)))


def step_button(v: Voice, f: RoundFacts) -> Button:
    """A sign of its own for each step: on Matrix nobody can give the same reaction to the same message twice."""
    return Button(v._("Next step"), "⏩" if f.phase == "questions" else "⏭️", action("consent.next", f.round_id))


def remarks(v: Voice, f: RoundFacts) -> Iterator[Block]:
    hidden = f.remark_count - len(f.remarks)
    if hidden > 0:
        yield paragraph(v.n_("{n} earlier remark is not shown.", "{n} earlier remarks are not shown.", hidden))
    yield from (bullet(f"{name}: {words}") for name, words in f.remarks)


def spoken(v: Voice, f: RoundFacts) -> Iterator[Block]:
    """How many have spoken, who said what, concerns and objections."""
    facts = {"counted": f.tally.counted, "size": f.size, "quorum": f.quorum}
    yield paragraph(v._("Spoken: {counted} of {size}; {quorum} needed.", **facts))
    yield from stance_lines(v, f.tally, f.names)
    if f.concerns:
        yield paragraph(v._("Concerns:"))
        yield from (bullet(f"{name}: {words}") for name, words in f.concerns)
    if f.objections:
        yield paragraph(v._("Objections:"))
        yield from (bullet(life(v, each)) for each in f.objections)


def stance_lines(v: Voice, tally: Tally, names: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    words = {
        "consent": lambda **facts: v._("✅ Consent, {count}: {names}", **facts),
        "aside": lambda **facts: v._("🤷 Stand aside, {count}: {names}", **facts),
        "object": lambda **facts: v._("✋ Object, {count}: {names}", **facts),
    }
    for stance in STANCES:
        count = getattr(tally, stance)
        if count:
            yield paragraph(words[stance](count=count, names=folded_list(v, names[stance], count)))


def life(v: Voice, o: Objection) -> str:
    """An objection's reason and what became of it."""
    reason = o.reason or v._("no reason yet")
    match o.state:
        case "integrated":
            return v._("{name}: {reason} (integrated in version {version})", name=o.name, reason=reason, version=o.settled_version)
        case "withdrawn":
            return v._("{name}: {reason} (withdrawn)", name=o.name, reason=reason)
        case "set aside":
            return v._("{name}: {reason} (set aside: {why})", name=o.name, reason=reason, why=o.settled_why)
    return v._("{name}: {reason} (open)", name=o.name, reason=reason)


def who_sees(v: Voice, f: RoundFacts) -> Block:
    who = v.n_("{n} person may take part", "{n} people may take part", f.size)
    if f.newcomers:
        who += v.n_(" ({n} newcomer)", " ({n} newcomers)", f.newcomers)
    if f.resting:
        who += v.n_(" ({n} resting, not counted for the quorum)", " ({n} resting, not counted for the quorum)", f.resting)
    return paragraph(v._("{who}; all in this room see who said what.", who=who))


def objection_board(v: Voice, o: Objection) -> Message:
    heading = paragraph(Text(v._("✋ D-{number}: an objection by {name}", number=o.number, name=o.name), "bold"))
    blocks = [heading, *([quoted(o.reason)] if o.reason else [])]
    if o.state != "open" or not o.open:
        return Message((*blocks, paragraph(fate(v, o))))
    if o.version < o.current:
        asked = v.line("{name}, does version {version} meet your objection?", name=o.mention, version=o.current)
        return Message((*blocks, paragraph(*asked)), (met_buttons(v, o),))
    if not o.reason:
        blocks.append(
            paragraph(*v.line("{name}, please reply to this message: what would go wrong, and what do you need?", name=o.mention))
        )
    blocks.append(paragraph(v._("It blocks until it is integrated, withdrawn or set aside by the others.")))
    return Message(tuple(blocks), (life_buttons(v, o),))


def met_buttons(v: Voice, o: Objection) -> tuple[Button, ...]:
    return (
        Button(v._("It does"), "👍", action("objection.met", o.objection_id)),
        Button(v._("Not yet"), "👎", action("objection.stands", o.objection_id)),
    )


def life_buttons(v: Voice, o: Objection) -> tuple[Button, ...]:
    return (
        Button(v._("Withdraw objection"), "↩️", action("objection.withdraw", o.objection_id)),
        Button(v._("Ask to set aside"), "⚖️", action("objection.aside", o.objection_id)),
    )


def fate(v: Voice, o: Objection) -> str:
    match o.state:
        case "integrated":
            return v._("Integrated in version {version}.", version=o.settled_version)
        case "withdrawn":
            return v._("Withdrawn.")
        case "set aside":
            return v._("Set aside by the others: {why}", why=o.settled_why)
    return v._("It stood when the round ended.")


@dataclass(frozen=True, slots=True)
class AsideFacts:
    """A small round of the others on an objection."""

    round_id: int
    objection: Objection
    reason: Sequence[tuple[str, str]]  # by whom, and the words; none yet
    closes_at: datetime
    outcome: str
    quorum: int
    size: int
    tally: Tally
    names: Mapping[str, Sequence[str]]


def aside_board(v: Voice, f: AsideFacts) -> Message:
    heading = v._("⚖️ D-{number}: set aside the objection by {name}?", number=f.objection.number, name=f.objection.name)
    blocks = [paragraph(Text(heading, "bold"))]
    if f.objection.reason:
        blocks.append(quoted(f.objection.reason))
    blocks += [paragraph(v._("Reason to set it aside, {name}: {words}", name=name, words=words)) for name, words in f.reason]
    if f.outcome != "open":
        return Message((*blocks, *stance_lines(v, f.tally, f.names), paragraph(came_to(v, f.outcome))))
    if not f.reason:
        blocks.append(paragraph(v._("Whoever asked: please reply to this message with the reason. Without one it stays.")))
    facts: dict[str, Span | str | int] = {"counted": f.tally.counted, "size": f.size, "quorum": f.quorum}
    facts["time"] = v.moment_span(f.closes_at)
    blocks.append(
        paragraph(
            *v.line(
                "For the others, until {time}. Spoken: {counted} of {size}; {quorum} needed. One Object keeps the objection.",
                **facts,
            )
        )
    )
    return Message((*blocks, *stance_lines(v, f.tally, f.names)), (stance_buttons(v, f.round_id),))


def came_to(v: Voice, outcome: str) -> str:
    match outcome:
        case "adopted":
            return v._("The objection is set aside.")
        case "withdrawn":
            return v._("No longer needed.")
    return v._("The objection stands.")
