"""Actions survive the way through buttons and links; nothing else comes back as one."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat.action import Action, action
from bot.chat.message import Button, from_json, message, to_json

PARTS = st.text("abcXYZ019_.-", min_size=1, max_size=12)


@given(PARTS, st.lists(PARTS, min_size=1, max_size=3))
def test_a_link_gives_back_what_it_carries(verb: str, about: list[str]) -> None:
    made = Action(verb, tuple(about))
    assume(made.fits_a_link)
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", made.in_link)
    assert Action.from_link(made.in_link) == made


@given(st.text("abc_.:cd-é ", max_size=70) | st.text(max_size=70))
def test_anything_else_is_no_action(carried: str) -> None:
    try:
        found = Action.from_link(carried)
    except ValueError:
        return
    assert found.in_link == carried


def test_a_private_button_needs_a_subject_and_room_in_a_link() -> None:
    for refused in (action("ballot"), action("poll.ballot", "_" * 30)):
        with pytest.raises(ValueError, match="private button"):
            Button("Vote", "🗳️", refused, private=True)


@pytest.mark.parametrize("private", [False, True])
def test_a_button_stays_private_on_paper(private: bool) -> None:
    said = message("Shall we?").with_rows((Button("Vote", "🗳️", action("ballot.open", 1), private),))
    assert from_json(to_json(said)) == said
