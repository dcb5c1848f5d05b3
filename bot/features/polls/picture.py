"""A result as a picture: bars, one panel for each step, dark on its own light ground; PNG bytes.

Pillow is loaded when the first picture is drawn, because most days have none. Of an option whose text the font lacks signs for,
the number alone is shown; the message has the key.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, EDGE, GAP = 1080, 56, 22  # pixels
HEADING, LABEL, BAR = 46, 40, 26
LINES = 2  # of an option's text
NUMBER, FIGURE = 84, 210  # pixels kept free at the left for an option's number, at the right for a tick and a figure
GROUND, INK, PALE, TRACK = "#fbfaf6", "#1d2430", "#6b7280", "#e6e4dc"
BARS = {"plain": "#5b8db8", "ahead": "#1f7a4d", "out": "#b9b4a7"}
FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf")  # of the machine, if it has them; Pillow's own knows Latin letters only
ABSENT = "\U0010fffd"  # no font has this
ORNAMENTS = frozenset({"So", "Sk", "Mn", "Me", "Cf"})  # emoji, and what goes with them

State = Literal["plain", "ahead", "out"]


@dataclass(frozen=True, slots=True)
class Bar:
    """An option in one panel; `ahead`: it wins or goes on, `out`: it leaves."""

    number: int
    label: str
    figure: int
    state: State = "plain"


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading and its bars; `full`: the figure of a bar from edge to edge, else that of the longest here."""

    heading: str
    bars: Sequence[Bar]
    full: int = 0


def draw(panels: Sequence[Panel]) -> bytes:
    from PIL import Image, ImageDraw

    height = 2 * EDGE + sum(panel_height(panel) for panel in panels) + GAP * (len(panels) - 1)
    image = Image.new("RGB", (WIDTH, height), GROUND)
    pen, y = ImageDraw.Draw(image), EDGE
    for panel in panels:
        y = draw_panel(pen, panel, y) + GAP
    made = io.BytesIO()
    image.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


@lru_cache
def font(size: int) -> "FreeTypeFont":
    """The machine's font with most scripts, else Pillow's own."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    own = ImageFont.load_default(size)
    assert isinstance(own, ImageFont.FreeTypeFont)
    return own


def panel_height(panel: Panel) -> int:
    return round(len(heading_lines(panel)) * HEADING * 1.3) + GAP + sum(bar_height(bar) for bar in panel.bars)


def heading_lines(panel: Panel) -> list[str]:
    """Without the words that cannot be drawn; the message has them."""
    return wrapped(" ".join(filter(None, map(drawable, panel.heading.split()))), HEADING, WIDTH - 2 * EDGE, LINES)


def bar_height(bar: Bar) -> int:
    return round(len(label_lines(bar)) * LABEL * 1.25) + BAR + GAP + 8


def draw_panel(pen: "ImageDraw", panel: Panel, y: int) -> int:
    """Where the next one may begin."""
    for line in heading_lines(panel):
        pen.text((EDGE, y), line, fill=INK, font=font(HEADING), stroke_width=1, stroke_fill=INK)
        y += round(HEADING * 1.3)
    y += GAP
    most = max(panel.full, *(bar.figure for bar in panel.bars), 1)
    for bar in panel.bars:
        draw_bar(pen, bar, most, y)
        y += bar_height(bar)
    return y


def draw_bar(pen: "ImageDraw", bar: Bar, most: int, y: int) -> None:
    ink, right = (PALE if bar.state == "out" else INK), WIDTH - EDGE
    pen.text((right, y), str(bar.figure), fill=ink, font=font(LABEL), anchor="ra")
    pen.text((EDGE, y), f"{bar.number}.", fill=ink, font=font(LABEL))
    if bar.state == "ahead":
        tick(pen, right - FIGURE + 40, y + 12)
    for number, line in enumerate(label_lines(bar)):
        pen.text((EDGE + NUMBER, y + round(number * LABEL * 1.25)), line, fill=ink, font=font(LABEL))
    y += round(len(label_lines(bar)) * LABEL * 1.25) + 8
    pen.rounded_rectangle((EDGE, y, right, y + BAR), BAR // 2, fill=TRACK)
    if bar.figure > 0:
        end = EDGE + max(BAR, (right - EDGE) * bar.figure // most)
        pen.rounded_rectangle((EDGE, y, end, y + BAR), BAR // 2, fill=BARS[bar.state])


def tick(pen: "ImageDraw", x: int, y: int) -> None:
    """A sign beside the colour, for those who see no difference in that."""
    pen.line(((x, y + 14), (x + 10, y + 24), (x + 28, y)), fill=BARS["ahead"], width=7, joint="curve")


def label_lines(bar: Bar) -> list[str]:
    return wrapped(drawable(bar.label), LABEL, WIDTH - 2 * EDGE - NUMBER - FIGURE, LINES)


def drawable(text: str) -> str:
    """The text without ornaments that the font lacks; nothing if it lacks a letter, or cannot turn what runs right to left."""
    kept = "".join(sign for sign in text if has(sign) or unicodedata.category(sign) not in ORNAMENTS)
    words = " ".join(kept.split())
    return words if all(map(has, words)) and (turns() or not any(map(runs_left, words))) else ""


def has(sign: str) -> bool:
    return sign.isspace() or shape(sign) != shape(ABSENT)


@lru_cache(4096)
def shape(sign: str) -> bytes:
    mask = font(LABEL).getmask(sign)
    return bytes(mask)


def turns() -> bool:
    from PIL import features

    return bool(features.check("raqm"))


def runs_left(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}


def wrapped(text: str, size: int, width: int, lines: int) -> list[str]:
    """The text in at most so many lines; an ellipsis shows that something was cut."""
    broken = list(broken_lines(text, size, width))
    if len(broken) <= lines:
        return broken
    last = broken[lines - 1]
    while last and font(size).getlength(last + "…") > width:
        last = last[:-1]
    return [*broken[: lines - 1], last.rstrip() + "…"]


def broken_lines(text: str, size: int, width: int) -> Iterator[str]:
    """Lines that are as long as the width allows, broken between words where that is possible."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if font(size).getlength(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *full, line = pieces(word, size, width)
        yield from full
    yield line


def pieces(word: str, size: int, width: int) -> list[str]:
    """A word cut where it is wider than a line."""
    cut = [""]
    for sign in word:
        if font(size).getlength(cut[-1] + sign) > width:
            cut.append("")
        cut[-1] += sign
    return cut
