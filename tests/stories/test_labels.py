"""Labels: said of oneself alone, shown to nobody else, and gone when they are erased."""

from contextlib import closing

import pytest

from bot.chat.refs import ChatRef
from models import LabelRow
from tests.stories.test_links_people import AWAY, HOME, MATRIX, alone, link
from tests.support.moot import MakeMoot, Moot, enrol
from tests.support.room import FakePlatform, matrix_like

ANNA = ChatRef("telegram", "1001")


@pytest.fixture
def bot(moot: MakeMoot) -> Moot:
    made = moot(platforms=[FakePlatform(keeps_taps_for=None)])
    enrol(made, "Anna", "Ben")
    return made


def says(bot: Moot, text: str) -> str:
    """Anna in private, and the answer."""
    bot.says("Anna", text, ANNA, kind="private")
    return bot.last(ANNA).text


def kept(bot: Moot) -> dict[str, str]:
    return {row.category: row.value for row in bot.rows(LabelRow)}


def test_a_label_is_said_shown_in_private_and_erased(house: str) -> None:
    with closing(Moot(house, [FakePlatform(keeps_taps_for=None)])) as bot:
        enrol(bot, "Anna")
        bot.says("Anna", "/label Site: North, gender: Woman")
        assert bot.last().text.splitlines()[0] == "Noted, Anna: site and gender."
        assert "North" not in bot.last().text
        assert kept(bot) == {"site": "North", "gender": "Woman"}
        bot.says("Anna", "/label site: South")
        assert kept(bot) == {"site": "South", "gender": "Woman"}
        assert says(bot, "/label").splitlines()[:3] == ["Your labels in The moot", "• gender: Woman", "• site: South"]
        bot.says("Anna", "/label gender: -")
        assert bot.last().text == "Erased. What a draw has sealed already stays in its pool document."
        assert kept(bot) == {"site": "South"}
        assert says(bot, "/label none").splitlines()[-1] == "None; your chance in a balanced draw is the same."
        assert bot.rows(LabelRow) == []
        assert "South" not in str(bot.dump()), "only what was said in a chat is still there, for a day"
        assert "Woman" not in str(bot.dump())


def test_the_room_does_not_see_the_list(bot: Moot) -> None:
    bot.says("Anna", "/label site: North")
    bot.says("Anna", "/label")
    assert bot.last().text == "Anna, I show labels in private only. Write to me there: /label"
    says(bot, "/start")
    bot.says("Anna", "/label")
    assert bot.last().text == "Anna, your labels stand in our private chat."
    assert "• site: North" in bot.last(ANNA).text
    assert not any("North" in text for text in bot.shows())


def test_in_private_of_one_group(bot: Moot) -> None:
    assert says(bot, "/label site: North").splitlines()[:3] == ["Noted.", "Your labels in The moot", "• site: North"]
    assert kept(bot) == {"site": "North"}


def test_in_private_of_several_groups(bot: Moot) -> None:
    bot.says("Anna", "/join", ChatRef("telegram", "-1009"), chat_title="The garden")
    assert says(bot, "/label site: North") == (
        "You are in several groups: 1. The moot and 2. The garden. Say the number of the group first: /label 1 site: North"
    )
    for wrong in ("/label 3 site: North", "/label 0 site: North"):
        assert says(bot, wrong).startswith("You are in several groups")
    assert says(bot, "/label 2 site: North").splitlines()[1:3] == ["Your labels in The garden", "• site: North"]
    assert says(bot, "/label").splitlines()[:4] == [
        "Your labels in The moot",
        "None; your chance in a balanced draw is the same.",
        "Your labels in The garden",
        "• site: North",
    ]


