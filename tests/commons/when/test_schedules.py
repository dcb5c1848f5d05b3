"""What recurs does so once on each of its days, also when the clocks change, and as it was typed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commons.when import REFUSALS, Schedule, next_after, read_schedule, schedule_of
from bot.language import Voice
from bot.refusal import Refused

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday, 13:00 in Berlin
BERLIN, MADRID = Voice("en", "Europe/Berlin"), Voice("es", "Europe/Madrid")

RECURS = {
    "every weekday 9:00": ["Mon 23 Nov 09:00", "Tue 24 Nov 09:00", "Wed 25 Nov 09:00"],
    "every Monday 18:00": ["Mon 23 Nov 18:00", "Mon 30 Nov 18:00", "Mon 07 Dec 18:00"],
    "every other Friday at noon": ["Fri 04 Dec 12:00", "Fri 18 Dec 12:00", "Fri 01 Jan 12:00"],
    "every 2 weeks": ["Sat 05 Dec 09:00", "Sat 19 Dec 09:00", "Sat 02 Jan 09:00"],
    "every 2 weeks on Monday and Thursday 9am": ["Mon 30 Nov 09:00", "Thu 03 Dec 09:00", "Mon 14 Dec 09:00"],
    "every day 8:00": ["Sun 22 Nov 08:00", "Mon 23 Nov 08:00", "Tue 24 Nov 08:00"],
    "daily 18:00": ["Sat 21 Nov 18:00", "Sun 22 Nov 18:00", "Mon 23 Nov 18:00"],
    "every month on the 1st": ["Tue 01 Dec 09:00", "Fri 01 Jan 09:00", "Mon 01 Feb 09:00"],
    "every month on the 31st 9:00": ["Mon 30 Nov 09:00", "Thu 31 Dec 09:00", "Sun 31 Jan 09:00"],
}


def times(schedule: Schedule, since: datetime, voice: Voice, count: int) -> list[datetime]:
    found = [since]
    while len(found) <= count:
        found.append(next_after(schedule, found[-1], voice.zone))
    return [at.astimezone(voice.zone) for at in found[1:]]


@pytest.mark.parametrize(("words", "meant"), RECURS.items())
def test_what_recurs_is_read(words: str, meant: list[str]) -> None:
    assert [f"{at:%a %d %b %H:%M}" for at in times(read_schedule(words, NOW, BERLIN), NOW, BERLIN, 3)] == meant


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("cada lunes 18:00", "every Monday 18:00"),
        ("cada día laborable 9:00", "every weekday 9:00"),
        ("cada mes el 1", "every month on the 1st"),
        ("todos los días 8:00", "every day 8:00"),
    ],
)
def test_spanish_is_read_in_a_spanish_group(spanish: str, english: str) -> None:
    assert read_schedule(spanish, NOW, MADRID) == read_schedule(english, NOW, MADRID)


NO = [
    "",
    "every",
    "every 0 days",
    "every 999 days",
    "every hour",
    "every 1/0",
    "every weekend",
    "every month on the 32nd",
    "every day " * 900,
]
ORDINALS = ["every first Monday", "every 3rd Friday", "every second Tuesday", "every 2nd weekday", "every other weekday"]


@pytest.mark.parametrize("words", [*NO, *ORDINALS, "every day " * 900])
def test_what_does_not_recur_is_refused(words: str) -> None:
    with pytest.raises(Refused) as no:
        read_schedule(words, NOW, BERLIN)
    assert no.value.why == "no such schedule"
    assert REFUSALS[no.value.why](BERLIN, **no.value.facts)


@pytest.mark.parametrize("start", [datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2027, 3, 27, 12, tzinfo=UTC)])
def test_a_schedule_fires_once_on_the_days_the_clocks_change(start: datetime) -> None:
    fired = times(read_schedule("every day 2:30", start, BERLIN), start, BERLIN, 3)
    assert [at.date() for at in fired] == [start.date() + timedelta(days=days) for days in (1, 2, 3)]


ON = {"day": st.just(()), "month": st.just(()), "week": st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple)}
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "UTC"])


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    unit = draw(st.sampled_from(sorted(ON)))
    since = draw(st.dates(date(2012, 1, 1), date(2030, 1, 1)))
    clock = draw(st.times().map(lambda typed: time(typed.hour, typed.minute)))
    return Schedule(
        draw(st.integers(1, 24)), unit, draw(ON[unit]), draw(st.integers(1, 31)) if unit == "month" else 0, clock, since
    )


@given(schedules(), ZONES, st.integers(0, 10**7))
def test_the_next_time_is_later_and_no_day_has_two(schedule: Schedule, zone: str, seconds: int) -> None:
    since = datetime.combine(schedule.since, time(12), UTC) + timedelta(seconds=seconds)
    fired = times(schedule, since, Voice("en", zone), 4)
    assert since < fired[0]
    assert len({at.date() for at in fired}) == 4
    assert fired == sorted(fired)


@given(schedules())
def test_a_schedule_comes_back_from_a_row(schedule: Schedule) -> None:
    assert schedule_of(schedule.kept()) == schedule
