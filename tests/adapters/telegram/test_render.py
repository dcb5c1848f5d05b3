"""What a message becomes, held against the server's own rules for text, entities and keyboards."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram import TelegramAdapter
from adapters.telegram.render import Rendered, render
from bot.chat.action import action
from bot.chat.message import (
    Block,
    Button,
    Kind,
    Link,
    Mention,
    Message,
    Moment,
    Span,
    Style,
    Text,
    bullet,
    message,
    paragraph,
    quoted,
)
from bot.chat.refs import ChatRef, MessageRef, PersonRef
from tests.support.botapi.keyboards import keyboard
from tests.support.botapi.state import User
from tests.support.botapi.wording import sendable, slice_of

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANNA = PersonRef("telegram", "7100000001")


def entities(shown: Rendered) -> list[dict[str, Any]]:
    return [entity.to_dict() for entity in shown.entities]


def marked(shown: Rendered) -> list[tuple[str, str]]:
    return [(entity["type"], slice_of(shown.text, entity)) for entity in entities(shown)]


def test_a_link_leads_to_its_address() -> None:
    shown = render(message(paragraph("🎩 ", Link("told here", "https://t.me/c/123/4"))))
    assert [(entity["type"], entity["url"]) for entity in entities(shown)] == [("text_link", "https://t.me/c/123/4")]
    assert marked(shown) == [("text_link", "told here")]


def test_only_messages_of_supergroups_have_an_address() -> None:
    bot = TelegramAdapter("1:abc")
    assert bot.link(MessageRef(ChatRef("telegram", "-1001234567890"), "17")) == "https://t.me/c/1234567890/17"
    assert bot.link(MessageRef(ChatRef("telegram", "-4711"), "17")) is None
    assert bot.link(MessageRef(ChatRef("telegram", "4711"), "17")) is None


def test_blocks_and_styles() -> None:
    shown = render(
        message(
            paragraph("🎩 ", Text("D-1", "bold"), " for ", Text("cook", "italic")), bullet(Text("fm", "code")), quoted("as said")
        )
    )
    assert shown.text == "🎩 D-1 for cook\n• fm\nas said"
    assert marked(shown) == [("bold", "D-1"), ("italic", "cook"), ("code", "fm"), ("blockquote", "as said")]


def test_people_of_this_platform_are_mentioned_and_others_named() -> None:
    names = [
        Mention(ANNA, "Anna 🎩"),
        Mention(PersonRef("matrix", "@ben:example.org"), "Ben"),
        Mention(PersonRef("terminal", "7"), "Cleo"),
    ]
    shown = render(message(paragraph(*names)))
    assert marked(shown) == [("text_mention", "Anna 🎩")]
    assert entities(shown)[0]["user"]["id"] == int(ANNA.id)


def test_moments_are_shown_in_each_readers_zone_where_the_server_can() -> None:
    said = message(paragraph("until ", Moment("12:00", AT)))
    assert marked(render(said)) == [("date_time", "12:00")]
    assert entities(render(said))[0]["unix_time"] == int(AT.timestamp())
    assert render(said, dates=False).entities == ()


def test_markup_in_words_stays_words() -> None:
    hostile = "<b>x</b> [y](tg://user?id=1) `z` *w* @everyone"
    assert render(message(hostile)) == Rendered(hostile, (), None)


def test_what_telegram_would_take_out_is_out_already_and_nothing_moves() -> None:
    shown = render(message(paragraph("a\0\ud800b", Text("c\x07d", "bold"))))
    assert shown.text == "a  bc d"
    assert marked(shown) == [("bold", "c d")]


def test_rows_are_as_wide_as_telegram_takes_them() -> None:
    row = tuple(Button(str(number), "🎲", action("pick", number)) for number in range(10))
    shown = render(message("Pick").with_rows(row))
    assert shown.keyboard is not None
    assert [len(part) for part in shown.keyboard.inline_keyboard] == [8, 2]
    assert shown.keyboard.inline_keyboard[0][1].text == "🎲 1"
    assert shown.keyboard.inline_keyboard[0][1].callback_data == "pick:1"


def test_a_message_of_buttons_alone_has_something_to_stand_on() -> None:
    assert render(Message(rows=((Button("Go", "🎲", action("go")),),))).text == "…"


WORDS = st.text(max_size=20) | st.sampled_from(["👨‍👩‍👧 x", "\u202eyes", "\ud800", "é\n", " "])
STYLES: st.SearchStrategy[Style] = st.sampled_from(["plain", "bold", "italic", "code"])
SPANS: st.SearchStrategy[Span] = (
    st.builds(Text, WORDS, STYLES) | st.builds(Mention, st.just(ANNA), WORDS) | st.builds(Moment, WORDS, st.just(AT))
)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["paragraph", "bullet", "quote"])
BLOCKS = st.builds(Block, KINDS, st.lists(SPANS, max_size=4).map(tuple))
MESSAGES = st.lists(BLOCKS, min_size=1, max_size=5).map(lambda blocks: Message((*blocks, paragraph("."))))


@given(MESSAGES)
def test_the_server_takes_whatever_is_rendered(said: Message) -> None:
    shown = render(said)
    text, kept = sendable(shown.text, json.loads(json.dumps(entities(shown))), {int(ANNA.id): User(int(ANNA.id), "Anna")})
    assert text.endswith(".")
    assert all(slice_of(text, entity) for entity in kept)


@given(
    st.lists(
        st.lists(st.builds(Button, st.text(min_size=1, max_size=30), st.just("🎩"), st.just(action("a.b", "17"))), max_size=20).map(
            tuple
        ),
        max_size=5,
    )
)
def test_the_server_takes_whatever_keyboard_is_rendered(rows: list[tuple[Button, ...]]) -> None:
    shown = render(message("x").with_rows(*rows)).keyboard
    if shown is not None and sum(map(len, rows)) <= 100:
        assert keyboard(json.dumps(shown.to_dict())) is not None
