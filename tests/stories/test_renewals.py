"""A term draws to its end: people are reminded of it by day, and it goes on only if the others consent."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.incoming import Ack
from bot.chat.refs import ChatRef
from models import MandateRow, ProposalRow
from tests.support.moot import START, Moot, enrol
from tests.support.room import FakePlatform, Standing
from tests.support.seats import seat, standing

ANNA = ChatRef("telegram", "1001")
SOON = "⏳ The term of Anna as treasurer ends in "


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        enrol(made, "Anna", "Ben", "Cleo")
        yield made


def reminders(bot: Moot, chat: ChatRef | None = None) -> list[Standing]:
    return [each for each in bot.room_of(chat or bot.group) if each.text.startswith("⏳")]


def reminded(bot: Moot, **facts: Any) -> int:
    """Anna's term of two weeks, three days before its end."""
    mandate = seat(bot, "Anna", **{"term": "2 weeks", **facts})
    bot.later(days=11)
    return mandate


def consented(bot: Moot) -> None:
    bot.taps("Ben", "Renew")
    bot.settle()
    bot.taps("Cleo", "Consent")
    bot.taps("Ben", "Consent")


def test_the_room_is_reminded_each_time_the_role_wants_it(bot: Moot) -> None:
    mandate = seat(bot, "Anna", term="3 months")
    bot.later(days=78, seconds=-1)
    assert reminders(bot) == []
    for days, words in ((0, "14 days"), (11, "3 days"), (2, "1 day")):
        bot.later(days=days, seconds=1 if not days else 0)
        assert reminders(bot)[-1].text.startswith(f"{SOON}{words}, on 21 Feb 2027 12:00 UTC.")
    assert len(reminders(bot)) == 3
    assert reminders(bot)[-1].labels == ["Renew", "Hand over", "Let it end"]
    bot.later(days=2)
    assert (len(reminders(bot)), standing(bot, mandate).state) == (3, "ended")
    assert reminders(bot)[-1].text.endswith("It is over.")
    assert reminders(bot)[-1].labels == []


def test_whoever_holds_it_is_reminded_in_private_as_well_unless_they_rest(bot: Moot) -> None:
    bot.says("Anna", "/start", ANNA, kind="private")
    reminded(bot, notice=[3, 1])
    assert reminders(bot, ANNA)[0].text.startswith("⏳ Your term as treasurer in The moot ends in 3 days, on 5 Dec 2026 12:00 UTC.")
    assert [mention.name for mention in reminders(bot)[0].message.mentions] == ["Anna"]
    bot.says("Anna", "/rest 2 weeks")
    bot.later(days=2)
    assert len(reminders(bot, ANNA)) == 1
    assert (len(reminders(bot)), reminders(bot)[-1].message.mentions) == (2, ())


def test_nobody_is_reminded_at_night(bot: Moot) -> None:
    bot.later(hours=11)  # 23:00
    seat(bot, "Anna", term="2 weeks", notice=[3])
    bot.later(days=11, hours=8)
    assert reminders(bot) == []
    bot.later(hours=1)
    assert reminders(bot)[0].text.startswith(f"{SOON}3 days, on 5 Dec 2026 23:00 UTC.")


def test_after_an_outage_what_is_true_now_is_said_once(bot: Moot) -> None:
    """The first of three was missed by ten days, and the second is an hour away; then both are past, and the third is due."""
    seat(bot, "Anna", term="3 months")
    bot.restart(days=88, hours=23)
    assert reminders(bot) == []
    bot.later(hours=1)
    assert len(reminders(bot)) == 1
    bot.restart(days=2, hours=1)
    assert [each.text.split(", on ")[0] for each in reminders(bot)] == [f"{SOON}3 days", f"{SOON}23 hours"]


def test_a_missed_reminder_is_made_up_for_while_it_is_news(bot: Moot) -> None:
    seat(bot, "Anna", term="3 months")
    bot.restart(days=80)
    assert reminders(bot)[0].text.startswith(f"{SOON}12 days")


def test_renewed_by_the_consent_of_the_others(bot: Moot) -> None:
    bot.says("Anna", "/settings round 1 day")
    first = reminded(bot)
    assert bot.taps("Anna", "Renew") == Ack("The others are asked in D-1.")
    bot.settle()
    assert bot.row(ProposalRow).purpose == "mandate.renew"
    assert "> Anna serves another term as treasurer, from 5 Dec 2026 12:00 UTC to 19 Dec 2026 12:00 UTC." in bot.seen("📜").text
    assert "D-1 asks the others about it." in reminders(bot)[0].text
    assert reminders(bot)[0].labels == ["Hand over", "Let it end"]
    refused = bot.taps("Anna", "Consent")
    assert refused is not None
    assert refused.refused
    bot.taps("Ben", "Consent")
    bot.taps("Cleo", "Consent")
    bot.says("Anna", "/close")
    assert standing(bot, first).outlook == "asked", "it was steered by whom it is about"
    bot.later(days=1)
    assert "It is renewed by consent: another term begins then, until 19 Dec 2026 12:00 UTC." in reminders(bot)[0].text
    bot.restart(days=4)
    assert bot.shows()[-1] == "🌱 Anna goes on as treasurer by consent, until 19 Dec 2026."
    second = bot.rows(MandateRow)[1]
    assert (second.follows_id, second.term_count, second.way) == (first, 2, "renewal")
    assert (second.starts_at, second.ends_at) == (START + timedelta(days=14), START + timedelta(days=28))
    bot.later(days=20)
    assert len(bot.rows(MandateRow)) == 2
    assert any("Your term as treasurer ended on 19 Dec 2026." in text for text in bot.shows())


