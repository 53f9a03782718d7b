"""What a notice keeps as a fact is worded when it is read: days and moments as people say them."""

import pytest
from django.utils.translation import override

from niangjia.members.rules.notices import Wording

WORDING = Wording("{name}", "{when}")


@pytest.mark.parametrize(
    ("when", "chinese", "english"),
    [
        ("2026-11-28", "2026年11月28日", "Nov. 28, 2026"),
        ("2026-11-28T06:00:00+00:00", "2026年11月28日 14:00", "Nov. 28, 2026, 14:00"),
        ("2026-11-28 14:00", "2026-11-28 14:00", "2026-11-28 14:00"),
        ("", "", ""),
    ],
)
def test_a_day_and_a_moment_are_read_as_what_they_are(when, chinese, english):
    for language, text in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert WORDING.render({"name": "2026-11-28", "when": when}) == ("2026-11-28", text)
