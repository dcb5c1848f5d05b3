"""What polls say of their methods: each explained in two sentences, how a winner came about, and what is amiss with a ballot."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat.message import Block, Text, bullet, paragraph
from bot.features.polls.methods.ballots import Count, Figures, Step
from bot.features.polls.methods.method import METHODS
from bot.features.polls.picture import Bar, Panel, State
from bot.language import Voice
from bot.routing.feature import Wording
from bot.tidy import isolated

ROWS = 6  # rows of a step's table that are shown; the rest are counted
DUELS = 15  # duels shown one by one
LAST_ROUNDS = 4  # drawn in a picture, after the first


def explained(v: Voice, method: str) -> str:
    """The method in two sentences."""
    return {
        "single": v._("Each person has one vote. The option with most votes wins."),
        "several": v._("Choose all the options that you could live with. The one that most people chose wins."),
        "score": v._(
            "Give each option 0 to 5 points. Of the two with most points, the one that more people scored higher than the other wins (STAR)."
        ),
        "ranked": v._(
            "Put options in order, best first. Round by round the one with fewest votes leaves and its ballots go to their next choice, until one has more than half (instant run-off)."
        ),
        "condorcet": v._(
            "Put options in order, best first. The one that would beat each other option in a duel wins; if there is none, the strongest chains of duels decide (Schulze)."
        ),
        "dots": v._("Spread your points over the options as you like. The option with most points wins."),
        "time": v._("Say yes, if need be, or no to each date. The date at which most people can come wins; then most plain yeses."),
        "sign-up": v._("Sign up for what you will take part in. Names are counted, and nothing is decided."),
    }[METHODS[method].name]


def steps(v: Voice, count: Count, named: Mapping[int, str]) -> list[Block]:
    """How the winner came about, step by step; nothing where adding up says it all."""
    rounds = [step for step in count.steps if step.kind == "round"]
    return [block for step in count.steps for block in step_blocks(v, step, named, rounds)]


def step_blocks(v: Voice, step: Step, named: Mapping[int, str], rounds: Sequence[Step]) -> list[Block]:
    if step.kind == "tally" and not step.by_lot:
        return []
    heading = Text(heading_of(v, step, rounds.index(step) + 1 if step in rounds else 0), "bold")
    lines = duel_lines(v, step, named) if step.kind == "duels" else figure_lines(v, step, named)
    return [paragraph(heading), *map(bullet, lines), *map(paragraph, remarks(v, step, named))]


def heading_of(v: Voice, step: Step, number: int) -> str:
    return {
        "tally": v._("The count"),
        "yeses": v._("Level, so plain yeses decide"),
        "scores": v._("Points"),
        "preferences": v._("Level, so it counts which of them people scored higher"),
        "top scores": v._("Level, so the number of fives decides"),
        "run-off": v._("Run-off of the two: who scored which higher"),
        "round": v._("Round {number}", number=number),
        "duels": v._("Duels: how many prefer one to the other"),
        "paths": v._("No option wins all its duels, so the strongest chains of duels decide"),
    }[step.kind]


def figure_lines(v: Voice, step: Step, named: Mapping[int, str]) -> list[str]:
    """The table's rows, best first, each with what became of it."""
    if step.kind == "paths":
        return []
    ordered = sorted(step.figures, key=lambda place: (-step.figures[place], place in step.out, place))
    kept = {*ordered[:ROWS], *step.ahead, *step.out, *step.tied}
    rows = [row(v, step, place, named) for place in ordered if place in kept]
    rest = len(ordered) - len(rows)
    return [*rows, v.n_("{n} more option", "{n} more options", rest)] if rest else rows


def row(v: Voice, step: Step, place: int, named: Mapping[int, str]) -> str:
    name, figure = isolated(named[place]), step.figures[place]
    if place in step.out:
        return v._("{option}: {figure}, leaves", option=name, figure=figure)
    return f"{name}: {figure}"


def duel_lines(v: Voice, step: Step, named: Mapping[int, str]) -> list[str]:
    """Each pair once, the stronger first; only the winner's where there are many."""
    pairs = [(a, b) for (a, b), n in step.pairs.items() if n > step.pairs[b, a] or (n == step.pairs[b, a] and a < b)]
    if len(pairs) > DUELS:
        pairs = [pair for pair in pairs if set(pair) & set(step.ahead)]
    ordered = sorted(pairs, key=lambda pair: (-step.figures[pair[0]], pair))[:DUELS]
    lines = [f"{isolated(named[a])} {step.pairs[a, b]} : {step.pairs[b, a]} {isolated(named[b])}" for a, b in ordered]
    rest = len(step.pairs) // 2 - len(lines)
    return [*lines, v.n_("{n} more duel", "{n} more duels", rest)] if rest else lines


