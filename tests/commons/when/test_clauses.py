"""Options at the end of a text are taken off it if they read, refused if they nearly do, and else are text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import REFUSALS, Clause, Fit, flag, one_of, read_clauses
from bot.language import Voice
from bot.refusal import Refused

KNOWN = ("until", "for", "quorum", "review")
FULL = flag("full", ("full",))
BERLIN = Voice("en", "Europe/Berlin")

TAKEN = {
    "Buy a dishwasher": ("Buy a dishwasher", {}),
    "Buy it until Friday 18:00": ("Buy it", {"until": "Friday 18:00"}),
    "Buy it until Friday 18:00 quorum 40% review in 6 months": (
        "Buy it",
        {"until": "Friday 18:00", "quorum": "40%", "review": "in 6 months"},
    ),
    "Buy it\nuntil: tomorrow\nquorum: 5": ("Buy it", {"until": "tomorrow", "quorum": "5"}),
    "Buy it (quorum 5, for 3 days)": ("Buy it", {"quorum": "5", "for": "3 days"}),
    "Wait until Ben is back": ("Wait until Ben is back", {}),
    "Closed until Friday.": ("Closed until Friday.", {}),
    "Wait until Ben is back until Friday": ("Wait until Ben is back", {"until": "Friday"}),
    "Buy it, full": ("Buy it", {"full": ""}),
    "The glass is full.": ("The glass is full.", {}),
    "Buy it until yesterday": ("Buy it", {"until": "yesterday"}),  # a time, which whoever knows the hour will refuse
    "Buy a bike for 5 euros": ("Buy a bike for 5 euros", {}),
    "Rent a van for 3 months until Friday": ("Rent a van for 3 months", {"until": "Friday"}),
    "We need a quorum": ("We need a quorum", {}),
    "Buy it quorum all": ("Buy it", {"quorum": "all"}),
    "Buy it quorum of 5 people": ("Buy it", {"quorum": "5 people"}),
    "until tomorrow": ("", {"until": "tomorrow"}),
    "Comprar hasta el viernes a las 18:00 quórum 40%": ("Comprar", {"until": "el viernes a las 18:00", "quorum": "40%"}),
}


@pytest.mark.parametrize(("text", "read"), TAKEN.items())
def test_options_are_taken_from_the_end(text: str, read: tuple[str, dict[str, str]]) -> None:
    assert read_clauses(text, [*KNOWN, FULL]) == read


MEANT = {
    "Buy it until Fryday": "option unreadable",
    "Buy it until 25:00": "option unreadable",
    "Buy it until １２：００": "option unreadable",
    "Buy it for -1h": "option unreadable",
    "Buy it for 0m": "option unreadable",
    "Buy it for PT1e9S": "option unreadable",
    "Buy it\nuntil: Ben is back": "option unreadable",
    "Buy it quorum 400%": "option wrong",
    "Buy it quorum 0": "option wrong",
    "Buy it quorum -1": "option wrong",
    "Buy it quorum NaN": "option wrong",
    "Buy it quorum 1/0": "option wrong",
    "Buy it quorum 5 and then some": "option wrong",
    "Where? method: nonesuch": "option wrong",
    "Buy it\nquorum: lots": "option wrong",
    "Buy it quorum 5 quorum 6": "option twice",
    "The glass is full": "option or text",
}


@pytest.mark.parametrize(("text", "why"), MEANT.items())
def test_what_is_clearly_meant_and_does_not_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as no:
        read_clauses(text, [*KNOWN, FULL, one_of("method", ("method",), ("ranked",))])
    assert no.value.why == why
    assert REFUSALS[why](BERLIN, **no.value.facts)


PADDING = ["full, ", "full\n", "(full) ", "quorum 5 ", "quorum: 5\n", "until friday ", "(until friday) ", "until ", "a ", "(", "- "]


@pytest.mark.parametrize("again", PADDING)
@pytest.mark.parametrize("end", ["", "so", "full"])
def test_of_a_long_text_only_the_end_is_looked_at(again: str, end: str) -> None:
    """A message of `full, full, …` once held everybody up for ten seconds."""
    looks: list[str] = []

    def fits(words: str) -> Fit:
        looks.append(words)
        return Fit.READS if words in {"", "so"} else Fit.TEXT

    counting = Clause("until", ("until", "full", "quorum"), fits)
    read = {refusal_or_options(again * times + end, counting) for times in (20, 800)}
    assert len(read) == 1
    assert len(looks) <= 100


def refusal_or_options(text: str, clause: Clause) -> str:
    try:
        return str(read_clauses(text, [clause])[1])
    except Refused as no:
        return no.why


VOCABULARY = [
    "we",
    "until",
    "friday",
    "18:00",
    "quorum",
    "40%",
    "5",
    "for",
    "3",
    "days",
    "review",
    "in",
    "6",
    "months",
    ".",
    ",",
    "(",
    ")",
    "\n",
]
words = st.lists(st.sampled_from(VOCABULARY), max_size=14)


@given(words.map(" ".join))
def test_what_is_taken_and_what_is_left_were_there(text: str) -> None:
    try:
        left, options = read_clauses(text, KNOWN)
    except Refused as no:
        left, options = "", {}
        text = REFUSALS[no.why](BERLIN, **no.facts)
    assert text or not left
    assert text.startswith(left)
    assert all(value in text for value in options.values())
