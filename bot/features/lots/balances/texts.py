"""What is said of a balanced draw: its quotas, everybody's chance, and who follows whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.message import Attachment, Block, Message, Text, bullet, message, paragraph
from bot.language import Voice
from bot.routing.feature import Manual, Wording

SHOWN, LISTED = 6, 12  # values of one category, on a board and in an answer


def help_quotas(v: Voice) -> Manual:
    return Manual(
        usage=v._("[draw]"),
        summary=v._("show the quotas of a balanced draw, with files for other sortition tools"),
        more=v._(
            "Gives categories.csv and people.csv as the stratified selection tools of the Sortition Foundation read them, and everybody's chance. "
            "Example: quotas D-17."
        ),
    )


@dataclass(frozen=True, slots=True)
class Value:
    """How many of one value are to serve; "": of those without a label."""

    value: str
    least: int
    most: int
    n: int


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    values: Sequence[Value]
    within: str  # from the third on: the category within which it is balanced


@dataclass(frozen=True, slots=True)
class Balance:
    """What an announcement tells of it."""

    number: int
    seats: int
    pool: int
    categories: Sequence[Category]
    prefix: str


def balance_lines(v: Voice, f: Balance | None) -> list[Block]:
    """Nothing if it is not balanced."""
    if f is None:
        return []
    names = v.listed(category.name for category in f.categories)
    return [
        paragraph(
            v._(
                "Balanced by {categories}, as people have said of themselves with {prefix}label. Of each label serve:",
                categories=names,
                prefix=f.prefix,
            )
        ),
        *(bullet(quota_line(v, category, SHOWN)) for category in f.categories),
        paragraph(same_chance(v, f)),
        paragraph(
            v._(
                "The pool document says who has which of these labels. Everybody here can read it: {prefix}quotas D-{number}, and after the draw {prefix}verify.",
                prefix=f.prefix,
                number=f.number,
            )
        ),
    ]


def same_chance(v: Voice, f: Balance) -> str:
    return v._(
        "Everybody's chance is the same, whatever their labels and also without: {seats} in {pool}.", seats=f.seats, pool=f.pool
    )


def quota_line(v: Voice, category: Category, most: int) -> str:
    values = [valued(v, each) for each in category.values[:most]]
    more = len(category.values) - most
    listed = v.listed([*values, v.n_("{n} more", "{n} more", more)] if more > 0 else values)
    if category.within:
        return v._(
            "{category}: {values}; within {within}, so as near as can be",
            category=category.name,
            values=listed,
            within=category.within,
        )
    return v._("{category}: {values}", category=category.name, values=listed)


def valued(v: Voice, one: Value) -> str:
    seats = str(one.least) if one.least == one.most else v._("{least} or {most}", least=one.least, most=one.most)
    seats = seats if one.most - one.least < 2 else v._("{least} to {most}", least=one.least, most=one.most)
    return v._("{value} {seats} of {n}", value=one.value or unstated(v), seats=seats, n=one.n)


def unstated(v: Voice) -> str:
    return v._("unstated")


def how_seats_pass(v: Voice, balanced: bool) -> list[Block]:
    """Nothing if it is not balanced."""
    if not balanced:
        return []
    return [
        paragraph(
            v._(
                "Asked first: those whom the quotas choose, by the same chance. A seat that is declined passes to the next in order with the same labels, else to the next whom the quotas allow, else to the next."
            )
        )
    ]


def chosen_follow(v: Voice, names: Sequence[str], receipt: str) -> list[Block]:
    """A step more of /verify; nothing if it is not balanced."""
    if not names:
        return []
    return [
        paragraph(
            *v.line(
                "5. Order, labels and quotas, all in these files, choose who is asked first: {names}. {command} repeats that, too, and so does {script}",
                names=v.listed(names),
                command=code(f"folkmoot verify draw {receipt}"),
                script=code(f"python3 balanced.py {receipt}"),
            )
        )
    ]


def code(text: str) -> Text:
    return Text(text, "code")


def quotas(v: Voice, f: Balance, role: str, files: Sequence[Attachment]) -> Message:
    heading = v._("⚖️ D-{number}: the quotas for {role}", number=f.number, role=role)
    return message(
        paragraph(Text(heading, "bold")),
        *(bullet(quota_line(v, category, LISTED)) for category in f.categories),
        paragraph(same_chance(v, f)),
        paragraph(v._("The files hold all quotas, who has which labels, and everybody's chance.")),
    ).with_attachments(*files)


REFUSALS: dict[str, Wording] = {
    "not balanced": lambda v, number, prefix, **f: v._(
        "D-{number} is not balanced, so it has no quotas. A balanced one is called like this: {prefix}draw council 4 balance by site",
        number=number,
        prefix=prefix,
    ),
    "nobody labelled": lambda v, categories, prefix, **f: v._(
        "Nobody in this pool has a label for {categories}, so there is nothing to balance by. Ask people to say one first, if they like: {prefix}label site: North",
        categories=v.listed(categories),
        prefix=prefix,
    ),
    "too many categories": lambda v, most, **f: v._(
        "I balance by at most {most} categories. Name those that matter most, the most important first.", most=most
    ),
    "too many combinations": lambda v, combinations, most, **f: v._(
        "There are {n} different combinations of these labels, and I can balance {most}. Balance by fewer categories.",
        n=combinations,
        most=most,
    ),
    "pair or balance": lambda v, **f: v._(
        "A draw is a pair with a buddy, or balanced by labels, not both. Call it with one of the two."
    ),
}