def remarks(v: Voice, step: Step, named: Mapping[int, str]) -> list[str]:
    said = []
    if step.idle:
        said.append(
            v.n_(
                "{n} ballot names none of those who are left.",
                "{n} ballots name none of those who are left.",
                step.idle,
            )
            if step.kind == "round"
            else v.n_("{n} ballot scored both alike.", "{n} ballots scored both alike.", step.idle)
        )
    tied = v.listed(isolated(named[place]) for place in step.tied)
    if step.by_lot:
        chosen = v.listed(isolated(named[place]) for place in (step.out or step.ahead[-1:]))
        said.append(
            v._("{options} were level, and lots decided that {option} leaves.", options=tied, option=chosen)
            if step.out
            else v._("{options} were level, and lots decided for {option}.", options=tied, option=chosen)
        )
    return said


def panels(v: Voice, title: str, count: Count, named: Mapping[int, str]) -> list[Panel]:
    """The picture of a count: all options under the title; of a run-off its first round and its last ones."""
    rounds = [step for step in count.steps if step.kind == "round"]
    if not rounds:
        return [panel(title, count.figures, count.winners, (), named)]
    full = max(max(step.figures.values()) for step in rounds)
    shown = [rounds[0], *rounds[1:][-LAST_ROUNDS:]]
    made = [
        replace(panel(heading_of(v, one, rounds.index(one) + 1), one.figures, one.ahead, one.out, named), full=full)
        for one in shown
    ]
    return [replace(made[0], heading=f"{title} · {made[0].heading}"), *made[1:]]


def panel(heading: str, figures: Figures, ahead: Sequence[int], out: Sequence[int], named: Mapping[int, str]) -> Panel:
    def state(place: int) -> State:
        return "ahead" if place in ahead else "out" if place in out else "plain"

    ordered = sorted(figures, key=lambda place: (place not in ahead, place in out, -figures[place], place))
    return Panel(heading, [Bar(place, named[place], figures[place], state(place)) for place in ordered])


REFUSALS: dict[str, Wording] = {
    "unreadable ballot": lambda v, **f: v._("I cannot read this as a ballot. Write it like this: {example}", **f),
    "nothing marked": lambda v, **f: v._("This ballot marks no option. Mark one at least.", **f),
    "no such option": lambda v, **f: v.n_(
        "There is no option {option}. There is {n} option; use its number.",
        "There is no option {option}. There are {n} options; use their numbers, 1 to {n}.",
        f["options"],
        **f,
    ),
    "one choice only": lambda v, **f: v._("This poll takes one choice. Name one option only.", **f),
    "too many choices": lambda v, **f: v.n_(
        "This poll takes {n} choice. Name fewer options.",
        "This poll takes {n} choices at most. Name fewer options.",
        f["limit"],
        **f,
    ),
    "score out of range": lambda v, **f: v._("Scores go from 0 to {best}. Write for example: 1={best} 2=0", **f),
    "ranks in a muddle": lambda v, **f: v._(
        "Each option has a rank of its own here. Write them in order, best first: 2 > 1 > 3", **f
    ),
    "too many points": lambda v, **f: v.n_(
        "There is {n} point to spread, and you gave {given}. Give fewer.",
        "There are {n} points to spread, and you gave {given}. Give fewer.",
        f["limit"],
        **f,
    ),
    "unclear marks": lambda v, **f: v._("This poll does not know such a mark. Press its buttons, or look at its example.", **f),
    "marked twice": lambda v, **f: v._("This names an option twice. Name each option once.", **f),
    "two meanings": lambda v, **f: v._(
        "{said} is the number of one option and the text of another. Write #{said} for the number, or press the button.", **f
    ),
    "answers do not match": lambda v, **f: v.n_(
        "You gave {given} answers, and there is {n} date. Give one for each, or write like this: 1=yes 2=no",
        "You gave {given} answers, and there are {n} dates. Give one for each, or write like this: 1=yes 2=no",
        f["options"],
        **f,
    ),
}
