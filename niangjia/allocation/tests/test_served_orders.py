"""The order of opening seconds, and that by score, as a stranger checks it."""

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.allocation import services
from niangjia.allocation.models import ServedOrder
from niangjia.allocation.rules import ordering
from niangjia.allocation.services import ShareDraft, openings
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
SCRIPT = Path(ordering.__file__).parents[1] / "static" / "allocation" / "check_order.py"
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)


def stranger(text, tmp_path, *asked):
    """What the program says of a file, and whether all of it holds."""
    file = tmp_path / "order.txt"
    file.write_text(text, encoding="ascii")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", str(SCRIPT), str(file), *asked],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def opened(**pool):
    """A pool after its opening seconds: four asked for five parts of three."""
    now = clock.now()
    made = make_pool(
        supply=3, opens_at=now, gather_seconds=3, parts_max=2, has_waiting_list=True, **pool
    )
    asked = [claim(made, make_account(), now=now, parts=parts) for parts in (1, 1, 2, 1)]
    page = f"/pools/{made.pk}/order.txt"
    assert Client().get(page).status_code == 404, "nothing of it before"
    openings.decide(made.pk, now=now + 3 * SECOND)
    with CaptureQueriesContext(connection) as captured:
        text = Client().get(page).content.decode()
    assert len(captured) == 1
    return made, asked, text


def test_the_page_asks_for_the_proof_and_the_part_that_is_asked_again_does_not():
    pool, _asked, _text = opened()
    for headers, is_asked in (({}, True), ({"HX-Request": "true"}, False)):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/pools/{pool.pk}/", headers=headers).status_code == 200
        assert any("servedorder" in str(each["sql"]) for each in captured) == is_asked


def test_a_stranger_finds_the_same_order_and_who_has_a_part(tmp_path):
    pool, asked, text = opened()
    mine = str(asked[2].claim_id)
    fingerprint = ordering.commitment(bytes(pool.seed))
    holds, said = stranger(text, tmp_path, "--fingerprint", fingerprint, "--mine", mine)
    assert holds, said
    assert f"{mine} 2" in said
    assert not stranger(text, tmp_path, "--fingerprint", "0" * 64)[0]


def test_what_was_changed_shows(tmp_path):
    _pool, _asked, text = opened()
    *head, first, second, third, fourth = text.splitlines()
    number = head[3].split()[1]
    changed = [
        text.replace(number, number[::-1]),
        text.replace(" has", " waits", 1),
        "\n".join([*head, *turned(first, second), third, fourth, ""]),
        "\n".join([*head, first, second, third, third, ""]),
        text.replace("niangjia-order-1", "niangjia-order-2"),
    ]
    assert [stranger(each, tmp_path)[0] for each in changed] == [False] * 5


def turned(first, second):
    """Two lines that have changed their places."""
    (one, *former), (two, *latter) = first.split(" "), second.split(" ")
    return " ".join([one, *latter]), " ".join([two, *former])


def test_where_parts_are_kept_for_a_union_the_order_is_checked_alone(tmp_path):
    now = clock.now()
    pool = make_pool(supply=3, opens_at=now, gather_seconds=3)
    share = ShareDraft(make_union(), 2)
    services.split_pool(pool_id=pool.pk, shares=[share], by=None, now=now)
    for _ in range(2):
        claim(pool, make_account(), now=now)
    openings.decide(pool.pk, now=now + 3 * SECOND)
    text = ServedOrder.objects.get().file
    assert "kept 2" in text
    holds, said = stranger(text, tmp_path)
    assert (holds, "谁得到" in said) == (True, False)


def test_by_score_it_shows_its_fingerprint_before_and_its_number_after(tmp_path):
    pool = make_pool(supply=1, mode="by_score")
    asked = [claim(pool, make_account()) for _ in range(3)]
    account = make_account()
    here, api = f"/pools/{pool.pk}/", f"/api/v1/pools/{pool.pk}"
    before = signed_in(account).get(api).json()
    fingerprint = ordering.commitment(bytes(pool.seed))
    assert (before["commitment"], before["seed"], before["order"]) == (fingerprint, "", "")
    assert fingerprint in Client().get(here).content.decode()
    best = asked[1].claim_id
    services.rank_claims(
        pool_id=pool.pk,
        score=lambda each: 100 if each.pk == best else 90,
        by=None,
        now=clock.now() + 2 * HOUR,
    )
    after = signed_in(account).get(api).json()
    assert (after["seed"], after["order"]) == (bytes(pool.seed).hex(), f"{here}order.txt")
    text = Client().get(after["order"]).content.decode()
    assert f"1 {best} 1 100.0000 has" in text
    assert stranger(text, tmp_path)[0]
    assert "check_order.py" in Client().get(here).content.decode()


def test_where_nobody_came_there_is_nothing_to_publish_and_what_is_published_stays():
    now = clock.now()
    empty = make_pool(supply=3, opens_at=now, gather_seconds=3)
    openings.decide(empty.pk, now=now + 3 * SECOND)
    assert not ServedOrder.objects.exists()
    opened()
    for change in (lambda rows: rows.update(file="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(ServedOrder.objects.all())


def test_scores_that_are_published_as_equal_are_equal():
    now = clock.now()
    pool = make_pool(supply=1, mode="by_score", closes_at=now + HOUR)
    answers = [claim(pool, make_account(), now=now) for _ in range(2)]
    first, second = ordering.random_order(bytes(pool.seed), [a.claim_id for a in answers])
    scores = {first: Decimal("5.00001"), second: Decimal("5.00002")}
    settled = services.rank_claims(
        pool_id=pool.pk, score=lambda claim: scores[claim.pk], by=None, now=now + HOUR
    )
    assert settled.granted == (first,)
