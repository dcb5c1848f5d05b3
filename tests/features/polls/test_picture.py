"""A picture of a result: sharp, of a size that platforms take, and without boxes where a font lacks a sign."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from bot.features.polls.methods import METHODS, panels
from bot.features.polls.picture import BARS, WIDTH, Bar, Panel, draw, drawable, font, wrapped
from bot.language import Voice


def opened(*made: Panel) -> Image.Image:
    return Image.open(io.BytesIO(draw(made))).convert("RGB")


def length(image: Image.Image, colour: str) -> int:
    """The longest run of pixels near this colour on one line: how long a bar is."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))

    def near(x: int, y: int) -> bool:
        pixel = image.getpixel((x, y))
        assert isinstance(pixel, tuple)
        return max(abs(pixel[0] - red), abs(pixel[1] - green), abs(pixel[2] - blue)) < 8

    return max(sum(near(x, y) for x in range(0, WIDTH, 4)) for y in range(0, image.height, 8)) * 4


def test_bars_are_as_long_as_their_figures() -> None:
    image = opened(Panel("D-1", [Bar(1, "Lake", 60, "ahead"), Bar(2, "Park", 30), Bar(3, "Hill", 15, "out")]))
    most, half, quarter = (length(image, BARS[state]) for state in ("ahead", "plain", "out"))
    assert half == pytest.approx(most / 2, abs=10)
    assert quarter == pytest.approx(most / 4, abs=10)


def test_thirty_long_options_make_a_picture_that_telegram_takes() -> None:
    image = opened(Panel("D-1: " + "why " * 120, [Bar(n, "word " * 60, n) for n in range(1, 31)]))
    assert image.width + image.height <= 10_000
    assert image.height / image.width <= 20


@pytest.mark.parametrize("figures", [[], [0], [0, 0], [1]])
def test_few_votes_or_none_make_a_picture_too(figures: list[int]) -> None:
    assert opened(Panel("", [Bar(n, "", figure) for n, figure in enumerate(figures, 1)])).width == WIDTH


def test_what_the_font_lacks_is_left_out() -> None:
    assert drawable("🎉 Party") in {"Party", "🎉 Party"}
    assert drawable("\U000f1234 unknown letter") == ""
    assert drawable("<b>Café</b>") == "<b>Café</b>"


def test_lines_are_as_wide_as_there_is_room() -> None:
    lines = wrapped("word " * 40 + "W" * 200, 40, 500, 30)
    assert all(font(40).getlength(line) <= 500 for line in lines)
    assert "".join(lines).replace(" ", "") == "word" * 40 + "W" * 200
    assert wrapped("word " * 40, 40, 500, 2)[-1].endswith("…")


def test_a_run_off_is_drawn_round_by_round_on_one_scale() -> None:
    ballots = [{1: 1}, {1: 1}, {2: 1, 3: 2}, {2: 1, 3: 2}, {3: 1, 2: 2}]
    named = {1: "Park", 2: "Lake", 3: "Hill"}
    drawn = panels(Voice(), "D-1: Where to?", METHODS["ranked"].count(ballots, 3), named)
    assert [(one.heading, one.full, [(bar.label, bar.figure, bar.state) for bar in one.bars]) for one in drawn] == [
        ("D-1: Where to? · Round 1", 3, [("Park", 2, "plain"), ("Lake", 2, "plain"), ("Hill", 1, "out")]),
        ("Round 2", 3, [("Lake", 3, "ahead"), ("Park", 2, "plain")]),
    ]


def test_nothing_is_loaded_before_a_picture_is_drawn() -> None:
    code = "import sys, bot.features.polls.methods, bot.features.polls.picture; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
