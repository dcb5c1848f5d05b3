"""Somebody is forgotten: nothing is left to know them by, and what was decided, counted and drawn still holds."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.chat import incoming as said
from bot.chat.refs import ChatRef
from bot.features.privacy import erasing
from models import (
    AccountRow,
    DeadLetterRow,
    EarlierNameRow,
    ErasureRow,
    MandateRow,
    MemberRow,
    ProposalRow,
    StanceRow,
    TicketRow,
    WishRow,
)
from tests.support.moot import Moot, enrol
from tests.support.oblivion import REF, SAID, ZELDA, chain_holds, counts, on_disk, traces
from tests.support.postgres import Postgres
from tests.support.room import FakePlatform


@pytest.fixture
def bot(either_house: str) -> Iterator[Moot]:
    """On both databases, with somebody whose name and number are like no other's."""
    with closing(Moot(either_house, [FakePlatform(keeps_taps_for=None)])) as made:
        made.people[ZELDA] = REF
        yield made


def forget(bot: Moot, name: str = ZELDA, chat: ChatRef | None = None) -> None:
    bot.says(name, "/forget me", chat, **private(chat))
    bot.presses(name, bot.button("Forget me", chat=chat), chat, **private(chat))
    bot.later(seconds=10)
    bot.later(minutes=11)


def private(chat: ChatRef | None) -> dict[str, Any]:
    return {"kind": "private"} if chat else {}


def live(bot: Moot) -> None:
    """Zelda takes part in everything."""
    enrol(bot, "Anna", "Ben", "Cleo")
    bot.hand(said.CommandSent(bot.origin(ZELDA, handle="zq_handle"), "join"))
    bot.says(ZELDA, "/label site: bristlecone")
    bot.says("Anna", "/circle kitchen @zq_handle Ben")
    bot.says("Anna", "/draw facilitator 3")
    bot.taps(ZELDA, "Shake the hat")
    bot.later(minutes=2)
    bot.says("Anna", "/propose We buy a dishwasher")
    bot.taps("Anna", "Consent")
    bot.taps(ZELDA, "Consent")
    bot.says(ZELDA, "/concern 2 what about the quagmire")
    bot.says("Anna", "/poll Where do we meet? | The park | The mill")
    bot.taps(ZELDA, "The mill")
    bot.says("Anna", "/mandate @zq_handle treasurer for 3 months")
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.later(days=4)
    bot.taps(ZELDA, "Accept")
    bot.says(ZELDA, "/handover treasurer the key lies under the nudibranch")
    bot.says("Ben", "/recall @zq_handle treasurer because of nothing")
    bot.says(ZELDA, "/answer I say zeugma")
    bot.says("Anna", "/propose We paint the hall")
    for name in ("Anna", "Ben", "Cleo"):
        bot.taps(name, "Consent")
    bot.taps(ZELDA, "Object")
    bot.says(ZELDA, "/object 6 an ombrophobe would mind")
    bot.later(minutes=1)


def test_nothing_is_left_to_know_them_by_and_the_group_goes_on(bot: Moot) -> None:
    live(bot)
    assert traces(bot) == ["zelda", "quarx", "zq_handle", REF, *SAID]
    before, counted = [row.hash for row in bot.entries()], counts(bot)
    posted = next(line for line in bot.receipt("Anna", "D-1").splitlines() if line.startswith("pool-sha256"))
    forget(bot)
    assert bot.acks[-1][1].text.startswith("It is done")
    assert traces(bot) == []
    assert [row.hash for row in bot.entries()][: len(before)] == before
    assert chain_holds(bot)
    assert counts(bot) == counted
    assert bot.rows(ErasureRow) == []
    assert "Whoever held this mandate is no longer a member: treasurer." in bot.shows()
    assert bot.row(MandateRow).ended_why == "left"
    refused = bot.says("Anna", "/verify D-1")
    assert refused is not None
    assert posted.split()[1] in refused.text, "what was posted is still known"
    bot.later(days=4)
    assert bot.row(ProposalRow, number=6).state == "adopted", "the objection blocks no longer"
    bot.says("Anna", "/draw timekeeper")
    bot.later(minutes=2)
    assert "pool-sha256" in bot.receipt("Anna")


def test_somebody_in_a_hat_that_goes_round_is_forgotten_after_the_draw(bot: Moot) -> None:
    """They are asked for nothing meanwhile, and what was drawn can be checked until they are gone."""
    enrol(bot, "Anna", ZELDA)
    bot.says("Anna", "/draw facilitator 2")
    for _ in range(2):
        bot.says(ZELDA, "/forget me")
        ack = bot.taps(ZELDA, "Forget me")
        assert ack is not None
        assert not ack.refused
        assert ack.text.startswith("I do as soon as D-1 is drawn")
    bot.restart(seconds=10)
    assert bot.row(AccountRow, name=ZELDA).ref == REF
    bot.later(minutes=2)
    bot.later(minutes=11)
    assert [row.label for row in bot.rows(TicketRow, answer="offered")] == [bot.person("Anna").label]
    assert traces(bot) == []
    assert chain_holds(bot)
    assert bot.rows(WishRow) == []


