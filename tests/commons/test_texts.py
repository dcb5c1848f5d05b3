"""What several features say alike."""

import pytest

from bot.commons import texts
from bot.language import Voice

SPANS = {
    "2 weeks": ("2 weeks", "2 semanas"),
    "un mes": ("1 month", "1 mes"),
    "18 months": ("1 year and 6 months", "1 año y 6 meses"),
    "1 year": ("1 year", "1 año"),
    "10 days": ("10 days", "10 días"),
    "14 days": ("2 weeks", "2 semanas"),
    "1h30": ("90 minutes", "90 minutos"),
    "a day and 12 hours": ("1 day and 12 hours", "1 día y 12 horas"),
}


@pytest.mark.parametrize(("typed", "words"), SPANS.items())
def test_a_span_is_worded_in_the_language_of_the_room(typed: str, words: tuple[str, str]) -> None:
    assert (texts.span(Voice("en"), typed), texts.span(Voice("es"), typed)) == words
