"""Stories that are told of any database, told once more of one that is kept in parts: polls, draws, roles, links and more."""

from collections.abc import Iterator

import pytest

from bot.parting import parted
from tests.commons import test_finding as finding
from tests.stories import test_both_databases as draws
from tests.stories import test_digest_histories as digests
from tests.stories import test_forget_histories as forgetting
from tests.stories import test_forget_me as forget_me
from tests.stories import test_links_people as links
from tests.stories import test_moving as moving
from tests.stories import test_polls_both_databases as polls
from tests.stories import test_roles_both_databases as roles
from tests.stories import test_seats as seats
from tests.stories import test_year as year
from tests.support.moot import furnish
from tests.support.postgres import Postgres
from tests.verifying import test_register as register

pytestmark = pytest.mark.long
test_words_find = finding.test_words_find
test_pages_and_dates = finding.test_pages_and_dates
test_draws = draws.test_one_seed_has_one_outcome_on_both_databases
test_rooms_side_by_side = draws.test_many_rooms_in_one_batch_each_in_order
test_rooms_of_one_group = draws.test_two_rooms_of_one_group_in_one_batch
test_digests = digests.test_on_either_database
test_forgetting = forgetting.test_random_histories_on_the_other_database
test_files_forget = forget_me.test_a_server_has_nothing_of_them_in_its_files
test_links = links.test_both_databases_tell_the_same_story
test_moving = moving.test_random_histories_move_to_the_other_database
test_polls = polls.test_one_seed_has_one_outcome_on_both_databases
test_boxes_are_wiped = polls.test_rows_that_somebody_may_still_read_are_wiped_when_they_are_done
test_roles = roles.test_the_whole_life_of_a_role
test_seats = seats.test_both_databases_tell_the_same
test_a_year = year.test_a_year_of_a_few_groups
test_a_register_holds = register.test_a_thousand_changes_in_ten_histories_are_found


@pytest.fixture(scope="module")
def template_in_parts(postgres: Postgres) -> Iterator[str]:
    with postgres.database() as url:
        furnish(url)
        parted(url, 16)
        yield url


@pytest.fixture
def postgres_house(postgres: Postgres, template_in_parts: str) -> Iterator[str]:
    """In place of one that is whole."""
    with postgres.database(template=template_in_parts) as url:
        yield url


@pytest.fixture
def house(postgres_house: str) -> str:
    return postgres_house


@pytest.fixture
def either_house(postgres_house: str) -> str:
    return postgres_house