def test_renewed_and_over_again_while_the_bot_was_down(bot: Moot) -> None:
    reminded(bot)
    consented(bot)
    bot.says("Ben", "/close")
    before = len(bot.room)
    bot.restart(days=40)
    assert [text for text in bot.shows()[before:] if text[:1] in set("🌿🌱⏳")] == [
        "🌿 Thank you, Anna. Your term as treasurer ended on 19 Dec 2026.\nThe seat is free. /draw treasurer fills it by lot."
    ]


def test_a_renewal_that_is_blocked(bot: Moot) -> None:
    mandate = reminded(bot)
    bot.taps("Ben", "Renew")
    bot.settle()
    bot.taps("Cleo", "Object")
    bot.later(days=4)
    assert standing(bot, mandate).ended_why == "expired"
    assert next(text for text in bot.shows() if text[:1] == "🌿").startswith("🌿 Thank you, Anna.")
    assert len(bot.rows(MandateRow)) == 1


def test_a_renewal_that_comes_too_late_begins_anew(bot: Moot) -> None:
    """The term ends although the others are still being asked."""
    first = reminded(bot, term="2 weeks")
    bot.says("Ben", "/settings round 5 days")
    consented(bot)
    bot.later(days=3)
    assert standing(bot, first).state == "ended"
    bot.later(days=2)
    second = bot.rows(MandateRow)[1]
    assert (second.starts_at, second.ends_at) == (START + timedelta(days=16), START + timedelta(days=30))
    assert "🌱 Anna goes on as treasurer by consent, until 21 Dec 2026." in bot.shows()


def test_too_late_and_the_seat_is_taken(bot: Moot) -> None:
    reminded(bot)
    bot.says("Ben", "/settings round 5 days")
    consented(bot)
    bot.later(days=4)
    seat(bot, "Cleo")
    bot.later(days=2)
    assert "The term as treasurer was over by the time of this consent, and it cannot begin anew now." in bot.shows()
    assert [row.state for row in bot.rows(MandateRow)] == ["ended", "running"]


def test_more_terms_than_the_role_allows_are_said_plainly(bot: Moot) -> None:
    reminded(bot, most_terms=1)
    consented(bot)
    assert "This would be term number 2 in a row; the role allows 1." in bot.seen("📜").text
    bot.later(days=4)
    assert [row.state for row in bot.rows(MandateRow)] == ["ended", "running"]


def test_whoever_holds_it_may_let_it_end_whatever_the_others_say(bot: Moot) -> None:
    mandate = reminded(bot, notice=[3, 1])
    consented(bot)
    assert bot.taps("Anna", "Let it end") == Ack("Noted. It ends on 5 Dec 2026 12:00 UTC.")
    bot.says("Ben", "/close")
    again = bot.taps("Ben", "Renew")
    assert again is not None
    assert again.text == "Whoever holds it wants it to end. /draw finds somebody for the next term."
    bot.later(days=4)
    assert standing(bot, mandate).state == "ended"
    assert len(reminders(bot)) == len(bot.rows(MandateRow)) == 1


def test_what_is_not_theirs_to_press(bot: Moot) -> None:
    mandate = reminded(bot)
    before = bot.dump()
    for name, data in (
        ("Ben", f"term.end:{mandate}"),
        ("Mallory", f"term.renew:{mandate}"),
        ("Ben", "term.renew:999"),
        ("Ben", "term.renew:x"),
        ("Ben", "term.renew"),
        ("Ben", f"term.end:{mandate}:{mandate}"),
    ):
        ack = bot.presses(name, data)
        assert ack is not None
        assert ack.refused, data
    elsewhere = ChatRef("telegram", "-777")
    for chat, kind in ((elsewhere, "group"), (ChatRef("telegram", "1002"), "private")):
        ack = bot.presses("Ben", f"term.end:{mandate}", chat, kind=kind)
        assert ack is not None
        assert ack.refused
    assert bot.dump()["mandates"] == before["mandates"]
    assert bot.dump()["proposals"] == []


def test_pressed_in_private_the_others_are_asked_in_the_room(bot: Moot) -> None:
    bot.says("Anna", "/start", ANNA, kind="private")
    mandate = reminded(bot)
    bot.presses("Anna", f"term.renew:{mandate}", ANNA, kind="private")
    bot.settle()
    assert bot.seen("📜").labels == ["Consent", "Stand aside", "Object"]
    twice = bot.taps("Ben", "Let it end")
    assert twice is not None
    assert twice.text == "This is for whoever holds the mandate. Renewing it is open to all."


def test_asked_once_at_a_time_and_not_when_it_is_over(bot: Moot) -> None:
    mandate = reminded(bot)
    bot.presses("Ben", f"term.renew:{mandate}")
    ack = bot.presses("Cleo", f"term.renew:{mandate}")
    assert ack is not None
    assert ack.text == "The others are being asked about it in D-1. It can be asked again once that is over."
    bot.later(days=10)
    ack = bot.presses("Cleo", f"term.renew:{mandate}")
    assert ack is not None
    assert ack.text == "This term is over. /draw finds somebody for the next one."


def test_a_renewal_that_is_taken_back_can_be_asked_again(bot: Moot) -> None:
    mandate = reminded(bot)
    bot.taps("Ben", "Renew")
    bot.says("Ben", "/withdraw")
    assert standing(bot, mandate).outlook == "open"
    assert bot.presses("Cleo", f"term.renew:{mandate}") == Ack("The others are asked in D-2.")


def test_who_gave_it_back_or_left_is_not_renewed(bot: Moot) -> None:
    reminded(bot)
    consented(bot)
    bot.says("Ben", "/close")
    bot.says("Anna", "/leave")
    bot.later(days=4)
    assert [row.state for row in bot.rows(MandateRow)] == ["ended"]