def test_only_whoever_asked_can_press(bot: Moot) -> None:
    enrol(bot, "Anna", ZELDA)
    bot.says(ZELDA, "/forget me")
    refused = bot.taps("Anna", "Forget me")
    assert refused is not None
    assert "Only whoever asked" in refused.text
    assert {account.name for account in bot.rows(AccountRow)} == {"Anna", ZELDA}
    refused = bot.says("Anna", "/forget Zelda")
    assert refused is not None
    assert "of themselves" in refused.text


def test_whoever_comes_back_is_new(bot: Moot) -> None:
    enrol(bot, "Anna", ZELDA)
    bot.says("Anna", "/propose We paint the hall")
    bot.taps(ZELDA, "Consent")
    forget(bot)
    bot.says(ZELDA, "/join")
    assert len(bot.rows(MemberRow, left_at=None)) == 2
    assert len(bot.rows(StanceRow)) == 1
    (mine,) = [account for account in bot.rows(AccountRow) if account.name == ZELDA]
    assert bot.rows(StanceRow, member_id=bot.row(MemberRow, account_id=mine.id).id) == []


def test_in_private_and_with_two_accounts(bot: Moot) -> None:
    enrol(bot, "Anna", ZELDA)
    chat = ChatRef(bot.group.platform, REF)
    bot.says(ZELDA, "/link", chat, kind="private")
    code = next(word for word in bot.shows(chat)[-1].replace(".", " ").split() if word.isupper() and len(word) > 6)
    bot.says("Quarx", f"/link {code}", ChatRef(bot.group.platform, "555"), kind="private")
    assert len({account.person_id for account in bot.rows(AccountRow)}) == 2
    forget(bot, chat=chat)
    assert traces(bot) == []
    assert {account.name for account in bot.rows(AccountRow)} == {"Anna", "a former member"}


def test_names_that_they_had_before_go_too(bot: Moot) -> None:
    bot.hand(said.CommandSent(bot.origin(ZELDA, handle="zq_handle"), "join"))
    enrol(bot, "Anna", ZELDA)
    bot.hand(said.CommandSent(replace(bot.origin(ZELDA), name="Someone"), "join"))
    assert {row.name for row in bot.rows(EarlierNameRow)} == {ZELDA, "zq_handle"}
    bot.hand(said.CommandSent(replace(bot.origin(ZELDA), name="Someone"), "forget", "me"))
    bot.hand(said.ButtonTapped(replace(bot.origin(ZELDA), name="Someone"), bot.button("Forget me")))
    bot.later(minutes=11)
    assert traces(bot) == []
    assert bot.rows(EarlierNameRow) == []


def test_what_could_not_be_handled_goes_too(bot: Moot) -> None:
    enrol(bot, "Anna", ZELDA)
    raw = f'{{"from": {{"id": {REF}}}}}'
    bot.hear(bot.received(None, ("x",)).__class__(("broken",), raw, None, fault="KeyError"))
    assert len(bot.rows(DeadLetterRow)) == 1
    forget(bot)
    assert bot.rows(DeadLetterRow) == []
    assert traces(bot) == []


def test_a_name_is_no_way_to_change_what_others_wrote(bot: Moot) -> None:
    bot.people["dishwasher"] = "777888999"
    enrol(bot, "Anna", "dishwasher")
    bot.says("Anna", "/propose We buy a dishwasher")
    bot.taps("Anna", "Consent")
    bot.later(days=4)
    forget(bot, "dishwasher")
    bot.says("Anna", "/propose We sell it")
    assert any("We buy a dishwasher" in (row.personal or "") for row in bot.entries())


def test_a_name_that_is_any_word_breaks_no_button(bot: Moot) -> None:
    bot.people["consent"] = "777888999"
    enrol(bot, "Anna", "Ben", "consent")
    bot.says("Anna", "/propose We buy a dishwasher")
    forget(bot, "consent")
    bot.taps("Anna", "Consent")
    bot.taps("Ben", "Consent")
    assert [row.stance for row in bot.rows(StanceRow)] == ["consent", "consent"]
    other = ChatRef(bot.group.platform, "-55")
    bot.says("Anna", "/who", other)
    assert "former" not in bot.shows(other)[-1]


@pytest.mark.long
def test_a_server_has_nothing_of_them_in_its_files(postgres_house: str, postgres: Postgres) -> None:
    with closing(Moot(postgres_house, [FakePlatform(keeps_taps_for=None)])) as bot:
        bot.people[ZELDA] = REF
        live(bot)
        with bot.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        assert "zelda" in on_disk(bot, postgres.folder)
        forget(bot)
        assert on_disk(bot, postgres.folder) == []


def test_a_process_that_dies_before_it_could_wipe_wipes_later(bot: Moot) -> None:
    enrol(bot, "Anna", ZELDA)
    bot.says(ZELDA, "/propose We paint the hall")
    with bot.database.transaction() as db:  # committed, and then nothing more
        account = db.scalars(select(AccountRow).filter_by(ref=REF)).one()
        erasing.forget(db, account, bot.clock.now(), bot.app.routes.house)
    assert len(bot.rows(ErasureRow)) == 2
    bot.restart(minutes=11)
    assert bot.rows(ErasureRow) == []
    assert traces(bot) == []