def test_in_private_without_a_group(bot: Moot) -> None:
    bot.says("Zoe", "/label site: North", ChatRef("telegram", "1003"), kind="private")
    assert bot.last(ChatRef("telegram", "1003")).text.startswith("You are on no group's roll yet.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("site", "I cannot read a label in this."),
        ("site North", "I cannot read a label in this."),
        (",", "I cannot read a label in this."),
        (": North", "A category is one word"),
        ("my site: North", "A category is one word"),
        ("+site: North", "A category is one word"),
        ("2nd: North", "A category is one word"),
        ("s" * 25 + ": North", "A category is one word"),
        ("name: Anna", "“name” means something else to me"),
        ("From: North", "“from” means something else to me"),
        ("site:", "A label has from 1 to 40 characters."),
        ("site: " + "N" * 41, "A label has from 1 to 40 characters."),
        ("site: =SUM(A1)", "A label begins with a letter or a digit"),
        ("site: @ben", "A label begins with a letter or a digit"),
        ("site: -5", "A label begins with a letter or a digit"),
        ("site: North|South", "A label begins with a letter or a digit"),
        ("site: North\t=1", "A label begins with a letter or a digit"),
        ("site: 🌍", "A label begins with a letter or a digit"),
        ("site: \u202enorth\u202e!", "A label begins with a letter or a digit"),
    ],
)
def test_what_is_no_label(bot: Moot, text: str, told: str) -> None:
    bot.says("Anna", f"/label {text}")
    assert bot.last().text.startswith(told)
    assert kept(bot) == {}


@pytest.mark.parametrize("value", ["North", "60+", "16-29", "Level 2 or 3", "Ñuñoa", "צפון", "O'Higgins", "a/b & c", "x" * 40])
def test_what_is_one(bot: Moot, value: str) -> None:
    bot.says("Anna", f"/label a-b: {value}")
    assert kept(bot) == {"a-b": value}


def test_one_refused_label_of_several_keeps_none(bot: Moot) -> None:
    bot.says("Anna", "/label site: North, gender: =1")
    assert kept(bot) == {}


def test_twelve_labels_are_enough(bot: Moot) -> None:
    bot.says("Anna", "/label " + ", ".join(f"c{n}: x" for n in range(12)))
    bot.says("Anna", "/label site: North")
    assert bot.last().text == "You can have 12 labels. Erase one first: /label site: -"
    bot.says("Anna", "/label c0: -, site: North")
    assert len(kept(bot)) == 12


def test_nobody_labels_another(bot: Moot) -> None:
    bot.says("Ben", "/label @Anna site: North")
    assert kept(bot) == {}


def test_only_who_is_on_the_roll(bot: Moot) -> None:
    bot.says("Zoe", "/label site: North")
    assert bot.last().text == "Labels are for those on the roll. Say /join first."


def test_nothing_enters_the_register(bot: Moot) -> None:
    before = len(bot.entries())
    bot.says("Anna", "/label site: North")
    assert len(bot.entries()) == before


def test_who_leaves_the_room_leaves_no_label_behind(bot: Moot) -> None:
    bot.says("Anna", "/label site: North")
    bot.says("Ben", "/label site: South")
    bot.walks_out("Anna")
    assert [row.value for row in bot.rows(LabelRow)] == ["South"]


def test_who_steps_out_of_the_hat_keeps_theirs(bot: Moot) -> None:
    bot.says("Anna", "/label site: North")
    bot.says("Anna", "/leave")
    bot.says("Anna", "/join")
    assert kept(bot) == {"site": "North"}


def test_two_accounts_that_become_one_person(moot: MakeMoot) -> None:
    """What the account that gave the code has said stands; what only the other has said is said by the person."""
    bot = moot(platforms=[FakePlatform(keeps_taps_for=None), matrix_like()])
    enrol(bot, "Anna", "Ben")
    bot.says("Ben", "/who", MATRIX)
    bot.change("UPDATE chats SET group_id = 1 WHERE kind = 'group'")
    bot.says("Ben", "/join", MATRIX)
    alone(bot, HOME, "/label site: North")
    alone(bot, AWAY, "/label site: South, gender: man")
    link(bot)
    assert kept(bot) == {"site": "North", "gender": "man"}
    assert len(bot.rows(LabelRow)) == 2
    alone(bot, AWAY, "/label none")
    assert kept(bot) == {}
