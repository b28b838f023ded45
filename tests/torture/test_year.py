"""Some days of the year: each publishes, and equals a clean build."""

import pytest

from clusterpress.values.problems import stops_build
from tests.torture.year import SEED, build_days, check_at, days, make_site

pytestmark = pytest.mark.slow


def test_days_on_which_items_appear_and_expire_publish_and_equal_clean_builds(tmp_path):
    times = list(days())
    assert [*build_days(tmp_path, (times[130], times[270]))] == ["", ""]


@pytest.mark.parametrize("seed", [2])
def test_a_site_that_a_strict_check_passes_once_is_passed_on_every_day(tmp_path, seed):
    site = make_site(tmp_path, seed)
    assert seed != SEED
    for now in days(91):
        assert not stops_build(check_at(site, now).problems, strict=True)
