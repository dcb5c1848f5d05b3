"""A poll's result in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.action import action
from bot.chat.message import Block, Button, Message, Text, bullet, paragraph, quoted
from bot.commons.accounting import Accounting
from bot.commons.texts import folded_list
from bot.features.polls import rules
from bot.features.polls.methods import Count
from bot.features.polls.methods.texts import steps
from bot.features.polls.texts import OptionFacts, tally_lines
from bot.language import Voice
from bot.routing.house import Entry, Told
from bot.tidy import isolated, tidy

STEPWISE = {"ranked", "condorcet", "score"}  # methods that count in several steps, each of which is told
SHOWN = 40  # characters of an option in a list


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What a result tells."""

    poll_id: int
    number: int
    question: str
    method: str
    outcome: str
    options: Sequence[OptionFacts]
    named: Mapping[int, str]
    count: Count
    tied: Sequence[int]
    accounting: Accounting
    electors: int
    quorum: int
    least: int  # ballots that a secret result needs
    secret: str
    chance: str
    decides: bool  # a feature acts on it: Yes or No, and a tie is a No
    prefix: str


def heading(v: Voice, number: int, question: str) -> str:
    return v._("📊 D-{number}, the result: {question}", number=number, question=isolated(question))


def result(v: Voice, f: ResultFacts) -> Message:
    blocks = [paragraph(Text(heading(v, f.number, f.question), "bold"))]
    blocks.append(paragraph(outcome(v, f)))
    if f.outcome in {"counted", "no quorum"}:
        blocks += [*tally_lines(v, f.method, f.options), *steps(v, f.count, f.named)]
    blocks += [*tie_lines(v, f), paragraph(accounts(v, f))]
    said = Message(tuple(blocks))
    return said if f.decides else said.with_rows((Button(v._("Ask again"), "🔁", action("polls.again", f.poll_id)),))


def outcome(v: Voice, f: ResultFacts) -> str:
    if f.outcome == "counted":
        return answer(v, f) if f.decides else winner(v, f)
    return {
        "no votes": v._("Nobody voted, so nothing is decided."),
        "too few": v._(
            "{voted} voted, and a secret result needs {least}: fewer could be guessed. The ballots are destroyed, and nothing is decided.",
            voted=f.accounting.counted,
            least=f.least,
        ),
        "no quorum": v._(
            "{voted} voted, and a result needs {quorum}. Nothing is decided.", voted=f.accounting.counted, quorum=f.quorum
        ),
    }[f.outcome]


def answer(v: Voice, f: ResultFacts) -> str:
    if rules.answer_of(f.outcome, f.count.winners) == "adopted":
        return v._("Adopted: more said Yes than No.")
    return v._("Not adopted: that would take more Yes than No.")


def winner(v: Voice, f: ResultFacts) -> str:
    names = v.listed([f.named[place] for place in f.count.winners])
    if not f.count.winners:
        return v._("Signed up as follows; a sign-up has no winner.") if f.method == "sign-up" else v._("No option received a vote.")
    if f.tied and f.method in STEPWISE:
        return v._("Chosen: {winner}. Lots decided a tie on the way.", winner=names)
    if f.tied:
        return v._("{tied} are level. Lots decided: {winner}.", tied=v.listed([f.named[p] for p in f.tied]), winner=names)
    return v._("Chosen: {winner}.", winner=names)


def tie_lines(v: Voice, f: ResultFacts) -> list[Block]:
    if not f.tied:
        return []
    command = code(f"folkmoot verify draw D-{f.number}-receipt.txt")
    return [
        paragraph(*v.line("My secret, sealed when the poll opened: {secret}", secret=code(f.secret))),
        paragraph(
            *v.line("Secret and tally give the chance {chance}. Check it: {command}", chance=code(f.chance), command=command)
        ),
    ]


def accounts(v: Voice, f: ResultFacts) -> str:
    line = f.accounting
    return v.n_(
        "{n} answer received = {counted} counted + {replaced} replaced or taken back + {refused} refused. {counted} of {electors} voted.",
        "{n} answers received = {counted} counted + {replaced} replaced or taken back + {refused} refused. {counted} of {electors} voted.",
        line.received,
        counted=line.counted,
        replaced=line.replaced,
        refused=line.refused,
        electors=f.electors,
    )


def code(text: str) -> Text:
    return Text(text, "code")


def story(v: Voice, question: str, options: Mapping[int, str], figures: Mapping[int, object]) -> list[Block]:
    """Of one that has not been counted the options alone."""
    counted = [v._("{option}: {figure}", option=words, figure=figures.get(place, 0)) for place, words in options.items()]
    return [quoted(question), *map(bullet, counted if figures else options.values())]


def poll_entry(v: Voice, e: Entry) -> Told:
    facts, options = {"number": e.facts["poll"], "question": e.said("question")}, e.personal.get("options", ())
    won = [isolated(tidy(options[place - 1] or "…", SHOWN)) for place in e.facts.get("winners", ()) if 0 < place <= len(options)]
    if e.facts["outcome"] != "counted":
        return Told(v._("{number} has no result: {question}", **facts), "decided")
    if not won:
        return Told(v._("{number} is counted: {question}", **facts), "decided")
    return Told(v._("{number}, {question}: {answer}", answer=folded_list(v, won), **facts), "decided")


def poll_withdrawn_entry(v: Voice, e: Entry) -> Told:
    return Told(v._("{number} is withdrawn", number=e.facts["poll"]), "decided")
