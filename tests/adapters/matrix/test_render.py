"""How messages look on Matrix: in plain words and in HTML, with nobody's text becoming markup."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix.render import content, formatted, permalink, placed, replacement
from bot.chat.action import action
from bot.chat.message import Button, Link, Mention, Message, Moment, Text, bullet, message, paragraph, quoted
from bot.chat.refs import ChatRef, MessageRef, PersonRef

ANNA = Mention(PersonRef("matrix", "@anna:example.org"), "Anna")
HAT = Button("Shake the hat", "🎩", action("draw.shake", 1))
NOW = Button("Draw now", "✋", action("draw.now", 1))


def test_words_lists_quotes_and_buttons() -> None:
    said = message(
        paragraph("A ", Text("draw", "bold"), " at ", Moment("18:00", datetime(2026, 11, 21, 18, tzinfo=UTC))),
        *(bullet("one"), bullet("two"), quoted("as\nsaid")),
    ).with_rows((HAT, NOW))
    shown = content(said)
    assert shown["body"] == "A draw at 18:00\n• one\n• two\n> as\nsaid\n\n🎩 1 · Shake the hat\n✋ 2 · Draw now"
    assert shown["formatted_body"] == (
        "<p>A <strong>draw</strong> at 18:00</p><ul><li>one</li><li>two</li></ul><blockquote>as<br>said</blockquote>"
        "<p>🎩 1 · Shake the hat<br>✋ 2 · Draw now</p>"
    )
    assert (shown["msgtype"], shown["m.mentions"]) == ("m.notice", {})


def test_whoever_is_mentioned_is_told() -> None:
    shown = content(message(paragraph(ANNA, ", ", Mention(PersonRef("telegram", "7"), "Ben"), ", ", ANNA)))
    assert (shown["msgtype"], shown["m.mentions"]) == ("m.text", {"user_ids": ["@anna:example.org"]})
    assert shown["formatted_body"].count('<a href="https://matrix.to/#/@anna:example.org">Anna</a>') == 2
    quiet = content(message(paragraph(ANNA)), silent=True)
    assert (quiet["msgtype"], quiet["m.mentions"]) == ("m.notice", {})


@pytest.mark.parametrize(
    ("room", "address"),
    [
        ("!room:example.org", "https://matrix.to/#/%21room%3Aexample.org/%24a_b-c?via=example.org"),
        ("!without_a_server", "https://matrix.to/#/%21without_a_server/%24a_b-c?via=home.example"),
        ("dm:@anna:example.org", None),
    ],
)
def test_a_message_has_an_address(room: str, address: str | None) -> None:
    assert permalink(MessageRef(ChatRef("matrix", room), "$a_b-c"), "@bot:home.example") == address


def test_a_link_leads_to_its_address() -> None:
    shown = formatted(message(paragraph(Link("told <here>", 'https://example.org/?a="1"&b'))))
    assert shown == '<p><a href="https://example.org/?a=&quot;1&quot;&amp;b">told &lt;here&gt;</a></p>'


def test_an_edit_rings_nobody_again() -> None:
    shown = replacement(message(paragraph(ANNA)), "$it")
    assert (shown["m.mentions"], shown["m.new_content"]["m.mentions"]) == ({}, {"user_ids": ["@anna:example.org"]})
    assert shown["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$it"}


@pytest.mark.parametrize("user", ['@a"b:example.org', "@a<b>:example.org", "@a b:example.org", "@a/../b?x#y:example.org"])
def test_user_ids_cannot_break_out(user: str) -> None:
    (address,) = Seen.of(formatted(message(paragraph(Mention(PersonRef("matrix", user), "x"))))).addresses
    assert address.startswith("https://matrix.to/#/@a")
    assert not set(address.removeprefix("https://matrix.to/#/")) & set('"<> /?#')


class Seen(HTMLParser):
    """What a client makes of the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""

    @classmethod
    def of(cls, html: str) -> "Seen":
        seen = cls()
        seen.feed(html)
        seen.close()
        return seen

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(max_size=60) | st.sampled_from(["<b>", "&lt;", "</p><a href=x>", "<img src=x onerror=y>", "<mx-reply>"]))
def test_no_text_becomes_markup(text: str) -> None:
    said: Message = message(paragraph(text, Text(text, "code")), bullet(text), quoted(text))
    said = said.with_rows((Button(text, "🎩", action("x")),))
    seen = Seen.of(formatted(said))
    assert seen.tags <= {"p", "ul", "li", "blockquote", "br", "code"}
    assert not seen.addresses
    assert seen.text.count(text.replace("\n", "").replace("\r", "")) >= 3 or "\r" in text or "\n" in text


def test_places() -> None:
    assert placed({}, None, None) == {}
    assert placed({}, None, "$a") == {"m.relates_to": {"m.in_reply_to": {"event_id": "$a"}}}
    in_thread = {"rel_type": "m.thread", "event_id": "$t", "is_falling_back": True, "m.in_reply_to": {"event_id": "$t"}}
    assert placed({}, "$t", None) == {"m.relates_to": in_thread}
    answer = in_thread | {"is_falling_back": False, "m.in_reply_to": {"event_id": "$a"}}
    assert placed({}, "$t", "$a") == {"m.relates_to": answer}


def test_a_giant_has_no_formatted_copy() -> None:
    assert "formatted_body" not in content(message("x" * 40_000))
